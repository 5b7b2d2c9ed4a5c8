import { describe, expect, inject, it } from "vitest";
import { openSite } from "./open-site.ts";

const site = await openSite(inject("podcasts"));

async function episodesOf(path: string): Promise<number> {
  const text = await (await site.fetch(path)).text();
  return path.endsWith(".json")
    ? (JSON.parse(text) as { readonly items: readonly unknown[] }).items.length
    : (text.match(/<enclosure |rel="enclosure"/g)?.length ?? 0);
}

describe("a podcast's feed", () => {
  it.each(["feed.xml", "atom.xml", "feed.json"])(
    "holds all episodes, made on request or beforehand, in %s",
    async (file) => {
      const prerenderedOf = (name: string): string | null =>
        site.manifest.scope({ kind: "category", name })?.prerendered ?? null;
      expect(prerenderedOf("talk")).toBeNull();
      expect(await episodesOf(`/category/talk/${file}`)).toBe(40);
      expect(prerenderedOf("long")).not.toBeNull();
      expect(await episodesOf(`/category/long/${file}`)).toBe(120);
    },
  );

  it("is a podcast's in RSS wherever there is sound, and of other feeds' length elsewhere", async () => {
    for (const path of [
      "/feed.xml",
      "/tag/sound/feed.xml",
      "/category/talk/feed.xml?page=2026-11",
    ]) {
      expect(await (await site.fetch(path)).text()).toContain('<itunes:category text="News"/>');
    }
    expect(await episodesOf("/tag/sound/feed.xml")).toBe(30);
  });

  it("answers 304 like any other", async () => {
    const first = await site.fetch("/category/talk/feed.xml");
    const headers = { "If-None-Match": first.headers.get("ETag") ?? "" };
    expect((await site.fetch("/category/talk/feed.xml", { headers })).status).toBe(304);
    expect(site.lastReads().keys).toEqual([]);
  });
});
