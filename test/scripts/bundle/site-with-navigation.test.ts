import { describe, expect, it } from "vitest";
import { siteWithNavigation } from "../../../scripts/bundle/site-with-navigation.ts";
import type { ParsedPage } from "../../../scripts/read/article/read-page.ts";
import { SITE } from "../../render/sample-articles.ts";

const page = (address: string, nav: ParsedPage["nav"]): ParsedPage => ({
  path: "about.md",
  pathInSite: "about.md",
  localFiles: [],
  links: [],
  aliases: [],
  address,
  title: address,
  titleBreaks: [],
  language: null,
  summary: "",
  image: null,
  isPlain: true,
  body: new Uint8Array(),
  nav,
});

describe("siteWithNavigation", () => {
  it("puts the links of the settings behind those of pages, in the order in which they are written", () => {
    const own = [
      { text: "English", url: "https://en.wandu.example", language: "en" },
      { text: "归档", url: "/#archive" },
    ];
    const { navigation = [], footer } = siteWithNavigation(
      { ...SITE, navigation: own, footer: [{ text: "ICP", url: null }] },
      [{ categories: ["a"] }],
      [
        page("/b/", { place: "header", order: 2 }),
        page("/关于/", { place: "header", order: 1 }),
        page("/c/", { place: "footer", order: 1 }),
        page("/d/", null),
      ],
    );
    expect(navigation.map(({ url }) => url)).toEqual([
      "/categories",
      "/feed",
      "/%E5%85%B3%E4%BA%8E/",
      "/b/",
      "https://en.wandu.example",
      "/#archive",
    ]);
    expect(navigation).toContainEqual(own[0]);
    expect(footer.map(({ text }) => text)).toEqual(["/c/", "ICP"]);
  });
});
