import { parseOpml } from "feedsmith";
import { describe, expect, it } from "vitest";
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

  it("has no folder that is empty", () => {
    const { body } = parseOpml(new TextDecoder().decode(renderOpml(SITE, [])));
    expect(body?.outlines).toHaveLength(1);
  });
});
