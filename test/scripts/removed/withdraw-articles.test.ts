import { describe, expect, it } from "vitest";
import { NO_MEDIA_HOSTS } from "../../../scripts/read/body/links/media-settings.ts";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import type { ParsedArticle } from "../../../scripts/read/article/read-article.ts";
import type { Removed } from "../../../scripts/removed/read-removed.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { withdrawArticles } from "../../../scripts/removed/withdraw-articles.ts";
import { NEWSPAPER_ARTICLE, TECHNICAL_ARTICLE } from "../../render/sample-articles.ts";

const parsed = (article: typeof NEWSPAPER_ARTICLE, path: string): ParsedArticle => ({
  ...article,
  path,
  titleLine: 2,
  identity: { name: path, day: null },
  redirects: path === "articles/a.md" ? ["/old/纸.html"] : [],
  guessedRedirects: [],
  links: [],
  localFiles: [],
  mediaHosts: NO_MEDIA_HOSTS,
});
const REPORT = {
  articles: [
    parsed(NEWSPAPER_ARTICLE, "articles/a.md"),
    parsed(TECHNICAL_ARTICLE, "articles/b.md"),
  ],
  skipped: [],
  diagnostics: [],
  pages: [],
  fileCount: 2,
};

const entries = (...lines: readonly string[]): Removed => ({
  entries: lines.map((text, index) => ({ line: index + 1, text })),
  diagnostics: [],
});

const HOSTS = new Set(["finews.example", "www.finews.example"]);

function withdraw(report: typeof REPORT, removed: Removed): ReturnType<typeof withdrawArticles> {
  return withdrawArticles(report, removed, HOSTS);
}

/** What is said of removed.txt, as people read it. */
function saidOf(...lines: readonly string[]): readonly string[] {
  const { diagnostics } = withdraw(REPORT, entries(...lines)).report;
  return diagnostics.filter(({ path }) => path === "removed.txt").map(formatDiagnostic);
}

describe("withdrawArticles", () => {
  it.each([
    ["its share id", NEWSPAPER_ARTICLE.id],
    ["its share id as somebody typed it", NEWSPAPER_ARTICLE.id.toUpperCase()],
    ["its share page", `/s/${NEWSPAPER_ARTICLE.id}`],
    ["its address in a browser", `https://finews.example/s/${NEWSPAPER_ARTICLE.id}?from=wechat`],
    ["an old address", "/old/%E7%BA%B8.html"],
    ["its file", "articles/a.md"],
    ["its file's name", "a.md"],
    ["its file from elsewhere", "../articles/a.md"],
  ])("skips an article that is named by %s, though its file is there", (_, text) => {
    const { report, gone } = withdraw(REPORT, entries(text));
    expect(report.articles.map(({ path }) => path)).toEqual(["articles/b.md"]);
    expect(report.skipped).toEqual([{ path: "articles/a.md", why: { reason: "withdrawn" } }]);
    expect(report.diagnostics).toMatchObject([
      { level: "warning", path: "articles/a.md", line: 2, code: "article-withdrawn" },
    ]);
    expect(gone).toEqual(expect.arrayContaining([`/s/${NEWSPAPER_ARTICLE.id}`, "/old/纸.html"]));
  });

  it.each([
    ["a legacy link", "/html_News/NewsShare.html?infoCode=NW202201102241157038"],
    ["Jekyll's address", "/shamenribao/2022/01/10/NW202201102241157038.html"],
  ])("says gone of %s whose file is not there any more", (_, text) => {
    const { report, gone } = withdraw(REPORT, entries(text));
    expect(report.articles).toHaveLength(2);
    expect(gone).toContain(`/s/${shareIdOf({ name: "NW202201102241157038", day: 19_002 })}`);
  });

  it("warns of an article that takes a withdrawn one's address", () => {
    const [first, second] = REPORT.articles;
    const withdrawn = `/s/${NEWSPAPER_ARTICLE.id}`;
    const articles = [first, { ...second, redirects: [withdrawn] }] as ParsedArticle[];
    const { report, gone } = withdraw({ ...REPORT, articles }, entries("a.md"));
    expect(gone).toContain(withdrawn);
    expect(report.diagnostics).toContainEqual(
      expect.objectContaining({
        level: "warning",
        path: "articles/b.md",
        code: "redirect-withdrawn",
      }),
    );
  });

  it("names a line that names nothing", () => {
    const { report } = withdraw(REPORT, entries("/fine", "2026-11-23-nothing.md"));
    expect(report.diagnostics).toMatchObject([
      { level: "error", path: "removed.txt", line: 2, code: "removed-unreadable" },
    ]);
  });

  it.each([
    ["two share pages", "/s/f5v4k2q9xa/s/f5v4k2q9xb"],
    ["two share pages with a blank between", "/s/f5v4k2q9xa /s/f5v4k2q9xb"],
    ["an old address and a share page", "/old/notice/s/f5v4k2q9xb"],
    ["two old addresses", "/old/a.html/old/b.html"],
    ["an old address and one with its host", "/old/ahttps://finews.example/s/f5v4k2q9xb"],
    [
      "a legacy link and a share page",
      "/NewsShare.html?infoCode=NW202201102241157038/s/f5v4k2q9xb",
    ],
    ["two categories", "/category/a/category/b"],
    ["a share page whose id has a slip of the pen", "/s/f5v4k2q9x"],
    ["a share page without an id", "/s/"],
    ["a legacy link without a code", "/html_News/NewsShare.html?infoCode=NW2022"],
  ])("names a line that is %s", (_, text) => {
    const { report, gone } = withdraw(REPORT, entries("/old/%E7%BA%B8.html/", text));
    expect(report.diagnostics.filter(({ level }) => level === "error")).toMatchObject([
      { path: "removed.txt", line: 2, code: "removed-unreadable" },
    ]);
    expect(gone).not.toContain(text);
  });

  it("takes an address with blanks for one", () => {
    const { report, gone } = withdraw(REPORT, entries("/old/a b/s/c.html"));
    expect([report.diagnostics, gone]).toEqual([[], ["/old/a b/s/c.html"]]);
  });

  it("says that a category cannot go while it has articles", () => {
    const [category = ""] = NEWSPAPER_ARTICLE.categories;
    const { report } = withdraw(REPORT, entries(`/category/${category}/feed.xml`));
    expect(report.diagnostics).toMatchObject([{ level: "warning", code: "removed-scope-in-use" }]);
    expect(withdraw(REPORT, entries("/category/nobody/feed.xml"))).toMatchObject({
      gone: ["/category/nobody"],
      report: { diagnostics: [] },
    });
  });

  const SHARED = NEWSPAPER_ARTICLE.id;
  const slipped = `${SHARED.slice(0, -1)}${SHARED.endsWith("z") ? "y" : "z"}`;

  it.each([
    [
      `/s/${slipped}`,
      `warning: "/s/${slipped}" names no article that is there; did you mean "/s/${SHARED}" (articles/a.md)? If not, leave it so`,
    ],
    [
      SHARED.slice(0, -1),
      `error: "${SHARED.slice(0, -1)}" names no article that is there; did you mean "/s/${SHARED}" (articles/a.md)?`,
    ],
    [
      `/s/${SHARED}0`,
      `error: "/s/${SHARED}0" can be the address of no article; did you mean "/s/${SHARED}" (articles/a.md)?`,
    ],
    [
      "/feed.xml",
      `error: "/feed.xml" is an address of the site's own, not of an article; write a share id, an address of the article, old or new, or the path of its file, a line each`,
    ],
    [
      "articles/aa.md",
      'error: "articles/aa.md" names no article that is there; did you mean "articles/a.md"?',
    ],
    [
      "/old/纸.htm",
      'warning: "/old/纸.htm" names no article that is there; did you mean "/old/纸.html" (articles/a.md)? If not, leave it so',
    ],
    [
      "/Old/纸.HTML",
      'warning: "/Old/纸.HTML" names no article that is there; did you mean "/old/纸.html" (articles/a.md)? If not, leave it so',
    ],
    [
      `https://other.example/s/${SHARED}`,
      `error: "https://other.example/s/${SHARED}" is at "other.example", which is another site; write the path alone, from the slash on, if it is this site's`,
    ],
    [
      "//other.example/old/纸.html",
      'error: "//other.example/old/纸.html" is at "other.example", which is another site; write the path alone, from the slash on, if it is this site\'s',
    ],
  ])("names the slip in %s", (line, said) => {
    expect(saidOf(line)).toEqual([`removed.txt:1: ${said}`]);
  });

  it.each([
    ["an article that was withdrawn long ago", "/s/0000000000"],
    ["an old address of one", "/old/笔.html"],
    ["one that differs in a number", "/old/纸-2.html"],
    ["an address at the site's host", `https://www.finews.example/s/${SHARED}`],
    ["an address where npm start serves", `http://localhost:8787/s/${SHARED}`],
    [
      "the newspaper's own link",
      "https://wap.paper.example/html_News/NewsShare.html?infoCode=NW202201102241157038",
    ],
  ])("says nothing of %s", (_, line) => {
    expect(saidOf(line)).toEqual([]);
  });

  it("asks for no line that is there already", () => {
    const adviceOn = (line: string): string | undefined =>
      withdraw(REPORT, entries(line)).report.diagnostics[0]?.advice;
    expect(adviceOn("articles/a.md")).toBe(
      `delete the file, but first write "/s/${SHARED}" there, which says it without the file; or take its line out`,
    );
    expect(adviceOn(SHARED)).toBe(
      "delete the file, which its line there does not need; or take its line out",
    );
  });
});
