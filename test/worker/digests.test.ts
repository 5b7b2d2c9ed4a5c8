import { describe, expect, inject, it } from "vitest";
import { feedPath } from "../../src/domain/links.ts";
import { openSite } from "./open-site.ts";

/** Midnight between the 24th and the 25th of November in Shanghai, in milliseconds. */
const MIDNIGHT = Date.UTC(2026, 10, 24, 16);
const HOUR = 3_600_000;
const FORMATS = ["digest.xml", "digest-atom.xml", "digest.json"] as const;

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly date_published: string;
  readonly content_html: string;
}

async function entriesOf(response: Response): Promise<readonly Entry[]> {
  const { items } = JSON.parse(await response.text()) as { readonly items: readonly Entry[] };
  return items;
}

const linesIn = ({ content_html: html }: Entry): number => html.split("<h3").length - 1;

describe.each(FORMATS)("a day that ends, in %s", async (file) => {
  let now = MIDNIGHT - 1;
  const site = await openSite(inject("fixturesNextDay"), undefined, () => now);

  it("has its entry from midnight on, with new validators, which then stay", async () => {
    const fetch = site.openIsolate();
    const path = `/category/city/${file}`;
    const before = await fetch(path);
    expect(await before.text()).not.toContain("新桥合龙");
    expect(before.headers.get("Last-Modified")).toBe("Tue, 24 Nov 2026 00:00:00 GMT");
    now = MIDNIGHT;
    const poll = {
      headers: {
        "If-None-Match": before.headers.get("ETag") ?? "",
        "If-Modified-Since": "Tue, 24 Nov 2026 00:00:00 GMT",
      },
    };
    const after = await fetch(path, poll);
    expect(after.status).toBe(200);
    expect(await after.text()).toContain("新桥合龙");
    expect(after.headers.get("Last-Modified")).toBe("Tue, 24 Nov 2026 16:00:00 GMT");
    now = MIDNIGHT + 100 * 24 * HOUR;
    const later = await fetch(path, {
      headers: { "If-None-Match": after.headers.get("ETag") ?? "" },
    });
    expect(later.status).toBe(304);
    expect(later.headers.get("Last-Modified")).toBe("Tue, 24 Nov 2026 16:00:00 GMT");
    now = MIDNIGHT - 1;
  });
});

describe("an entry of a digest", async () => {
  const site = await openSite(inject("fixturesNextDay"), undefined, () => MIDNIGHT + HOUR);

  it("is named by its day, leads to it, and is dated when the day was over", async () => {
    const [entry] = await entriesOf(await site.fetch("/category/city/digest.json"));
    expect(entry).toMatchObject({
      id: "tag:finews.example,2026:/category/city/digest/2026-11-24",
      title: "2026年11月24日 · 共 1 篇文章",
      url: "https://finews.example/category/city?page=2026-11-24",
      date_published: "2026-11-25T00:00:00+08:00",
    });
    expect(entry?.content_html).toContain("大桥昨夜合龙");
    const list = await site.fetch(entry?.url ?? "");
    expect([list.status, list.headers.get("Location")]).toEqual([
      301,
      "/category/city?page=2026-11",
    ]);
  });

  it("has the summaries of several scopes, and each article once", async () => {
    const path = "/digest.json?category=TechWeb&category=city";
    const entries = await entriesOf(await site.fetch(path));
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(entries[0]?.id).toBe(
      "tag:finews.example,2026:/category/TechWeb+/category/city/digest/2026-11-24",
    );
  });
});

describe("what comes when its day is over", async () => {
  const at = (release: "burst" | "burstWithoutHistory") =>
    openSite(inject(release), undefined, () => MIDNIGHT);
  const [busy, undated] = [await at("burst"), await at("burstWithoutHistory")];
  const paths = ["", "/category/city", "/tag/port"].map((scope) => `${scope}/digest.json`);
  const all = [...paths, "/digest.json?category=city&tag=port"];

  it.each(all)("is in the entry of the day on which it came, in %s", async (path) => {
    const entries = await entriesOf(await busy.fetch(path));
    expect(entries.map((entry) => [entry.date_published.slice(0, 10), linesIn(entry)])).toEqual([
      ["2026-11-24", 61],
      ["2026-11-23", 40],
    ]);
    expect(entries[0]?.content_html).toContain(">late<");
  });

  it.each(all)("is in that of its date where nobody knows when it came, in %s", async (path) => {
    const entries = await entriesOf(await undated.fetch(path));
    expect(entries.map((entry) => linesIn(entry))).toEqual([60, 40, 1]);
    expect(busy.manifest.release).toBe(undated.manifest.release);
  });
});

describe("what digests read", async () => {
  const site = await openSite(inject("generated"));
  const bySize = site.manifest.scopes().toSorted((a, b) => b.count - a.count);
  const paths = bySize
    .filter((_, index) => index < 12 || index % 100 === 0)
    .map(({ scope }) => feedPath(scope, "rss", null, "digest"));

  it.each(paths)("is at most 32 in two rounds for %s, and nothing for a 304", async (path) => {
    const response = await site.fetch(path);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("<item>");
    const { keys, rounds } = site.lastReads();
    expect(keys.length).toBeLessThanOrEqual(32);
    expect(rounds).toBeLessThanOrEqual(2);
    const headers = { "If-None-Match": response.headers.get("ETag") ?? "" };
    expect((await site.fetch(path, { headers })).status).toBe(304);
    expect(site.lastReads().keys).toEqual([]);
  });
});
