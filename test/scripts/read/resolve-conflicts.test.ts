import { describe, expect, it } from "vitest";
import type { Identity } from "../../../src/domain/identity.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import { NO_MEDIA_HOSTS } from "../../../scripts/read/body/links/media-settings.ts";
import type { ParsedArticle } from "../../../scripts/read/article/read-article.ts";
import { resolveConflicts } from "../../../scripts/read/resolve-conflicts.ts";
import { NEWSPAPER_ARTICLE } from "../../render/sample-articles.ts";

function article(path: string, change: Partial<ParsedArticle> = {}): ParsedArticle {
  const identity: Identity = change.identity ?? { name: path, day: 1 };
  return {
    ...NEWSPAPER_ARTICLE,
    id: shareIdOf(identity),
    categories: [],
    tags: [],
    published: { epochSeconds: 1, offsetMinutes: 0 },
    path,
    titleLine: 2,
    identity,
    redirects: [],
    guessedRedirects: [],
    links: [],
    localFiles: [],
    mediaHosts: NO_MEDIA_HOSTS,
    ...change,
  };
}

const at = (epochSeconds: number): Partial<ParsedArticle> => ({
  published: { epochSeconds, offsetMinutes: 0 },
});

describe("resolveConflicts", () => {
  it("keeps the older of two articles with one identity, and proposes an id for the newer", () => {
    const identity = { name: "NW1", day: 1 };
    const newer = article("_posts/a.md", { ...at(20), identity });
    const older = article("old_post/a.md", { ...at(10), identity });
    const resolved = resolveConflicts([newer, older]);
    expect(resolved.articles).toEqual([older]);
    expect(resolved.skipped).toEqual([newer]);
    expect(resolved.diagnostics.map(formatDiagnostic)).toEqual([
      `_posts/a.md:1: error: The article cannot be told from old_post/a.md: both are "NW1"; delete one, or write in this one's front matter: id: "NW1-2"`,
    ]);
  });

  it("says of names that look the same how they differ", () => {
    const identity = { name: "caf\u00E9", day: 1 };
    const twins = ["caf\u00E9.md", "cafe\u0301.md"].map((path) => article(path, { identity }));
    expect(resolveConflicts(twins).diagnostics.map(({ what }) => what)).toEqual([
      `The article cannot be told from cafe\u0301.md: both are "caf\u00E9", written in different Unicode normal forms`,
    ]);
  });

  it("skips what would give the site one category more than it may have", () => {
    const categories = Array.from({ length: 20_000 }, (_, index) => `n${index}`);
    const newer = article("a.md", { ...at(20), categories: ["n1", "one more"] });
    const older = article("b.md", { ...at(10), categories });
    const newest = article("c.md", { ...at(30), categories: ["n1", "n2"] });
    const resolved = resolveConflicts([newer, older, newest]);
    expect(resolved.articles.map(({ path }) => path)).toEqual(["b.md", "c.md"]);
    expect(resolved.skipped.map(({ path }) => path)).toEqual(["a.md"]);
    expect(resolved.diagnostics.map(formatDiagnostic)).toEqual([
      'a.md:1: error: The category "one more" is one more than the 20,000 that the older articles of the site may have; write one that another article has; the article was skipped',
    ]);
  });

  it("keeps the older of two articles whose share ids collide", () => {
    const older = article("a.md", at(10));
    const newer = article("b.md", { ...at(20), id: older.id });
    const resolved = resolveConflicts([older, newer]);
    expect(resolved.skipped).toEqual([newer]);
    expect(resolved.diagnostics.map(({ what, advice }) => `${what}; ${advice}`)).toEqual([
      `The article cannot be told from a.md: their share ids happen to be the same; delete one, or write in this one's front matter: id: "b.md-2"`,
    ]);
  });

  it("decides between articles of one second by path, in whatever order they come", () => {
    const identity = { name: "x", day: 1 };
    const [a, b] = [article("a.md", { identity }), article("b.md", { identity })];
    expect(resolveConflicts([a, b]).articles).toEqual([a]);
    expect(resolveConflicts([b, a]).articles).toEqual([a]);
  });

  it("leads an old path to the older article, with a warning", () => {
    const older = article("a.md", { ...at(10), redirects: ["/x", "/y"] });
    const newer = article("b.md", { ...at(20), redirects: ["/z", "/x"] });
    const resolved = resolveConflicts([newer, older]);
    expect(resolved.articles.map(({ redirects }) => redirects)).toEqual([["/x", "/y"], ["/z"]]);
    expect(resolved.diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ["redirect-taken", "b.md"],
    ]);
  });

  it("compares old paths as they are stored", () => {
    const older = article("a.md", { ...at(10), redirects: ["/x", "/caf\u00E9", "/\uD800"] });
    const newer = article("b.md", {
      ...at(20),
      redirects: ["/x/", "/cafe\u0301/", "/\uFFFD", "/X", "/x.html", "/x/index.html", "/x/y"],
    });
    const [first, second] = resolveConflicts([newer, older]).articles;
    expect(first?.redirects).toEqual(older.redirects);
    expect(second?.redirects).toEqual(["/X", "/x/y"]);
  });

  it("leads an old path to the article that certainly had it, and to one that may have had it only where none did", () => {
    const evening = article("a.md", { ...at(10), guessedRedirects: ["/11/x.html", "/10/x.html"] });
    const morning = article("b.md", { ...at(20), redirects: ["/11/x/"] });
    const late = article("c.md", { ...at(30), guessedRedirects: ["/10/x", "/9/x"] });
    const { articles, diagnostics } = resolveConflicts([evening, morning, late]);
    expect(
      articles.map(({ redirects, guessedRedirects }) => [redirects, guessedRedirects]),
    ).toEqual([
      [[], ["/10/x.html"]],
      [["/11/x/"], []],
      [[], ["/9/x"]],
    ]);
    expect(diagnostics).toEqual([]);
  });

  it("lets no redirect hide a live article", () => {
    const older = article("a.md", at(10));
    const newer = article("b.md", { ...at(20), redirects: [`/s/${older.id}/`, "/z"] });
    const resolved = resolveConflicts([older, newer]);
    expect(resolved.articles.map(({ redirects }) => redirects)).toEqual([[], ["/z"]]);
    expect(resolved.diagnostics).toEqual([]);
  });

  it("says where an old path is the address of a file, which would be served instead", () => {
    const publicPath = "/files/%E5%9B%BE.pdf";
    const file = {
      file: "/site/files/图.pdf",
      publicPath,
      bytes: 1,
      width: null,
      height: null,
      picture: null,
    };
    const resolved = resolveConflicts([
      article("a.md", { ...at(10), redirects: ["/files/图.pdf", "/files/b.pdf"] }),
      article("b.md", { ...at(20), localFiles: [file] }),
    ]);
    expect(resolved.articles[0]?.redirects).toEqual(["/files/b.pdf"]);
    expect(resolved.diagnostics.map(formatDiagnostic)).toEqual([
      expect.stringContaining('a.md:1: warning: The old path "/files/图.pdf" cannot lead'),
    ]);
  });

  it("leads no old path to an article where the list of a category or tag answers", () => {
    const shadowed = ["/category/city", "/category/City.html", "/tag/雾/"];
    const free = ["/category/sea", "/tag/city", "/city"];
    const resolved = resolveConflicts([
      article("a.md", { categories: ["City"], tags: ["雾"], redirects: [...shadowed, ...free] }),
    ]);
    expect(resolved.articles.map(({ redirects }) => redirects)).toEqual([free]);
    expect(resolved.diagnostics.map(formatDiagnostic)).toEqual(
      shadowed.map(
        (path) =>
          `a.md:1: warning: The old path "${path}" cannot lead to this article: the list of a category or tag answers there; take it out of permalink or redirect_from`,
      ),
    );
  });

  it("warns of names that differ in case, naming the rarer spelling", () => {
    const resolved = resolveConflicts([
      article("a.md", { ...at(1), categories: ["TechWeb"], tags: ["AI"] }),
      article("b.md", { ...at(2), categories: ["Techweb"], tags: ["AI"] }),
      article("c.md", { ...at(3), categories: ["TechWeb"] }),
    ]);
    expect(resolved.articles).toHaveLength(3);
    expect(resolved.diagnostics.map(formatDiagnostic)).toEqual([
      `b.md:1: warning: "Techweb" in "categories" is "TechWeb" elsewhere; the two stay apart; write "TechWeb" if the same is meant`,
    ]);
  });

  it("warns once of two names that are categories and tags both", () => {
    const { diagnostics } = resolveConflicts([
      article("a.md", { ...at(1), categories: ["AI"], tags: ["AI"] }),
      article("b.md", { ...at(2), categories: ["AI"], tags: ["AI"] }),
      article("c.md", { ...at(3), categories: ["Ai"], tags: ["Ai"] }),
    ]);
    expect(diagnostics.map(({ path, code }) => [path, code])).toEqual([
      ["c.md", "names-differ-in-case"],
    ]);
  });
});
