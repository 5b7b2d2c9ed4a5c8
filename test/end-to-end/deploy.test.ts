import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { identityOfFile } from "../../src/domain/identity.ts";
import { sharePath } from "../../src/domain/links.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import { writeIfChanged } from "../../scripts/bundle/write-if-changed.ts";
import type { MapName } from "../../src/store/manifest.ts";
import { Manifest } from "../../src/store/manifest.ts";
import { packKey } from "../../src/store/pack.ts";
import type { Fault } from "./cloudflare-stand-in.ts";
import type { PublishedSite, Run } from "./published-site.ts";
import { article, openPublishedSite } from "./published-site.ts";
import { startSite } from "./running-site.ts";

const LIGHTHOUSE_FILE = "2022-01-10-NW202201100000000001.md";
const LIGHTHOUSE = "/s/jht74skbm3";
const RANDOM_KILLS = 10;
const REQUESTS_BEFORE_SWITCH = 16;

let site: PublishedSite;

beforeEach(async () => {
  site = await openPublishedSite();
});

afterEach(async () => {
  await site.close();
});

const keys = (): readonly string[] => [...site.cloudflare.values.keys()].toSorted();

const seen = ({ exitCode, output }: Run): readonly unknown[] => [exitCode, output];

async function deployed(): Promise<void> {
  expect(seen(await site.deploy())).toEqual([0, expect.stringContaining(" is live")]);
}

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

async function bodies(
  origin: string,
  paths: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const entries: (readonly [string, string])[] = [];
  for (const path of paths) {
    const response = await fetch(origin + path, { redirect: "manual" });
    entries.push([path, `${response.status} ${await response.text()}`]);
  }
  return Object.fromEntries(entries);
}

describe("npm run deploy", () => {
  it("says what to do before it sends anything, without an address or a login", async () => {
    const file = join(site.folder, "wrangler.toml");
    const toml = readFileSync(file, "utf8");
    writeFileSync(file, toml.replace(/^url = .*$/m, 'url = "https://finews.example"'));
    expect(seen(await site.deploy())).toEqual([
      2,
      expect.stringContaining("https://offprint.stand-in.workers.dev"),
    ]);
    writeFileSync(file, toml.replace(/^url = .*$/m, ""));
    expect(seen(await site.deploy())).toEqual([
      2,
      expect.stringMatching(/wrangler\.toml:\d+: error: The setting "url" is missing/),
    ]);
    writeFileSync(file, toml.replace('["articles"]', '["articels"]'));
    expect(seen(await site.deploy())).toEqual([
      2,
      expect.stringContaining('There is no source folder "articels"'),
    ]);
    expect(site.cloudflare.requests.filter((request) => !request.startsWith("GET"))).toEqual([]);
  });

  it("puts a site live that is the local one, byte for byte", async () => {
    await deployed();
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
      await local.waitFor("/healthz", (text) => text.includes(release()), 20_000);
      const paths = await addresses(site.origin);
      expect(paths.length).toBeGreaterThan(30);
      expect(paths).toContain(LIGHTHOUSE);
      expect(await bodies(site.origin, paths)).toEqual(await bodies(local.origin, paths));
    } finally {
      await local.stop();
    }
    expect(seen(await site.release("verify"))).toEqual([
      0,
      expect.stringContaining("all is as release"),
    ]);
  });

  it("does nothing where nothing is new, also from another clone", async () => {
    await deployed();
    const paths = await addresses(site.origin);
    const validators = await validatorsOf(paths);
    const before = { ...site.cloudflare.counts };
    const clone = await site.clone();
    for (const checkout of [site, clone]) {
      const { exitCode, output } = await checkout.deploy();
      expect([exitCode, output]).toEqual([0, expect.stringContaining("Nothing to deploy")]);
    }
    rmSync(clone.folder, { recursive: true });
    expect(site.cloudflare.counts.writes).toBe(before.writes);
    expect(site.cloudflare.versions).toHaveLength(1);
    for (const [path, { etag }] of Object.entries(validators)) {
      if (etag === null) continue;
      const response = await fetch(site.origin + path, { headers: { "If-None-Match": etag } });
      expect([path, response.status]).toEqual([path, 304]);
    }
    expect(await validatorsOf(paths)).toEqual(validators);
  });

  it("sends only what KV lacks, and keeps the validators of feeds that did not change", async () => {
    await deployed();
    const untouched = "/category/jiangchengribao/feed.xml";
    const before = await validatorsOf([untouched, "/feed.xml"]);
    const sent = new Set(keys());
    site.write("2026-11-24-bridge.md", article("新桥合龙", "2026-11-20"));
    const { exitCode, output } = await site.deploy();
    expect([exitCode, output]).toEqual([0, expect.stringContaining("1 article added, 0 changed")]);
    const { written } = site.cloudflare;
    expect(new Set(written).size).toBe(written.length);
    expect(written.slice(sent.size).filter((key) => sent.has(key))).toEqual([]);
    const after = await validatorsOf([untouched, "/feed.xml"]);
    expect(after[untouched]).toEqual(before[untouched]);
    expect(after["/feed.xml"]).not.toEqual(before["/feed.xml"]);
    expect(await (await fetch(`${site.origin}/feed.xml`)).text()).toContain("新桥合龙");
  });

  it("leaves the old release whole wherever it is broken off, and goes on from there", async () => {
    await deployed();
    const paths = await addresses(site.origin);
    const before = await bodies(site.origin, paths);
    for (let kill = 1; kill <= RANDOM_KILLS; kill += 1) {
      site.write(`2026-11-2${kill % 10}-news-${kill}.md`, article(`第${kill}条`, "2026-11-20"));
      // From the first request to wrangler's upload of the version; the one after it makes it live.
      const at = 1 + ((kill * 7) % REQUESTS_BEFORE_SWITCH);
      const listed = new Set(keys());
      const firstWrite = site.cloudflare.written.length;
      let requests = 0;
      const running = site.startDeploy();
      site.cloudflare.fault = () => {
        requests += 1;
        if (requests < at) return null;
        running.kill();
        return { kind: "reset", isDone: requests % 2 === 0 };
      };
      await running.ended;
      site.cloudflare.fault = () => null;
      const written = site.cloudflare.written.slice(firstWrite);
      expect(written.filter((key) => listed.has(key) && !key.startsWith("r/"))).toEqual([]);
      expect(site.cloudflare.deployments).toHaveLength(1);
      expect(await bodies(site.origin, paths)).toEqual(before);
    }
    const listed = new Set(keys());
    const firstWrite = site.cloudflare.written.length;
    await deployed();
    const written = site.cloudflare.written.slice(firstWrite);
    expect(written.filter((key) => listed.has(key) && !key.startsWith("r/"))).toEqual([]);
    expect(await (await fetch(`${site.origin}/feed.xml`)).text()).toContain("第10条");
  });

  it("bears with an API that has a bad day", async () => {
    const { cloudflare } = site;
    let bulk = 0;
    cloudflare.lagMilliseconds = 1500;
    cloudflare.fault = (method, path) => {
      if (!path.endsWith("/bulk") || method !== "PUT") return null;
      bulk += 1;
      if (bulk === 1) return { kind: "status", status: 429, headers: { "Retry-After": "1" } };
      if (bulk === 2) return { kind: "status", status: 503 };
      if (bulk === 3) return { kind: "reset", isDone: false };
      if (bulk === 4) return { kind: "reset", isDone: true };
      return { kind: "slow", milliseconds: 200 };
    };
    await deployed();
    expect((await site.release("verify")).exitCode).toBe(0);
  });

  it("sends again what KV says it did not keep", async () => {
    const { cloudflare } = site;
    const twin = await openPublishedSite();
    writeFileSync(
      join(twin.folder, "wrangler.toml"),
      readFileSync(join(site.folder, "wrangler.toml")),
    );
    twin.cloudflare.sitePort = null;
    await twin.deploy();
    const packs = [...twin.cloudflare.values.keys()].filter((key) => key.startsWith("p/"));
    await twin.close();
    expect(packs.length).toBeGreaterThan(2);
    for (const key of packs) cloudflare.unsuccessfulOnce.add(key);
    await deployed();
    expect(cloudflare.unsuccessfulOnce.size).toBe(0);
    expect(packs.filter((key) => !cloudflare.values.has(key))).toEqual([]);
  });

  it("stops at its budget and goes on the next time, and so it does where the plan's day is over", async () => {
    const first = await site.deploy("--max-writes", "4");
    expect(seen(first)).toEqual([4, expect.stringContaining("write budget")]);
    expect(site.cloudflare.counts.writes).toBe(4);
    expect(site.cloudflare.versions).toEqual([]);
    site.cloudflare.mostWrites = 6;
    const second = await site.deploy();
    expect(seen(second)).toEqual([4, expect.stringContaining("after 00:00 UTC")]);
    site.cloudflare.mostWrites = 10_000;
    await deployed();
    const twice = site.cloudflare.written.filter(
      (key, index, all) => all.indexOf(key) !== index && !key.startsWith("r/"),
    );
    expect(twice).toEqual([]);
  });

  it("plans again where another deploy goes live meanwhile", async () => {
    await deployed();
    const other = await site.clone();
    other.write("2026-11-21-other.md", article("另一处发的", "2026-11-21"));
    site.write("2026-11-21-other.md", article("另一处发的", "2026-11-21"));
    site.write("2026-11-22-ours.md", article("我们发的", "2026-11-22"));
    let isBusy = false;
    const { cloudflare } = site;
    const overtake = async (): Promise<void> => {
      await other.deploy();
    };
    const overtaking: Promise<void>[] = [];
    cloudflare.fault = (method, path) => {
      // Our first batch: the other begins now, and ours is held up until it is done.
      if (method === "PUT" && path.endsWith("/bulk") && !isBusy) {
        isBusy = true;
        overtaking.push(overtake());
        return { kind: "slow", milliseconds: 9000 };
      }
      return null;
    };
    const { exitCode, output } = await site.deploy();
    await Promise.all(overtaking);
    rmSync(other.folder, { recursive: true });
    expect([exitCode, output]).toEqual([0, expect.stringContaining("planning again")]);
    const feed = await (await fetch(`${site.origin}/feed.xml`)).text();
    expect([feed.includes("另一处发的"), feed.includes("我们发的")]).toEqual([true, true]);
  });

  it("gives way where another deploy goes live while wrangler switches", async () => {
    await deployed();
    const other = await site.clone();
    other.write("2026-11-21-other.md", article("另一处发的", "2026-11-21"));
    site.write("2026-11-22-ours.md", article("我们发的", "2026-11-22"));
    let isBusy = false;
    const overtaking: Promise<Run>[] = [];
    site.cloudflare.fault = (method, path) => {
      if (method !== "POST" || !path.endsWith("/deployments") || isBusy) return null;
      isBusy = true;
      overtaking.push(other.deploy());
      return { kind: "slow", milliseconds: 9000 };
    };
    const ours = await site.deploy();
    const theirs = await Promise.all(overtaking);
    rmSync(other.folder, { recursive: true });
    expect(theirs.map(({ exitCode }) => exitCode)).toEqual([0]);
    expect([ours.exitCode, ours.output]).toEqual([5, expect.stringContaining("另一处发的")]);
    const feed = await (await fetch(`${site.origin}/feed.xml`)).text();
    expect([feed.includes("另一处发的"), feed.includes("我们发的")]).toEqual([true, false]);
  });

  it("leaves alone what was rolled back to while wrangler switched, and holds on to it", async () => {
    await deployed();
    site.write("2026-11-21-second.md", article("第二篇", "2026-11-21"));
    await deployed();
    site.write("2026-11-22-third.md", article("第三篇", "2026-11-22"));
    let isBusy = false;
    const overtaking: Promise<Run>[] = [];
    site.cloudflare.fault = (method, path) => {
      if (method !== "POST" || !path.endsWith("/deployments") || isBusy) return null;
      isBusy = true;
      overtaking.push(site.release("rollback"));
      return { kind: "slow", milliseconds: 9000 };
    };
    expect(seen(await site.deploy())).toEqual([6, expect.stringContaining("rolled back to")]);
    expect((await Promise.all(overtaking)).map(({ exitCode }) => exitCode)).toEqual([0]);
    const feed = await (await fetch(`${site.origin}/feed.xml`)).text();
    expect([feed.includes("第二篇"), feed.includes("第三篇")]).toEqual([false, false]);
    expect((await site.deploy()).exitCode).toBe(6);
  });

  it("does not break a link without asking, and keeps withdrawn what was withdrawn", async () => {
    const harbour = sharePath(shareIdOf(identityOfFile("2026-11-20-harbour", null, null)));
    const statuses = async (): Promise<readonly number[]> => [
      (await fetch(site.origin + LIGHTHOUSE)).status,
      (await fetch(site.origin + harbour)).status,
    ];
    const removed = join(site.folder, "removed.txt");
    site.write("2026-11-20-harbour.md", article("港口停航", "2026-11-20"));
    await deployed();
    // An editor has left the line without its end, and the file of the article is still there.
    writeFileSync(removed, harbour);
    const lighthouse = readFileSync(join(site.folder, "articles", LIGHTHOUSE_FILE), "utf8");
    site.write(LIGHTHOUSE_FILE, lighthouse.replace(/^categories: .*$/m, "categories: ["));
    expect(seen(await site.deploy("--confirm-removals"))).toEqual([
      5,
      expect.stringMatching(new RegExp(`${LIGHTHOUSE}.*; mend articles/${LIGHTHOUSE_FILE}:`)),
    ]);
    expect(readFileSync(removed, "utf8")).toBe(harbour);
    site.remove(LIGHTHOUSE_FILE);
    const refused = await site.deploy();
    expect(seen(refused)).toEqual([5, expect.stringContaining(LIGHTHOUSE)]);
    expect(await statuses()).toEqual([200, 200]);
    expect((await site.deploy("--confirm-removals")).exitCode).toBe(0);
    expect(readFileSync(removed, "utf8")).toMatch(/^\/s\/\w+\n\/s\/jht74skbm3 {2}# 2022-01-10 /);
    expect(await statuses()).toEqual([410, 410]);

    expect(seen(await site.release("rollback"))).toEqual([
      5,
      expect.stringMatching(/before these articles were withdrawn[^]*港口停航/),
    ]);
    expect(await statuses()).toEqual([410, 410]);

    writeFileSync(removed, `${LIGHTHOUSE}${harbour}\n`);
    expect(seen(await site.deploy())).toEqual([
      2,
      expect.stringMatching(/removed\.txt:1: error: .* is several addresses in one line/),
    ]);
    writeFileSync(removed, LIGHTHOUSE);
    expect(seen(await site.deploy())).toEqual([
      5,
      expect.stringMatching(/1 article that was withdrawn .* would be read again[^]*港口停航/),
    ]);
    expect(await statuses()).toEqual([410, 410]);
    writeFileSync(removed, "");
    expect(seen(await site.deploy("--confirm-returns"))).toEqual([
      0,
      expect.stringContaining("no longer withdrawn: "),
    ]);
    expect(await statuses()).toEqual([404, 200]);
  });

  it("does not break an old address without asking", async () => {
    const moved = article("搬了家的", "2026-11-20");
    site.write("moved.md", moved.replace("---\n", "---\nredirect_from: /old/搬.html\n"));
    await deployed();
    site.write("moved.md", moved);
    const refused = await site.deploy();
    expect(seen(refused)).toEqual([5, expect.stringContaining("/old/搬.html  led to /s/")]);
    const tried = await site.deploy("--confirm-removals", "--dry-run");
    expect(seen(tried)).toEqual([
      0,
      expect.stringContaining("0 articles and 1 old address would go"),
    ]);
    expect(existsSync(join(site.folder, "removed.txt"))).toBe(false);
    expect((await site.deploy("--confirm-removals")).exitCode).toBe(0);
    const old = await fetch(`${site.origin}/old/搬.html`, { redirect: "manual" });
    expect(old.status).toBe(410);
  });

  it("restores what KV has lost, and compares without it as far as lists tell", async () => {
    const { cloudflare } = site;
    const lose = (...maps: readonly MapName[]): void => {
      for (const key of packsOf(...maps)) cloudflare.lose(key);
    };
    const isThere = async (): Promise<number> => (await fetch(site.origin + LIGHTHOUSE)).status;
    await deployed();
    lose("articles", "collections");
    expect(await isThere()).toBe(503);
    expect(seen(await site.deploy("--dry-run"))).toEqual([
      0,
      expect.stringContaining("KV has lost 2 values"),
    ]);
    expect(seen(await site.deploy())).toEqual([
      0,
      expect.stringContaining("Repaired: KV had lost 2 values"),
    ]);
    expect([await isThere(), cloudflare.versions.length]).toEqual([200, 1]);

    lose("articles");
    cloudflare.lose(`r/${release()}`);
    expect(seen(await site.deploy())).toEqual([
      0,
      expect.stringContaining("Repaired: KV had lost 2 values"),
    ]);
    expect((await site.release("verify")).exitCode).toBe(0);

    lose("articles");
    site.write("2026-11-24-bridge.md", article("新桥合龙", "2026-11-20"));
    const lighthouse = readFileSync(join(site.folder, "articles", LIGHTHOUSE_FILE), "utf8");
    site.remove(LIGHTHOUSE_FILE);
    expect(seen(await site.deploy())).toEqual([
      5,
      expect.stringMatching(new RegExp(`1 article that is live .*\n *${LIGHTHOUSE}  2022-01-10`)),
    ]);
    site.write(LIGHTHOUSE_FILE, lighthouse);
    expect(seen(await site.deploy())).toEqual([
      0,
      expect.stringMatching(/ 1 article added, 0 changed[^]* articles could not be compared/),
    ]);
    expect(await isThere()).toBe(200);

    lose("articles", "collections");
    site.write("2026-11-24-road.md", article("新路通车", "2026-11-20"));
    expect(seen(await site.deploy())).toEqual([
      1,
      expect.stringMatching(/KV has lost 1 value .*which articles it had; take the folder as it/),
    ]);
    expect((await site.deploy("--replace")).exitCode).toBe(0);
    expect(await isThere()).toBe(200);
  });

  it("fills a new namespace where the old one was deleted, and tells a wrong id from an empty one", async () => {
    await deployed();
    site.cloudflare.namespaces.clear();
    await deployed();
    expect((await site.release("verify")).exitCode).toBe(0);
    const file = join(site.folder, "wrangler.toml");
    const toml = readFileSync(file, "utf8");
    writeFileSync(file, toml.replace('"RELEASES"', `"RELEASES"\nid = "${"0f".repeat(16)}"`));
    expect(seen(await site.deploy())).toEqual([
      2,
      expect.stringMatching(/namespace not found .*take "id" out of \[\[kv_namespaces\]\]/),
    ]);
    expect(JSON.parse((await site.release("list", "--json")).output)).toEqual({
      error: expect.stringContaining("namespace not found") as string,
    });
  });

  it("publishes the rest where an article has an error, unless a live one would vanish", async () => {
    await deployed();
    site.write("2026-11-24-broken.md", "---\ntitle: 坏了\ncategories: [\n---\n\n坏了\n");
    site.write("2026-11-23-good.md", article("好的", "2026-11-20"));
    const { exitCode, output } = await site.deploy();
    expect([exitCode, output]).toEqual([
      3,
      expect.stringMatching(/2026-11-24-broken\.md:\d+: error: /),
    ]);
    expect(await (await fetch(`${site.origin}/feed.xml`)).text()).toContain("好的");
    site.write(LIGHTHOUSE_FILE, "---\ntitle: 坏了\ncategories: [\n---\n\n坏了\n");
    expect((await site.deploy()).exitCode).toBe(5);
    expect((await fetch(site.origin + LIGHTHOUSE)).status).toBe(200);
  });

  it("says what is live where wrangler fails or is told to end, and does what follows", async () => {
    const { cloudflare } = site;
    const news = (number: number): void => {
      site.write(`2026-11-2${number}-news.md`, article(`第${number}条`, "2026-11-20"));
    };
    const atSwitch = (answer: () => Fault): void => {
      cloudflare.fault = (method, path) =>
        method === "POST" && path.endsWith("/deployments") ? answer() : null;
    };
    await deployed();
    const first = release();
    news(1);
    atSwitch(() => ({ kind: "status", status: 403 }));
    const refused = await site.deploy();
    expect(seen(refused)).toEqual([
      2,
      expect.stringMatching(/the live site is as it was; .*"Workers Scripts: Edit"/),
    ]);
    expect(refused.output).not.toContain("\u001B");
    atSwitch(() => ({ kind: "reset", isDone: false }));
    expect(seen(await site.deploy())).toEqual([
      1,
      expect.stringMatching(/wrangler deploy failed; the live site is as it was:\nfetch failed\n/),
    ]);
    expect(release()).toBe(first);
    atSwitch(() => ({ kind: "reset", isDone: true }));
    expect(seen(await site.deploy())).toEqual([0, expect.stringContaining(" is live")]);
    expect(release()).not.toBe(first);

    news(2);
    const second = release();
    const stopped = site.startDeploy();
    cloudflare.fault = (method, path) => {
      if (method !== "POST" || !path.endsWith("/versions")) return null;
      stopped.signal("SIGTERM");
      return { kind: "slow", milliseconds: 1000 };
    };
    expect(seen(await stopped.ended)).toEqual([
      143,
      expect.stringContaining("wrangler deploy failed; the live site is as it was"),
    ]);
    expect(release()).toBe(second);
    const running = site.startDeploy();
    atSwitch(() => {
      running.signal("SIGINT");
      return { kind: "slow", milliseconds: 1000 };
    });
    const ended = await running.ended;
    expect(seen(ended)).toEqual([130, expect.stringMatching(/Told to end[^]*no hub was told/)]);
    expect(ended.output).toContain(`Release ${release()} is live`);
  });

  it("puts a preview on an address of its own and leaves the site as it is", async () => {
    expect((await site.deploy("--preview")).exitCode).toBe(1);
    await deployed();
    site.write("2026-11-24-bridge.md", article("新桥合龙", "2026-11-20"));
    const { exitCode, output } = await site.deploy("--preview");
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/Look at it: https:\/\//)]);
    expect([site.cloudflare.versions.length, site.cloudflare.deployments.length]).toEqual([2, 1]);
    expect(await (await fetch(`${site.origin}/feed.xml`)).text()).not.toContain("新桥合龙");
    await deployed();
    expect(await (await fetch(`${site.origin}/feed.xml`)).text()).toContain("新桥合龙");
  });

  it("does not replace a Worker that it did not deploy", async () => {
    site.cloudflare.addForeignWorker();
    const { exitCode, output } = await site.deploy();
    expect([exitCode, output]).toEqual([1, expect.stringContaining("--replace")]);
    expect((await site.deploy("--replace")).exitCode).toBe(0);
  });
});

describe("wrangler's arguments", () => {
  it("hold the release in one word with its option, since it may begin with a hyphen", async () => {
    const log = "wrangler-arguments.log";
    writeFileSync(
      join(site.folder, "wrangler"),
      `#!/bin/sh\necho "$@" >> ${join(site.folder, log)}\nexit 1\n`,
      { mode: 0o755 },
    );
    const { exitCode } = await site.deployWith({
      PATH: `${site.folder}:${process.env["PATH"] ?? ""}`,
    });
    expect(exitCode).toBe(1);
    expect(readFileSync(join(site.folder, log), "utf8")).toMatch(
      /--tag=[\w-]{22} --message=\d+ articles; code [\w-]{22}/,
    );
  });
});

describe("bare wrangler", () => {
  it.each([["deploy"], ["versions", "upload"]])(
    "refuses it, and says what to run",
    async (...args) => {
      const { exitCode, output } = await site.wrangler(...args);
      expect(exitCode).not.toBe(0);
      expect(output).toContain("run npm run deploy");
      expect(site.cloudflare.requests.filter((request) => !request.startsWith("GET"))).toEqual([]);
    },
  );
});

describe("npm run release", () => {
  it("goes back to the release before, and holds deploys until it is told to go on", async () => {
    await deployed();
    const first = release();
    site.write("2026-11-24-bridge.md", article("新桥合龙", "2026-11-20"));
    await deployed();
    const diff = await site.release("diff", "--json");
    expect(JSON.parse(diff.output)).toMatchObject({ added: [{ title: "新桥合龙" }], removed: [] });
    site.write("2026-11-24-road.md", article("新路通车", "2026-11-20"));
    await deployed();
    expect((await site.release("rollback")).exitCode).toBe(0);
    expect((await site.release("rollback")).exitCode).toBe(0);
    expect(release()).toBe(first);
    expect(await (await fetch(`${site.origin}/feed.xml`)).text()).not.toContain("新桥合龙");
    expect(seen(await site.deploy())).toEqual([6, expect.stringContaining("resume")]);
    expect((await site.release("resume")).exitCode).toBe(0);
    await deployed();
    expect(await (await fetch(`${site.origin}/feed.xml`)).text()).toContain("新桥合龙");
  });

  it("goes back to what was live, be it the code alone, and never to what was only previewed", async () => {
    const { cloudflare } = site;
    const bridge = "2026-11-24-bridge.md";
    const live = (): number | undefined => cloudflare.liveVersion?.number;
    await deployed();
    const first = release();
    site.write(bridge, article("新桥合龙", "2026-11-20"));
    expect((await site.deploy("--preview")).exitCode).toBe(0);
    const preview = cloudflare.versions.at(-1)?.annotations["workers/tag"] ?? "";
    expect(seen(await site.release("rollback", preview))).toEqual([
      1,
      expect.stringContaining("it was a preview"),
    ]);
    expect(seen(await site.release("rollback"))).toEqual([
      1,
      expect.stringContaining("There is no deployment before the live one"),
    ]);

    await deployed();
    const code = join(site.folder, "src/worker.ts");
    writeFileSync(code, `${readFileSync(code, "utf8")}\nconsole.log("bad");\n`);
    await deployed();
    expect([release(), live()]).toEqual([preview, 4]);
    const listed = await site.release("list", "--json");
    expect(JSON.parse(listed.output)).toMatchObject({
      deployments: [{ release: preview, isLive: true }, { release: preview }, { release: first }],
    });
    // The answer gets lost, and the rollback does not.
    cloudflare.fault = (method, path) =>
      method === "POST" && path.endsWith("/deployments") ? { kind: "reset", isDone: true } : null;
    expect(seen(await site.release("rollback"))).toEqual([
      0,
      expect.stringContaining("The code before is live"),
    ]);
    cloudflare.fault = () => null;
    expect([release(), live()]).toEqual([preview, 3]);
    expect((await site.deploy()).exitCode).toBe(6);

    // To look once more at what was live takes nothing from it.
    site.remove(bridge);
    expect((await site.deploy("--preview")).exitCode).toBe(0);
    expect(cloudflare.values.get(`r/${first}`)?.metadata).toMatchObject({ kind: "deploy" });
    expect((await site.release("rollback", first)).exitCode).toBe(0);
    expect([release(), live()]).toEqual([first, 1]);
  });

  it("holds deploys also where bare wrangler rolled back", async () => {
    await deployed();
    const [version] = site.cloudflare.versions;
    site.write("2026-11-24-bridge.md", article("新桥合龙", "2026-11-20"));
    await deployed();
    const run = await site.wrangler("rollback", version?.id ?? "", "--yes");
    expect(run.exitCode).toBe(0);
    expect((await site.deploy()).exitCode).toBe(6);
  });

  it("does not roll back to a release of which KV has lost something", async () => {
    await deployed();
    const pack = keys().find((key) => key.startsWith("p/")) ?? "";
    site.write("2026-11-24-bridge.md", article("新桥合龙", "2026-11-20"));
    await deployed();
    for (const key of keys().filter((name) => name.startsWith("p/"))) site.cloudflare.lose(key);
    const { exitCode, output } = await site.release("rollback");
    expect([exitCode, output]).toEqual([1, expect.stringContaining("Not rolled back")]);
    expect(pack).not.toBe("");
    expect((await site.release("verify")).exitCode).toBe(1);
  });

  it("prunes what no release needs that has to stay, and says so first", async () => {
    await deployed();
    for (let day = 1; day <= 3; day += 1) {
      site.write(`2026-11-0${day}-more.md`, article(`第${day}天`, "2026-11-01"));
      await deployed();
    }
    const file = join(site.folder, "wrangler.toml");
    const toml = readFileSync(file, "utf8");
    writeFileSync(
      file,
      toml.replace("prerendered_feeds = 1", "prerendered_feeds = 1\nkept_releases = 1"),
    );
    const fresh = JSON.parse((await site.release("prune", "--json")).output) as { values: number };
    expect(fresh.values).toBe(0);
    site.cloudflare.age(3 * 86_400);
    const before = keys();
    const plan = JSON.parse((await site.release("prune", "--json")).output) as {
      values: number;
      records: readonly string[];
    };
    expect(plan.values).toBeGreaterThan(0);
    expect(plan.records).toHaveLength(3);
    expect(keys()).toEqual(before);
    expect((await site.release("prune", "--yes")).exitCode).toBe(0);
    expect(keys()).toHaveLength(before.length - plan.values - plan.records.length);
    expect((await site.release("verify")).exitCode).toBe(0);
  });

  it("stops pruning when somebody begins to deploy", async () => {
    await deployed();
    site.write("2026-11-01-more.md", article("又一天", "2026-11-01"));
    await deployed();
    const old = [...site.cloudflare.values.keys()];
    const file = join(site.folder, "wrangler.toml");
    const toml = readFileSync(file, "utf8");
    writeFileSync(
      file,
      toml.replace("prerendered_feeds = 1", "prerendered_feeds = 1\nkept_releases = 1"),
    );
    site.cloudflare.age(3 * 86_400);
    let lists = 0;
    site.cloudflare.fault = (method, path) => {
      if (method === "GET" && path.endsWith("/keys")) lists += 1;
      // Between the plan's list and the one before the deletion.
      if (lists === 2) site.cloudflare.claim("AAAAAAAAAAAAAAAAAAAAAA");
      return null;
    };
    const { output } = await site.release("prune", "--yes");
    expect(output).toContain("somebody began to deploy");
    expect(old.filter((key) => !site.cloudflare.values.has(key))).toEqual([]);
  });

  it("takes a release that begins with a hyphen for a release", async () => {
    await deployed();
    expect(seen(await site.release("rollback", "-XoEWLXfWsr_layafMwmCw"))).toEqual([
      1,
      expect.stringContaining('Cannot roll back to "-XoEWLXfWsr_layafMwmCw"'),
    ]);
  });

  it("says what is wrong with its options and settings, to programs in JSON", async () => {
    expect((await site.release("--help")).output).toContain("rollback");
    expect((await site.release("list")).output).toContain("nothing has been deployed yet");
    const refusal = async (...args: readonly string[]): Promise<unknown> => {
      const { exitCode, output } = await site.release(...args, "--json");
      return [exitCode, (JSON.parse(output) as { error: string }).error];
    };
    const says = (pattern: RegExp): unknown => [2, expect.stringMatching(pattern)];
    expect(await refusal("undo")).toEqual(says(/^There is no verb "undo"; write one of list, /));
    expect(await refusal("constructor")).toEqual(says(/^There is no verb "constructor"/));
    expect(await refusal("list", "--all")).toEqual(says(/'--all'/));
    expect(await refusal("list", "more")).toEqual(says(/^release list takes no "more"$/));
    expect(await refusal("prune", "--max-deletes", "-1")).toEqual(
      says(/^--max-deletes is "-1"; write a whole number from 0/),
    );
    const file = join(site.folder, "wrangler.toml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/^title = .*$/m, "title = 1"));
    expect(await refusal("list")).toEqual(says(/^wrangler\.toml:\d+: error: /));
    writeFileSync(file, "[");
    expect(await refusal("list")).toEqual(says(/^wrangler\.toml:\d+: error: /));
    rmSync(file);
    expect(await refusal("list")).toEqual(says(/^Cannot read "wrangler\.toml": ENOENT/));
    expect(seen(await site.deploy())).toEqual([2, expect.stringMatching(/^Cannot read "wrangler/)]);
  });

  it("never shows a token that cannot be sent", async () => {
    const { exitCode, output } = await site.deployWith({ CLOUDFLARE_API_TOKEN: "hush\nhush" });
    expect([exitCode, output]).toEqual([2, expect.stringMatching(/^CLOUDFLARE_API_TOKEN holds /)]);
    expect(output).not.toContain("hush");
  });
});

/** The keys of the live release's packs. */
function packsOf(...maps: readonly MapName[]): readonly string[] {
  const record = site.cloudflare.values.get(`r/${release()}`);
  const manifest = Manifest.open(gunzipSync(record?.bytes ?? Buffer.alloc(0)));
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return maps.flatMap((map) => manifest.value.packs(map).map(({ hash }) => packKey(hash)));
}

function release(): string {
  return site.cloudflare.liveVersion?.annotations["workers/tag"] ?? "";
}

async function validatorsOf(
  paths: readonly string[],
): Promise<Readonly<Record<string, { etag: string | null; modified: string | null }>>> {
  const found: Record<string, { etag: string | null; modified: string | null }> = {};
  for (const path of paths) {
    const { headers } = await fetch(site.origin + path, { redirect: "manual" });
    found[path] = { etag: headers.get("ETag"), modified: headers.get("Last-Modified") };
  }
  return found;
}

/** Kept out of the project: what a deploy leaves on disk is in `build`. */
it("leaves nothing in the checkout but build", async () => {
  await deployed();
  expect(existsSync(join(site.folder, ".wrangler/deploy"))).toBe(false);
  expect(existsSync(join(site.folder, "removed.txt"))).toBe(false);
});
