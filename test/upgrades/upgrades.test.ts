import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PublishedFolder } from "../scripts/published-folder.ts";
import { writesWithoutCards } from "../scale/scale-model.ts";
import { outcome } from "../scripts/outcome.ts";
import { goLive } from "./kept-release.ts";
import { KINDS, crawl, idsOf, kindOf } from "./crawled-site.ts";
import type { Kind } from "./crawled-site.ts";

/** With which CHANGELOG.md says what an upgrade costs. */
const LARGE_SITE = { articles: 100_000, categories: 2000 };

/** A version over whose site this one is deployed. */
interface Upgrade {
  readonly from: string;
  /** The kinds of addresses whose entity tags change; those of all others stay. */
  readonly changed: readonly Kind[];
  /** How CHANGELOG.md says so. */
  readonly said: string;
  /** Whether all is written anew but share cards. */
  readonly rewritesAll: boolean;
}

/** All versions that were published: the next has a line here, and a folder in `test/fixtures/upgrades`. */
const UPGRADES: readonly Upgrade[] = [
  {
    from: "0.1.0",
    changed: ["feed", "page", "preview", "list of feeds", "sitemap"],
    said: "all entity tags change once",
    rewritesAll: true,
  },
];

/** Addresses that are asked at each step of a deploy: of each kind some, and all that lead on. */
const MOST_WATCHED_OF_KIND = 3;
const LAG_MILLISECONDS = 20_000;

let site: PublishedFolder;

beforeEach(() => {
  site = PublishedFolder.open();
});
afterEach(() => {
  site.close();
});

describe.each(UPGRADES)("a deploy over a site of version $from", (upgrade) => {
  const { from, changed, said, rewritesAll } = upgrade;

  it("breaks no link, no reader's memory and no rollback", async () => {
    const { cloudflare } = site;
    const answer = await goLive(from, site);
    const { release } = site.manifest;
    const { keys } = site;
    const before = await crawl(answer, site.origin);
    expect(new Set([...before.keys()].map(kindOf))).toEqual(new Set<Kind>(KINDS));

    cloudflare.lagMilliseconds = LAG_MILLISECONDS;
    cloudflare.listLagMilliseconds = LAG_MILLISECONDS;
    const watched = [...Map.groupBy(before.keys(), kindOf).values()].flatMap((paths) =>
      paths.slice(0, MOST_WATCHED_OF_KIND),
    );
    const broken: string[] = [];
    let steps = 0;
    cloudflare.fault = async (method, path) => {
      steps += 1;
      for (const address of watched) {
        const { status } = await answer(address);
        if (status >= 400 && status !== before.get(address)?.status) {
          broken.push(`${address} is ${status} before ${method} ${path}`);
        }
      }
      return null;
    };
    expect(await site.deploy()).toMatchObject(outcome(0, "0 removed"));
    expect(site.manifest.release).not.toBe(release);
    expect(broken).toEqual([]);
    expect(steps).toBeGreaterThan(10);
    expect(keys.filter((key) => !cloudflare.values.has(key))).toEqual([]);

    const differing = new Set<Kind>();
    for (const [path, was] of before) {
      const now = await answer(path);
      const { status } = now;
      expect([path, status, now.headers.get("Location")]).toEqual([path, was.status, was.location]);
      const { feed, entries } = idsOf(path, await now.text());
      expect([path, feed]).toEqual([path, was.ids.feed]);
      expect([path, entries]).toEqual([path, expect.arrayContaining([...was.ids.entries])]);
      if (was.etag === null) continue;
      const again = await answer(path, { "If-None-Match": was.etag });
      if (again.status !== 304) differing.add(kindOf(path));
    }
    expect(differing).toEqual(new Set(changed));

    expect(await site.release("rollback")).toMatchObject(outcome(0, release));
    expect(broken).toEqual([]);
    expect(await crawl(answer, site.origin)).toEqual(before);
  });

  it("changes what the changelog says", () => {
    const changelog = readFileSync(join(import.meta.dirname, "../../CHANGELOG.md"), "utf8");
    const [entry = ""] = changelog.split(new RegExp(`^## \\[?${RegExp.escape(from)}\\b`, "m"));
    const text = entry.replaceAll(/\s+/g, " ");
    expect(text).toContain(said);
    if (rewritesAll) expect(text).toContain(`${writesWithoutCards(LARGE_SITE)} writes`);
  });
});
