import { describe, expect, it } from "vitest";
import { renderSitemap, renderSitemapIndex } from "../../src/render/sitemap.ts";
import { expectedFile } from "./expected-file.ts";
import { REFS, SITE } from "./sample-articles.ts";

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("renderSitemap", () => {
  it("lists the articles with the moment of their last change", async () => {
    const [first, second] = REFS;
    if (first === undefined || second === undefined) throw new Error("There are too few samples");
    const updated = { epochSeconds: 1_642_000_000, offsetMinutes: 480 };
    const document = renderSitemap(SITE, [{ ...first, updated }, second]);
    expect(decode(document)).toBe(await expectedFile("sitemap-2022-01.xml", document));
  });
});

describe("renderSitemapIndex", () => {
  it("lists the sitemaps of all periods", async () => {
    const document = renderSitemapIndex(SITE, ["2022-01-10T07:35", "2022-01-09", "2021-12"]);
    expect(decode(document)).toBe(await expectedFile("sitemap.xml", document));
  });
});
