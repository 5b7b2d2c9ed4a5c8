import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outcome } from "../outcome.ts";
import { PublishedFolder, article } from "../published-folder.ts";

const STAGING = "https://offprint-staging.stand-in.workers.dev";
const ENVIRONMENTS = `
[env.staging]
[[env.staging.kv_namespaces]]
binding = "RELEASES"
[env.staging.vars.SITE]
title = "To try"
url = "${STAGING}"
hub = "https://hub.test/"
prerendered_feeds = 1
cards = 0

[env.trial]
name = "attempt"
account_id = "0123456789abcdef0123456789abcdef"
kv_namespaces = [{ binding = "RELEASES" }]
[env.trial.vars.SITE]
title = "Attempt"
url = "https://attempt.stand-in.workers.dev"
indexed = true
cards = 0
`;

let site: PublishedFolder;

beforeEach(() => {
  site = PublishedFolder.open();
  site.write("wrangler.toml", site.read("wrangler.toml") + ENVIRONMENTS);
});

afterEach(() => {
  site.close();
});

/** The Workers, accounts and namespaces that were asked for, and what the live version of a Worker and its record say. */
function whatBelongs(name: string): object {
  const { requests, namespaces, values } = site.cloudflare;
  const { liveVersion } = site.cloudflare.worker(name);
  const among = (pattern: RegExp): readonly string[] => [
    ...new Set(requests.flatMap((request) => pattern.exec(request)?.[1] ?? [])),
  ];
  const [namespaceId] = namespaces.keys();
  return {
    accounts: among(/\/accounts\/(\w+)/),
    workers: among(/\/workers\/(?:scripts|workers|services)\/([^/]+)/),
    titles: [...namespaces.values()].map(({ title }) => title),
    isBound: liveVersion?.bindings.some(({ namespace_id: id }) => id === namespaceId),
    claimedBy: [...values]
      .filter(([key]) => key.startsWith("r/"))
      .map(([, { metadata }]) => (metadata as { worker: string }).worker),
  };
}

describe("name of the Worker, account, namespace and record of a release belong together", () => {
  it.each([
    [{}, "offprint"],
    [{ CLOUDFLARE_ENV: "" }, "offprint"],
    [{ CLOUDFLARE_ENV: "staging" }, "offprint-staging"],
    [{ CLOUDFLARE_ENV: "trial" }, "attempt"],
    [{ CLOUDFLARE_ENV: "trial", CLOUDFLARE_ACCOUNT_ID: "ffff" }, "attempt"],
    [{ WRANGLER_CI_OVERRIDE_NAME: "branch" }, "branch"],
    [{ WRANGLER_CI_OVERRIDE_NAME: "offprint" }, "offprint"],
    [{ CLOUDFLARE_ENV: "staging", WRANGLER_CI_OVERRIDE_NAME: "branch" }, "branch"],
    [
      { CLOUDFLARE_ENV: "staging", WRANGLER_CI_OVERRIDE_NAME: "offprint-staging" },
      "offprint-staging",
    ],
  ])(
    "with %j",
    async (environment, name) => {
      Object.assign(site.environment, environment);
      await site.deploy();
      site.write("articles/2026-11-24-bridge.md", article("新桥合龙", "2026-11-20"));
      await site.deploy();
      await site.release("list");
      await site.release("rollback");
      await site.release("resume");
      expect(site.cloudflare.worker(name).deployments).toHaveLength(4);
      expect(whatBelongs(name)).toEqual({
        accounts: ["0123456789abcdef0123456789abcdef"],
        workers: [name],
        titles: [`${name}-releases`],
        isBound: true,
        claimedBy: [name, name],
      });
    },
    30_000,
  );

  it.each([
    [{ CLOUDFLARE_ENV: "stagign" }, 'did you mean "staging"?'],
    [{ CLOUDFLARE_ENV: "staging", WRANGLER_CI_OVERRIDE_NAME: "offprint" }, "of the top level"],
    [{ WRANGLER_CI_OVERRIDE_NAME: "Off Print" }, 'name "Off Print" is none'],
  ])("or nothing is asked: %j", async (environment, why) => {
    Object.assign(site.environment, environment);
    for (const run of [await site.deploy(), await site.release("rollback")]) {
      expect(run).toMatchObject(outcome(2, why));
    }
    expect(site.cloudflare.requests).toEqual([]);
  });

  it("or nothing is written, where another Worker has its releases there", async () => {
    await site.deployed();
    const [id = ""] = site.cloudflare.namespaces.keys();
    const { writes } = site.cloudflare.counts;
    site.configure('name = "offprint"', 'name = "second"');
    site.configure('binding = "RELEASES"', `binding = "RELEASES"\nid = "${id}"`);
    site.write("articles/2026-11-24-bridge.md", article("新桥合龙", "2026-11-20"));
    for (const run of [await site.deploy(), await site.release("prune", [], { yes: true })]) {
      expect(run).toMatchObject(outcome(2, 'holds releases of the Worker "offprint"'));
    }
    expect(site.cloudflare.counts).toMatchObject({ writes, deletes: 0 });
  });
});

describe("three environments", () => {
  const NAMES = { "": "offprint", staging: "offprint-staging", trial: "attempt" };

  /** What is live of each Worker, and which keys its namespace holds. */
  function allOf(): Readonly<Record<string, object>> {
    const { cloudflare } = site;
    const entries = Object.values(NAMES).map((name) => {
      const stored = [...cloudflare.namespaces.values()].find(
        ({ title }) => title === `${name}-releases`,
      );
      const { deployments } = cloudflare.worker(name);
      return [
        name,
        { deployments: deployments.map(({ id }) => id), keys: [...(stored?.values.keys() ?? [])] },
      ];
    });
    return Object.fromEntries(entries) as Readonly<Record<string, object>>;
  }

  it("stand side by side: what one does changes nothing of the others", async () => {
    for (const env of Object.keys(NAMES)) {
      site.environment["CLOUDFLARE_ENV"] = env;
      expect((await site.deploy()).exitCode).toBe(0);
    }
    expect(site.cloudflare.namespaces.size).toBe(3);
    for (const [env, name] of Object.entries(NAMES)) {
      site.environment["CLOUDFLARE_ENV"] = env;
      const before = allOf();
      site.write("articles/2026-11-24-bridge.md", article(`新桥${name}`, "2026-11-20"));
      for (const run of [
        await site.deploy(),
        await site.release("diff"),
        await site.release("verify"),
        await site.release("rollback"),
        await site.release("resume"),
        await site.release("prune", [], { yes: true }),
      ]) {
        expect(run).toMatchObject({ exitCode: 0 });
      }
      const after = allOf();
      expect(after[name]).not.toEqual(before[name]);
      expect({ ...after, [name]: null }).toEqual({ ...before, [name]: null });
    }
  }, 60_000);
});

describe("a staging site", () => {
  beforeEach(() => {
    site.environment["CLOUDFLARE_ENV"] = "staging";
  });

  it("is kept out of search engines, and its robots.txt lets them see that", async () => {
    await site.deployed();
    const page = await site.fetch(`${STAGING}/`);
    expect([page.status, page.headers.get("X-Robots-Tag")]).toEqual([200, "noindex"]);
    expect(await site.text(`${STAGING}/robots.txt`)).toBe("User-agent: *\nAllow: /\n");
  });

  it("is shown by them where its settings say so", async () => {
    site.environment["CLOUDFLARE_ENV"] = "trial";
    await site.deployed();
    const page = await site.fetch("https://attempt.stand-in.workers.dev/");
    expect([page.status, page.headers.get("X-Robots-Tag")]).toEqual([200, null]);
    expect(await site.text("https://attempt.stand-in.workers.dev/robots.txt")).toContain(
      "Sitemap: https://attempt.",
    );
  });

  it("names no hub and tells none", async () => {
    await site.deployed();
    site.write("articles/2026-11-24-bridge.md", article("新桥合龙", "2026-11-20"));
    const { exitCode, output } = await site.deploy();
    expect([exitCode, output.includes("hub")]).toEqual([0, false]);
    expect(await site.text(`${STAGING}/feed.xml`)).not.toContain("hub.test");
  });

  it("has files of its own while it is deployed", async () => {
    await site.deployed();
    const there = (name: string): boolean => existsSync(join(site.folder, "build", name));
    expect(["deploy", "deploy-staging"].map(there)).toEqual([false, true]);
  });
});
