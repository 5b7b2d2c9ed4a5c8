import { parseOpml } from "feedsmith";
import { describe, expect, it } from "vitest";
import type { Site } from "../../src/domain/site.ts";
import { renderOpml } from "../../src/render/opml.ts";
import { expectedFile } from "./expected-file.ts";
import { SITE } from "./sample-articles.ts";

const OPML = renderOpml(SITE, [
  { scope: { kind: "site" }, title: SITE.title },
  { scope: { kind: "category", name: "huchengribao" }, title: "湖城日报" },
  { scope: { kind: "category", name: "R&D 报" }, title: 'R&D "报" <新>' },
  { scope: { kind: "tag", name: "a/b" }, title: "a/b" },
]);

describe("renderOpml", () => {
  it("is the expected document", async () => {
    expect(new TextDecoder().decode(OPML)).toBe(await expectedFile("feeds.opml", OPML));
  });

  it("is read by a parser as the site, its categories and its tags, each with its addresses", () => {
    const { head, body } = parseOpml(new TextDecoder().decode(OPML));
    expect(head?.title).toBe(SITE.title);
    expect(body?.outlines?.map(({ text, xmlUrl }) => [text, xmlUrl])).toEqual([
      [SITE.title, `${SITE.url}/feed.xml`],
      ["栏目", undefined],
      ["标签", undefined],
    ]);
    expect(body?.outlines?.[1]?.outlines?.[1]).toMatchObject({
      type: "rss",
      text: 'R&D "报" <新>',
      xmlUrl: `${SITE.url}/category/R%26D%20%E6%8A%A5/feed.xml`,
      htmlUrl: `${SITE.url}/category/R%26D%20%E6%8A%A5`,
    });
  });

  it("names feeds without texts, digests and languages only where the settings ask for them", () => {
    const scopes = [
      { scope: { kind: "site" }, title: SITE.title },
      { scope: { kind: "category", name: "huchengribao" }, title: "湖城日报" },
      { scope: { kind: "language", name: "en" }, title: "English" },
    ] as const;
    const foldersWith = (opml: Site["opml"]): unknown => {
      const written = new TextDecoder().decode(
        renderOpml({ ...SITE, ...(opml && { opml }) }, scopes),
      );
      return parseOpml(written).body?.outlines?.flatMap(({ text, outlines }) =>
        outlines === undefined ? [] : [[text, ...outlines.map(({ xmlUrl }) => xmlUrl)]],
      );
    };
    const category = ["栏目", `${SITE.url}/category/huchengribao/feed.xml`];
    expect(foldersWith(undefined)).toEqual([category]);
    expect(foldersWith(["languages", "digest", "summaries"])).toEqual([
      category,
      ["语言", `${SITE.url}/feed.xml?lang=en`],
      [
        "摘要",
        `${SITE.url}/feed.xml?only=summary`,
        `${SITE.url}/category/huchengribao/feed.xml?only=summary`,
      ],
      ["每日汇编", `${SITE.url}/digest.xml`, `${SITE.url}/category/huchengribao/digest.xml`],
    ]);
  });

  it("has no folder that is empty", () => {
    const { body } = parseOpml(new TextDecoder().decode(renderOpml(SITE, [])));
    expect(body?.outlines).toHaveLength(1);
  });
});
