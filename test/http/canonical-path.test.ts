import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { feedPath, listPath } from "../../src/domain/links.ts";
import { canonicalPath } from "../../src/http/canonical-path.ts";

describe("canonicalPath", () => {
  it.each([
    ["/", "/"],
    ["//", "/"],
    ["/feed.xml/", "/feed.xml"],
    ["//feed.xml", "/feed.xml"],
    ["/FEED.XML", "/feed.xml"],
    ["/Category/TechWeb/Feed.xml", "/category/TechWeb/feed.xml"],
    ["/category//x/", "/category/x"],
    ["/S/JHTRZ7J8ER", "/s/JHTRZ7J8ER"],
    ["/tag/厦门", "/tag/%E5%8E%A6%E9%97%A8"],
    ["/tag/%e5%8e%a6%e9%97%a8", "/tag/%E5%8E%A6%E9%97%A8"],
    ["/tag/caf%65%CC%81", "/tag/caf%C3%A9"],
    ["/tag/A%2FB", "/tag/A%2FB"],
    ["/tag/C++", "/tag/C%2B%2B"],
    ["/tag/100%25", "/tag/100%25"],
    ["/tag/feed.xml", "/tag/feed.xml"],
    ["/tag/FEED.XML", "/tag/FEED.XML"],
    ["/category/anxin(xianggang)", "/category/anxin(xianggang)"],
    ["/category/anxin%28xianggang%29", "/category/anxin(xianggang)"],
    // What cannot be decoded stays as it came.
    ["/tag/%zz", "/tag/%zz"],
    ["/tag/%ff", "/tag/%ff"],
  ])("spells %s as %s", (path, canonical) => {
    expect(canonicalPath(path)).toBe(canonical);
  });

  it("leaves every path alone that pages and feeds link to", () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((text) => text.isWellFormed() && text !== "." && text !== "..");
    fc.assert(
      fc.property(name, fc.constantFrom("category", "tag"), (text, kind) => {
        const scope = { kind, name: text.normalize("NFC") } as const;
        for (const path of [listPath(scope), feedPath(scope, "rss")]) {
          const typed = new URL(path, "https://site.example").pathname;
          expect(canonicalPath(typed)).toBe(path);
        }
      }),
    );
  });
});
