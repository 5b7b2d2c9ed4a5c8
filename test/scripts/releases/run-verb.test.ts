import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HELD_MESSAGE } from "../../../scripts/publish/live-site.ts";
import type { VerbRun } from "../published-folder.ts";
import { outcome } from "../outcome.ts";
import { PublishedFolder, article } from "../published-folder.ts";

const BRIDGE_FILE = "articles/2026-11-24-bridge.md";

let site: PublishedFolder;

beforeEach(() => {
  site = PublishedFolder.open();
});

afterEach(() => {
  site.close();
});

describe("rollback", () => {
  it("goes back to the release before, and holds deploys until it is told to go on", async () => {
    await site.deployed();
    const first = site.live;
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    await site.deployed();
    expect((await site.release("diff")).json).toMatchObject({
      added: [{ title: "新桥合龙" }],
      removed: [],
    });
    site.write("articles/2026-11-24-road.md", article("新路通车", "2026-11-20"));
    await site.deployed();
    expect((await site.release("rollback")).exitCode).toBe(0);
    expect((await site.release("rollback")).exitCode).toBe(0);
    expect(site.live).toBe(first);
    expect(await site.text("/feed.xml")).not.toContain("新桥合龙");
    expect(await site.deploy()).toMatchObject(outcome(6, "resume"));
    expect((await site.release("list")).output).toContain("Deploys are held after a rollback");
    expect((await site.release("resume")).exitCode).toBe(0);
    expect(await site.release("resume")).toMatchObject(outcome(0, /^Deploys are not held$/));
    await site.deployed();
    expect(await site.text("/feed.xml")).toContain("新桥合龙");
  });

  it("goes back to what was live, be it the code alone, and never to what was only previewed", async () => {
    const { cloudflare } = site;
    const live = (): readonly unknown[] => [site.live, cloudflare.liveVersion?.number];
    await site.deployed();
    const first = site.live;
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    expect((await site.deploy({ kind: "preview" })).exitCode).toBe(0);
    const preview = cloudflare.versions.at(-1)?.annotations["workers/tag"] ?? "";
    expect(await site.release("rollback", [preview])).toMatchObject(outcome(1, "it was a preview"));
    expect(await site.release("rollback")).toMatchObject(
      outcome(1, "There is no deployment before the live one"),
    );
    expect(await site.release("rollback", [first])).toMatchObject(outcome(1, "is live already"));

    await site.deployed();
    site.configure("keep_names = false", "keep_names = true");
    await site.deployed();
    expect(live()).toEqual([preview, 4]);
    expect((await site.release("list")).json).toMatchObject({
      deployments: [{ release: preview, isLive: true }, { release: preview }, { release: first }],
    });
    // The answer gets lost, and the rollback does not.
    cloudflare.fault = (method, path) =>
      method === "POST" && path.endsWith("/deployments") ? { kind: "reset", isDone: true } : null;
    expect(await site.release("rollback")).toMatchObject(outcome(0, "The code before is live"));
    cloudflare.fault = () => null;
    expect(live()).toEqual([preview, 3]);
    expect((await site.deploy()).exitCode).toBe(6);

    // To look once more at what was live takes nothing from it.
    site.remove(BRIDGE_FILE);
    expect((await site.deploy({ kind: "preview" })).exitCode).toBe(0);
    expect(cloudflare.values.get(`r/${first}`)?.metadata).toMatchObject({ kind: "deploy" });
    expect((await site.release("rollback", [first])).exitCode).toBe(0);
    expect(live()).toEqual([first, 1]);
  });

  it.each([
    ["gives way", true, outcome(0, / is live, with \d articles .*\. Deploys are held/)],
    ["stays", false, outcome(1, /^Rolled back to release .*, but a deploy .* lies on top of it/m)],
  ])("is not called failed where a deploy lies on top of it, and %s", async (_, givesWay, end) => {
    const { cloudflare } = site;
    await site.deployed();
    const target = cloudflare.liveVersion?.id ?? "";
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    await site.deployed();
    const annotations = cloudflare.liveVersion?.annotations ?? {};
    let looks = -1;
    cloudflare.fault = async (method, path) => {
      if (!path.endsWith("/deployments")) return null;
      if (method === "POST") looks = 0;
      else if (looks !== -1) looks += 1;
      if (looks === 1) await cloudflare.addLiveVersion(annotations);
      if (looks === 2 && givesWay) {
        await cloudflare.deployVersion(target, { "workers/message": HELD_MESSAGE });
      }
      return null;
    };
    expect(await site.release("rollback")).toMatchObject(end);
  });

  it("says so where wrangler does not do it", async () => {
    await site.deployed();
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    await site.deployed();
    site.cloudflare.fault = (method, path) =>
      method === "POST" && path.endsWith("/deployments") ? { kind: "reset", isDone: false } : null;
    expect(await site.release("rollback")).toMatchObject(
      outcome(1, /wrangler rollback failed; the live site is as it was:\nfetch failed/),
    );
  });

  it("does not go to a release of which KV has lost something", async () => {
    await site.deployed();
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    await site.deployed();
    const packs = site.keys.filter((key) => key.startsWith("p/"));
    expect(packs).not.toEqual([]);
    for (const key of packs) site.cloudflare.lose(key);
    expect(await site.release("rollback")).toMatchObject(outcome(1, "Not rolled back"));
    expect((await site.release("verify")).exitCode).toBe(1);
  });

  it("does not go to a version that reads another namespace than the settings name", async () => {
    await site.deployed();
    site.write(BRIDGE_FILE, article("新桥合龙", "2026-11-20"));
    await site.deployed();
    const [first = ""] = site.cloudflare.namespaces.keys();
    const values = new Map(site.cloudflare.values);
    site.cloudflare.namespaces.set("f".repeat(32), { title: "moved", values });
    site.configure('binding = "RELEASES"', `binding = "RELEASES"\nid = "${"f".repeat(32)}"`);
    expect(await site.release("rollback")).toMatchObject(
      outcome(1, `reads the KV namespace "${first}", and not "ffff`),
    );
    site.configure(/\nid = .*/, `\nid = "${first}"`);
    expect((await site.release("rollback")).exitCode).toBe(0);
  });

  it("takes a release that begins with a hyphen for a release", async () => {
    await site.deployed();
    expect(await site.release("rollback", ["-XoEWLXfWsr_layafMwmCw"])).toMatchObject(
      outcome(1, 'Cannot roll back to "-XoEWLXfWsr_layafMwmCw"'),
    );
  });
});

describe("verify", () => {
  /** Puts something before the site's `/robots.txt`, or in its place. */
  function atRobots(change: (rules: string) => string): void {
    site.inFront = async (url, answer) =>
      url.endsWith("/robots.txt") ? new Response(change(await answer.text())) : answer;
  }

  it("finds nothing otherwise than the release has it", async () => {
    await site.deployed();
    expect((await site.release("verify")).output).toMatch(/: all is as release [\w-]{22} has it$/);
  });

  it("says that Cloudflare's robots.txt is put before the site's, which may be meant to be", async () => {
    await site.deployed();
    const managed =
      "# BEGIN Cloudflare Managed content\n\nUser-agent: GPTBot\nDisallow: /\n\n# END Cloudflare Managed Content\n\n";
    atRobots((rules) => managed + rules);
    expect(await site.release("verify")).toMatchObject({
      ...outcome(0, /has it\nCloudflare puts its managed robots\.txt before that of https:/),
      json: { differences: [], notes: [expect.stringContaining("turn it off")] },
    });
  });

  it.each([
    ["another", () => "User-agent: *\nDisallow: /\n"],
    ["none", () => ""],
    ["only Cloudflare's", () => "# BEGIN Cloudflare Managed content\nUser-agent: *\n"],
  ])("is not content with %s in its place", async (_, change) => {
    await site.deployed();
    atRobots(change);
    expect(await site.release("verify")).toMatchObject(
      outcome(1, "1 difference\n  https://offprint.stand-in.workers.dev/robots.txt: is not the"),
    );
  });
});

describe("prune", () => {
  const configure = (): void => {
    site.configure("prerendered_feeds = 1", "prerendered_feeds = 1\nkept_releases = 1");
  };

  it("deletes what no release needs that has to stay, and says so first", async () => {
    await site.deployed();
    for (let day = 1; day <= 3; day += 1) {
      site.write(`articles/2026-11-0${day}-more.md`, article(`第${day}天`, "2026-11-01"));
      await site.deployed();
    }
    configure();
    expect((await site.release("prune")).json).toMatchObject({ values: 0, records: [] });
    site.pass(3 * 86_400);
    const before = site.keys;
    const { json } = await site.release("prune");
    const plan = json as { readonly values: number; readonly records: readonly string[] };
    expect(plan.values).toBeGreaterThan(0);
    expect(plan.records).toHaveLength(3);
    expect(site.keys).toEqual(before);
    expect((await site.release("prune", [], { yes: true })).exitCode).toBe(0);
    expect(site.keys).toHaveLength(before.length - plan.values - plan.records.length);
    expect((await site.release("verify")).exitCode).toBe(0);
  });

  it("stops when somebody begins to deploy", async () => {
    await site.deployed();
    site.write("articles/2026-11-01-more.md", article("又一天", "2026-11-01"));
    await site.deployed();
    const old = site.keys;
    configure();
    site.pass(3 * 86_400);
    let lists = 0;
    site.cloudflare.fault = (method, path) => {
      if (method === "GET" && path.endsWith("/keys")) lists += 1;
      // Between the plan's list and the one before the deletion.
      if (lists === 2) site.cloudflare.claim("AAAAAAAAAAAAAAAAAAAAAA");
      return null;
    };
    const { output } = await site.release("prune", [], { yes: true });
    expect(output).toContain("somebody began to deploy");
    expect(old.filter((key) => !site.cloudflare.values.has(key))).toEqual([]);
  });
});

describe("a verb", () => {
  const refusal = ({ exitCode, json }: VerbRun): readonly unknown[] => [exitCode, json];
  const says = (pattern: RegExp): readonly unknown[] => [
    2,
    { error: expect.stringMatching(pattern) as string },
  ];

  it.each([
    [
      "",
      [],
      /^No verb is given; write one of list, diff, rollback, resume, prune, verify, stats\n\nSee npm run release -- --help$/,
    ],
    [
      "undo",
      [],
      /^There is no verb "undo"; write one of list, .*\n\nSee npm run release -- --help$/,
    ],
    ["constructor", [], /^There is no verb "constructor"/],
    [
      "list",
      ["more"],
      /^npm run release -- list takes no "more"\n\nSee npm run release -- --help$/,
    ],
    ["diff", ["a", "b", "c", "d"], /^npm run release -- diff takes no "c", "d"\n/],
  ])("%j of %j is refused", async (verb, names, pattern) => {
    expect(refusal(await site.release(verb, names))).toEqual(says(pattern));
    expect(site.cloudflare.requests).toEqual([]);
  });

  it.each([
    ["list", ["json", "yes"], /^npm run release -- list takes no "--yes"\n\nSee npm run/],
    [
      "prune",
      ["yes", "pages", "feeds"],
      /^npm run release -- prune takes no "--pages", "--feeds"\n/,
    ],
    ["verify", ["svg", "days"], /^npm run release -- verify takes no "--svg", "--days"\n/],
    [
      "diff",
      ["confirm-returns", "max-deletes"],
      / takes no "--confirm-returns", "--max-deletes"\n/,
    ],
  ])("%s with the options %j is refused", async (verb, given, pattern) => {
    expect(refusal(await site.release(verb, [], { given }))).toEqual(says(pattern));
    expect(site.cloudflare.requests).toEqual([]);
  });

  it("takes its own options, and those of all verbs", async () => {
    await site.deployed();
    const given = ["json", "yes", "max-deletes"];
    expect((await site.release("prune", [], { given, yes: true })).exitCode).toBe(0);
  });

  it("says what is wrong with the settings", async () => {
    const toml = site.read("wrangler.toml");
    for (const [text, pattern] of [
      [toml.replace(/^title = .*$/m, "title = 1"), /^wrangler\.toml:\d+: error: /],
      ["[", /^wrangler\.toml:\d+: error: /],
    ] as const) {
      site.write("wrangler.toml", text);
      expect(refusal(await site.release("list"))).toEqual(says(pattern));
    }
    site.remove("wrangler.toml");
    expect(refusal(await site.release("list"))).toEqual(
      says(
        /^wrangler\.toml: error: There is no wrangler\.toml in "[^"]+"; npx offprint init makes a site /,
      ),
    );
  });

  it("says that nothing has been deployed yet", async () => {
    expect(await site.release("list")).toMatchObject(outcome(1, "nothing has been deployed yet"));
  });

  it.each([
    ["diff", "There are no two releases to compare"],
    ["rollback", "There is no deployment before the live one"],
  ])("%s needs more than one release", async (verb, why) => {
    await site.deployed();
    expect(await site.release(verb)).toMatchObject(outcome(1, why));
  });
});
