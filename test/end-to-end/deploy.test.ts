import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { writeIfChanged } from "../../scripts/bundle/write-if-changed.ts";
import type { FakeCloudflare, Fault } from "../scripts/fake-cloudflare.ts";
import { outcome } from "../scripts/outcome.ts";
import { PublishedFolder, article } from "../scripts/published-folder.ts";
import type { PublishedSite } from "./published-site.ts";
import { openPublishedSite } from "./published-site.ts";
import { startSite } from "./running-site.ts";

/*
 * What only processes and the real wrangler show. What a deploy decides is tested without them, in
 * `test/scripts/publish/deploy-folder.test.ts` and `test/scripts/releases/run-verb.test.ts`.
 */

const LIGHTHOUSE = "/s/jht74skbm3";

let site: PublishedSite;
/** What the first deploy asked for. */
let firstAsked: readonly string[];

beforeAll(async () => {
  site = await openPublishedSite();
  const { exitCode, output } = await site.deploy();
  if (exitCode !== 0) throw new Error(output);
  firstAsked = kindsOf(site.cloudflare);
});

afterAll(async () => {
  await site.close();
});

/** What an account was asked for, in order. */
function kindsOf(cloudflare: FakeCloudflare): readonly string[] {
  return cloudflare.requests.map((request) => {
    const [method = "", path = ""] = request.split(" ");
    return cloudflare.kindOf(method, path);
  });
}

/** The live release. */
const live = (): string => site.cloudflare.liveVersion?.annotations["workers/tag"] ?? "";

/** Every address that a reader can follow from the lists of feeds and pages. */
async function addresses(origin: string): Promise<readonly string[]> {
  const text = async (path: string): Promise<string> => (await fetch(origin + path)).text();
  const found = new Set(["/", "/feeds.opml", "/sitemap.xml", "/robots.txt"]);
  const documents = [await text("/feeds.opml"), await text("/sitemap.xml")];
  for (const [url = ""] of documents.join("").matchAll(/http:[^"<&]+/g)) {
    if (!url.startsWith(origin)) continue;
    const path = url.slice(origin.length);
    found.add(path);
    if (path.startsWith("/sitemap-")) {
      for (const [page = ""] of (await text(path)).matchAll(/http:[^"<&]+/g)) {
        if (page.startsWith(origin)) found.add(page.slice(origin.length));
      }
    }
    if (path.endsWith("/feed.xml")) {
      found.add(path.replace("feed.xml", "atom.xml")).add(path.replace("feed.xml", "feed.json"));
    }
  }
  return [...found].toSorted();
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly etag: string | null;
}

async function answers(
  origin: string,
  paths: readonly string[],
): Promise<Readonly<Record<string, Answer>>> {
  const entries: (readonly [string, Answer])[] = [];
  for (const path of paths) {
    const response = await fetch(origin + path, { redirect: "manual" });
    const { status, headers } = response;
    entries.push([path, { status, text: await response.text(), etag: headers.get("ETag") }]);
  }
  return Object.fromEntries(entries);
}

/** The headers of a share page, but for those that Static Assets and the Worker may each say in their way. */
async function pageHeaders(origin: string): Promise<Readonly<Record<string, string>>> {
  const headers = new Headers((await fetch(origin + LIGHTHOUSE)).headers);
  const own = ["etag", "cf-cache-status", "x-robots-tag", "content-encoding", "content-length"];
  const ofTransfer = ["connection", "date", "keep-alive", "transfer-encoding"];
  for (const name of [...own, ...ofTransfer]) headers.delete(name);
  return Object.fromEntries(headers);
}

/** What happens to every attempt of wrangler's to make a version live. */
function atSwitch(answer: () => Fault | null): void {
  site.cloudflare.fault = (method, path) =>
    method === "POST" && path.endsWith("/deployments") ? answer() : null;
}

afterEach(() => {
  site.cloudflare.fault = () => null;
});

describe("npm run deploy", () => {
  it("puts a site live that is the local one, byte for byte, and does nothing a second time", async () => {
    const local = await startSite({
      OFFPRINT_SOURCES: join(site.folder, "articles"),
      OFFPRINT_URL: site.origin,
    });
    try {
      // The same settings: they are part of the documents. All at once: wrangler must not read half of them.
      await writeIfChanged(
        join(local.folder, "wrangler.toml"),
        readFileSync(join(site.folder, "wrangler.toml")),
      );
      await local.waitFor("/healthz", (text) => text.includes(live()), 60_000);
      const paths = await addresses(site.origin);
      expect(paths.length).toBeGreaterThan(30);
      expect(paths).toContain(LIGHTHOUSE);
      const before = await answers(site.origin, paths);
      expect(textsOf(before)).toEqual(textsOf(await answers(local.origin, paths)));
      expect(await pageHeaders(site.origin)).toEqual(await pageHeaders(local.origin));

      const { writes } = site.cloudflare.counts;
      expect(await site.deploy()).toMatchObject(outcome(0, "Nothing to deploy"));
      expect(site.cloudflare.counts.writes).toBe(writes);
      expect(await answers(site.origin, paths)).toEqual(before);
    } finally {
      await local.stop();
    }
    expect(await site.release("verify")).toMatchObject(outcome(0, "all is as release"));
    expect(existsSync(join(site.folder, ".wrangler/deploy"))).toBe(false);
    expect(existsSync(join(site.folder, "removed.txt"))).toBe(false);
  });

  it("has the newest share pages answered without the Worker, all but other spellings and methods", async () => {
    const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
      fetch(new URL(path, site.origin), { redirect: "manual", ...init });
    const page = await ask(LIGHTHOUSE);
    const tag = page.headers.get("ETag") ?? "";
    expect(tag).toMatch(/^"/);
    expect(page.headers.get("X-Robots-Tag")).toBeNull();
    const text = await page.text();

    const visited = await ask(`${LIGHTHOUSE}?from=timeline`);
    expect([visited.headers.get("ETag"), await visited.text()]).toEqual([tag, text]);
    const again = await ask(LIGHTHOUSE, { headers: { "If-None-Match": tag } });
    expect(again.status).toBe(304);
    const head = await ask(LIGHTHOUSE, { method: "HEAD" });
    expect([head.status, head.headers.get("ETag"), await head.text()]).toEqual([200, tag, ""]);
    const part = await ask(LIGHTHOUSE, { headers: { Range: "bytes=0-9" } });
    expect([part.status, await part.text()]).toEqual([200, text]);
    expect((await ask(LIGHTHOUSE, { method: "POST" })).status).toBe(405);

    const elsewhere = await ask(`http://127.0.0.1:${new URL(site.origin).port}${LIGHTHOUSE}`);
    expect([elsewhere.headers.get("X-Robots-Tag"), await elsewhere.text()]).toEqual([
      "noindex",
      text,
    ]);
    for (const path of [LIGHTHOUSE.toUpperCase(), `${LIGHTHOUSE}/`, `${LIGHTHOUSE}，看`]) {
      const typed = await ask(path);
      expect([typed.status, typed.headers.get("Location")]).toEqual([301, LIGHTHOUSE]);
    }
  });

  it("leaves the old release whole where a power cut ends it, and goes on from there", async () => {
    const before = live();
    site.write("2026-11-20-power.md", article("停电", "2026-11-20"));
    const running = site.startDeploy();
    let batches = 0;
    site.cloudflare.fault = (method, path) => {
      if (method !== "PUT" || !path.endsWith("/bulk")) return null;
      batches += 1;
      // The claim is the first.
      if (batches < 2) return null;
      running.kill();
      return { kind: "reset", isDone: true };
    };
    expect((await running.ended).exitCode).toBeNull();
    expect(live()).toBe(before);
    site.cloudflare.fault = () => null;
    const written = site.cloudflare.written.length;
    expect(await site.deploy()).toMatchObject(outcome(0, " is live"));
    // Nothing but the claim is sent again.
    expect(site.cloudflare.written.slice(written)).toEqual([`r/${live()}`]);
    expect(await (await fetch(`${site.origin}/feed.xml`)).text()).toContain("停电");
  });

  it("puts a preview on an address of its own and leaves the site as it is", async () => {
    const before = live();
    const { versions, deployments } = site.cloudflare;
    const counts = [versions.length + 1, deployments.length];
    site.write("2026-11-20-preview.md", article("预览", "2026-11-20"));
    expect(await site.deploy("--preview")).toMatchObject(outcome(0, /Look at it: https:\/\//));
    expect([versions.length, deployments.length]).toEqual(counts);
    expect(live()).toBe(before);
  });

  it("says in plain letters what wrangler says, and what is live", async () => {
    const before = live();
    site.write("2026-11-20-refused.md", article("拒绝", "2026-11-20"));
    atSwitch(() => ({ kind: "status", status: 403 }));
    const refused = await site.deploy();
    expect(refused).toMatchObject(
      outcome(2, /the live site is as it was; .*"Workers Scripts: Edit"/),
    );
    expect(refused.output).not.toContain("\u001B");
    expect(live()).toBe(before);
    atSwitch(() => ({ kind: "reset", isDone: true }));
    expect(await site.deploy()).toMatchObject(outcome(0, " is live"));
    expect(live()).not.toBe(before);
  });

  it("says which address does not lead to the live Worker, and sets it with the next run", async () => {
    const before = live();
    const file = join(site.folder, "wrangler.toml");
    const routes = 'routes = ["other.test/*", { pattern = "finews.test", custom_domain = true }]';
    const settings = readFileSync(file, "utf8");
    writeFileSync(file, settings.replace(/^name = .*$/m, `$&\nworkers_dev = true\n${routes}`));
    site.write("2026-11-20-domain.md", article("域名", "2026-11-20"));
    site.cloudflare.mayEditZones = false;
    const refused = await site.deploy();
    expect(refused).toMatchObject(
      outcome(7, /finews\.test \(custom domain\): does not lead to it\n[^]*\[code: 10000\]/),
    );
    expect(refused.output).toContain("Could not find zone for `other.test`");
    expect(live()).not.toBe(before);
    site.cloudflare.mayEditZones = true;
    for (const name of ["finews.test", "other.test"]) site.cloudflare.addZone(name);
    expect(await site.deploy()).toMatchObject(
      outcome(0, "Set what a deploy before did not: finews.test (custom domain), other.test/*"),
    );
    expect(await site.deploy()).toMatchObject(outcome(0, /^Nothing to deploy: .* are live\n/));
    writeFileSync(file, settings);
  });

  it("waits for wrangler where it is told to end, and says what is live", async () => {
    const before = live();
    site.write("2026-11-20-signal.md", article("信号", "2026-11-20"));
    const stopped = site.startDeploy();
    site.cloudflare.fault = (method, path) => {
      if (method !== "POST" || !path.endsWith("/versions")) return null;
      stopped.signal("SIGTERM");
      return { kind: "slow", milliseconds: 1000 };
    };
    expect(await stopped.ended).toMatchObject(
      outcome(143, "wrangler deploy failed; the live site is as it was"),
    );
    expect(live()).toBe(before);
    const running = site.startDeploy();
    atSwitch(() => {
      running.signal("SIGINT");
      return { kind: "slow", milliseconds: 1000 };
    });
    const ended = await running.ended;
    expect(ended).toMatchObject(outcome(130, /Told to end[^]*no hub was told/));
    expect(ended.output).toContain(`Release ${live()} is live`);
  });
});

describe("npm run deploy -- --env staging", () => {
  it("has the real wrangler make a Worker of that name, which keeps out of search engines", async () => {
    const staging = await openPublishedSite();
    try {
      const url = staging.origin.replace("localhost", "127.0.0.1");
      appendFileSync(
        join(staging.folder, "wrangler.toml"),
        `\n[env.staging]\nkv_namespaces = [{ binding = "RELEASES" }]\nvars.SITE = { title = "To try", url = "${url}", cards = 0 }\n`,
      );
      // Where it is found without --env, wrangler would call the Worker "offprint-staging-staging".
      writeFileSync(join(staging.folder, ".env"), "CLOUDFLARE_ENV=staging\n");
      expect(await staging.deploy()).toMatchObject(outcome(0, `is live: ${url}`));
      const { requests } = staging.cloudflare;
      const workers = requests.flatMap(
        (request) => /\/workers\/(?:scripts|services)\/([^/]+)/.exec(request)?.[1] ?? [],
      );
      expect([...new Set(workers)]).toEqual(["offprint-staging"]);
      expect((await fetch(url)).headers.get("X-Robots-Tag")).toBe("noindex");
      expect(await staging.release("list", "--env", "")).toMatchObject(
        outcome(1, "nothing has been deployed yet"),
      );
    } finally {
      await staging.close();
    }
  });
});

describe("an article that is dated ahead", () => {
  it("has workerd call the hook when its time comes, by the cron that the real wrangler set", async () => {
    const asked: string[] = [];
    const hook = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.writeHead(200).end("{}");
    });
    await new Promise<void>((resolve) => {
      hook.listen(0, "127.0.0.1", resolve);
    });
    const { secrets } = site.cloudflare.worker("offprint");
    const { port } = hook.address() as AddressInfo;
    secrets.set("PUBLISH_HOOK", `http://127.0.0.1:${port}/build/1`);
    site.write("2150-01-01-ahead.md", article("远方", "2150-01-01"));
    expect(await site.deploy()).toMatchObject(outcome(0, "when the Worker calls url"));
    expect(site.cloudflare.worker("offprint").crons).toEqual(["*/5 * * * *"]);
    const due = Date.parse("2150-01-01T08:00:00+08:00");
    for (const minutes of [0, 5, 10]) {
      // Data centres forget after half a minute what they have read.
      site.cloudflare.now = () => Date.now() + minutes * 60_000;
      await site.cloudflare.runCron(due + (minutes - 5) * 60_000);
    }
    hook.close();
    expect(asked).toEqual(["POST /build/1"]);
    expect(await site.release("list")).toMatchObject(
      outcome(
        0,
        /2150-01-01T08:00:00\+08:00 {2}ahead\nThe hook was called last at 2150-01-01T08:00:00\+08:00: 200/,
      ),
    );
    rmSync(join(site.folder, "articles/2150-01-01-ahead.md"));
  });
});

describe("the tests' own wrangler", () => {
  it("asks for what the real one asks for, one by one", async () => {
    const folder = PublishedFolder.open();
    folder.configure("cards = 0", 'cards = 0\npublish_hook = "url"');
    await folder.deployed();
    const { cloudflare } = folder;
    expect(kindsOf(cloudflare)).toEqual(firstAsked);

    const [asked, askedHere] = [site.cloudflare.requests.length, cloudflare.requests.length];
    site.write("2026-11-20-same.md", article("同样", "2026-11-20"));
    folder.write("articles/2026-11-20-same.md", article("同样", "2026-11-20"));
    expect((await site.deploy()).exitCode).toBe(0);
    await folder.deployed();
    folder.close();
    const later = kindsOf(site.cloudflare).slice(asked);
    expect(wranglersOf(kindsOf(cloudflare).slice(askedHere))).toEqual(wranglersOf(later));
  });
});

/** The part of a deploy that is wrangler's. */
function wranglersOf(kinds: readonly string[]): readonly string[] {
  const first = kinds.findIndex((kind) => kind.includes("/workers/services/"));
  const last = kinds.findLastIndex((kind) => kind.endsWith("/schedules"));
  return kinds.slice(first, last + 1);
}

describe("npm run release", () => {
  it("rolls back and resumes, and holds deploys also where bare wrangler rolled back", async () => {
    const before = live();
    const old = site.cloudflare.liveVersion?.id ?? "";
    site.write("2026-11-20-rollback.md", article("回滚", "2026-11-20"));
    expect((await site.deploy()).exitCode).toBe(0);
    const next = live();
    expect((await site.wrangler("rollback", old, "--yes")).exitCode).toBe(0);
    expect(live()).toBe(before);
    expect(await site.deploy()).toMatchObject(outcome(6, "resume"));
    expect((await site.release("resume")).exitCode).toBe(0);
    expect((await site.release("rollback", next)).exitCode).toBe(0);
    expect(live()).toBe(next);
    const list = async (): Promise<unknown> =>
      JSON.parse((await site.release("list", "--json")).output);
    expect(await list()).toMatchObject({ isHeld: true });
    expect((await site.release("resume")).exitCode).toBe(0);
    expect(await list()).toMatchObject({ isHeld: false });
  });

  it("says what is wrong with its options, to programs in JSON", async () => {
    expect(await site.release("--help")).toMatchObject(outcome(0, "rollback"));
    for (const [args, exitCode, pattern] of [
      [["list", "--all"], 2, /"--all"/],
      [["prune", "--max-deletes", "-1"], 2, /^--max-deletes is "-1"; write a whole number from 0/],
      [["undo"], 2, /^There is no verb "undo"/],
      [["rollback", "-XoEWLXfWsr_layafMwmCw"], 1, /^Cannot roll back to "-XoEWLXfWsr_layafMwmCw"/],
    ] as const) {
      const run = await site.release(...args, "--json");
      const { error } = JSON.parse(run.output) as { readonly error: string };
      expect([run.exitCode, error]).toEqual([exitCode, expect.stringMatching(pattern)]);
    }
  });
});

describe("bare wrangler", () => {
  it.each([["deploy"], ["versions", "upload"]])(
    "refuses %s, and says what to run",
    async (...args) => {
      const asked = site.cloudflare.requests.length;
      const { exitCode, output } = await site.wrangler(...args);
      expect(exitCode).not.toBe(0);
      expect(output).toContain("run npm run deploy");
      const requests = site.cloudflare.requests.slice(asked);
      expect(requests.filter((request) => !request.startsWith("GET"))).toEqual([]);
    },
  );
});

function textsOf(
  all: Readonly<Record<string, Answer>>,
): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(
    Object.entries(all).map(([path, { status, text }]) => [path, [status, text]]),
  );
}
