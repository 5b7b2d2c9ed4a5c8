import { describe, expect, it } from "vitest";
import { readArticle } from "../../../scripts/read/article/read-article.ts";
import { PLAIN_FOLDER } from "../../../scripts/read/files/find-articles.ts";
import type { Article } from "../../../src/domain/article.ts";
import { failed } from "../../../src/domain/result.ts";
import { MARKDOWN } from "../../markdown-options.ts";
import { SITE } from "../../render/sample-articles.ts";
import { serveRelease } from "../../serve-release.ts";
import { usualAddresses } from "../../usual-addresses.ts";

function parse(name: string, date: string, body = name): Article {
  const path = `${name}.md`;
  const text = `---\ntitle: ${name}\ndate: ${date}\n---\n${body}\n`;
  const found = { file: path, path, source: ".", pathInSource: path, folder: PLAIN_FOLDER };
  const outcome = readArticle(Buffer.from(text), found, {
    site: SITE,
    splitNames: true,
    markdown: MARKDOWN,
    addresses: usualAddresses(),
    nowEpochSeconds: Date.parse("2026-11-23T00:00:00Z") / 1000,
    findLocalFile: () => failed({ reason: "missing" }),
  });
  if (outcome.kind === "skipped") throw new Error(JSON.stringify(outcome));
  return outcome.article;
}

const OTHERS = [
  parse("2022-01-10-morning", "2022-01-10 08:00"),
  parse("2022-01-11-evening", "2022-01-11 18:00"),
];

interface Shown {
  readonly ids: readonly string[];
  readonly entityTag: string | null;
}

/** The feed while the date of one file's article is this. */
async function shownWith(file: string, date: string, feed: string): Promise<Shown> {
  const response = await serveRelease([...OTHERS, parse(file, date)]).fetch(feed);
  const ids = (await response.text()).match(/tag:[^<"]*\/s\/[^<"]*/g) ?? [];
  return { ids, entityTag: response.headers.get("ETag") };
}

describe("an article whose text is edited without last_modified_at", () => {
  it.each(["/feed.xml", "/atom.xml", "/feed.json"])(
    "keeps id, dates and place in %s, whose entity tag changes, so that readers get the new text",
    async (feed) => {
      const shown = async (text: string): Promise<{ tag: string | null; document: string }> => {
        const article = parse("2022-01-12-night", "2022-01-12 20:00", text);
        const response = await serveRelease([...OTHERS, article]).fetch(feed);
        return { tag: response.headers.get("ETag"), document: await response.text() };
      };
      const before = await shown("dark");
      const after = await shown("darker");
      expect(after.document).toBe(before.document.replaceAll("dark", "darker"));
      expect(after.tag).not.toBe(before.tag);
    },
  );
});

describe("an article whose date is edited back and forth", () => {
  it.each(["/feed.xml", "/atom.xml", "/feed.json"])(
    "moves in %s and keeps its id; with the date of before the feed is that of before",
    async (feed) => {
      // One whose file is named by its first date, and one whose file has no date.
      for (const file of ["2022-01-12-night", "night"]) {
        const newest = await shownWith(file, "2022-01-12 20:00", feed);
        const between = await shownWith(file, "2022-01-10 20:00", feed);
        const oldest = await shownWith(file, "2021-12-31", feed);
        const [id = "", evening = "", morning = ""] = newest.ids;
        expect(between.ids).toEqual([evening, id, morning]);
        expect(oldest.ids).toEqual([evening, morning, id]);
        expect(new Set([newest, between, oldest].map(({ entityTag }) => entityTag)).size).toBe(3);
        expect(await shownWith(file, "2022-01-12 20:00", feed)).toEqual(newest);
      }
    },
  );
});
