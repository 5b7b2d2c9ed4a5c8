import { describe, expect, it } from "vitest";
import type { ParsedArticle } from "../../../scripts/lib/read-article.ts";
import { withdrawArticles } from "../../../scripts/lib/withdraw-articles.ts";
import { NEWSPAPER_ARTICLE, TECHNICAL_ARTICLE } from "../../render/sample-articles.ts";

const parsed = (article: typeof NEWSPAPER_ARTICLE, path: string): ParsedArticle => ({
  ...article,
  path,
  titleLine: 2,
  identity: { name: path, day: null },
  redirects: [],
  localFiles: [],
});
const REPORT = {
  articles: [
    parsed(NEWSPAPER_ARTICLE, "articles/a.md"),
    parsed(TECHNICAL_ARTICLE, "articles/b.md"),
  ],
  leftOut: [],
  others: [],
  faults: [],
  fileCount: 2,
};

describe("withdrawArticles", () => {
  it("leaves out an article that removed.txt names though its file is there, and says so", () => {
    const removed = { paths: [`/s/${NEWSPAPER_ARTICLE.id}`, "/old/path.html"], faults: [] };
    const { articles, leftOut, faults } = withdrawArticles(REPORT, removed);
    expect(articles.map(({ path }) => path)).toEqual(["articles/b.md"]);
    expect(leftOut).toEqual([{ path: "articles/a.md", why: { reason: "withdrawn" } }]);
    expect(faults).toMatchObject([
      { level: "warning", path: "articles/a.md", line: 2, code: "article-withdrawn" },
    ]);
  });

  it("changes nothing where the list names none of them, but for faults of the list itself", () => {
    const fault = {
      level: "error",
      path: "removed.txt",
      line: 1,
      what: "x",
      advice: "y",
      code: "removed-unreadable",
    } as const;
    const after = withdrawArticles(REPORT, { paths: [], faults: [fault] });
    expect(after).toEqual({ ...REPORT, faults: [fault] });
  });
});
