import { describe, expect, it } from "vitest";
import { readArticleDate } from "../../../../scripts/read/dates/article-date.ts";
import type { JekyllPaths, JekyllPost } from "../../../../scripts/read/old-urls/jekyll-paths.ts";
import { jekyllPaths } from "../../../../scripts/read/old-urls/jekyll-paths.ts";
import { usualAddresses } from "../../../usual-addresses.ts";

const TIME_ZONE = "Asia/Shanghai";

function paths(
  permalinks: readonly string[],
  change: Partial<Omit<JekyllPost, "date">> & { date?: string } = {},
): JekyllPaths {
  const reading = readArticleDate(change.date ?? "2022-01-10 07:35:33 +0800", TIME_ZONE);
  if (!reading.ok) throw new Error(reading.failure.reason);
  const post = { categories: ["news"], slug: "a-b", collection: "posts", timeZone: TIME_ZONE };
  return jekyllPaths(
    { path: "2022-01-10-a-b", ...post, ...change, date: reading.value },
    usualAddresses(...permalinks).permalinks,
  );
}

describe("jekyllPaths", () => {
  it.each([
    [["shamenribao"], "NW202201102241157038", "/shamenribao/2022/01/10/NW202201102241157038.html"],
    [[], "init", "/2022/01/10/init.html"],
    [["TechWeb", "techweb", "新闻"], "a", "/techweb/新闻/2022/01/10/a.html"],
    [["a b"], "escape-+ %20[]", "/a b/2022/01/10/escape-+-20.html"],
    [[], "hash-#1", "/2022/01/10/hash-1.html"],
    [[], "special-chars-(+)", "/2022/01/10/special-chars-(+).html"],
    [[], "trailing-dots..", "/2022/01/10/trailing-dots.html"],
    [[], "Mixed Case", "/2022/01/10/Mixed-Case.html"],
  ])("places %j %j", (categories, slug, path) => {
    expect(paths([], { categories, slug })).toEqual({ certain: [path], guessed: [] });
  });

  it("shows the day of the site's clock", () => {
    const { certain } = paths([], { date: "2022-01-10 20:00:00 -0800" });
    expect(certain).toEqual(["/news/2022/01/11/a-b.html"]);
  });

  it("guesses both days of a time without zone, if they differ", () => {
    expect(paths([], { date: "2022-01-10 20:00:00" })).toEqual({
      certain: [],
      guessed: ["/news/2022/01/11/a-b.html", "/news/2022/01/10/a-b.html"],
    });
    const permalinks = ["/:year/:title", "/:year/:day/:title", "/:title"];
    expect(paths(permalinks, { date: "2022-01-10 20:00:00" })).toEqual({
      certain: ["/2022/a-b", "/a-b"],
      guessed: ["/2022/11/a-b", "/2022/10/a-b"],
    });
    // YAML takes what has no seconds, or other marks between, for a text, which Jekyll reads by the site's clock.
    for (const date of [
      "2022-01-10 07:00:00",
      "2022-01-10",
      "2022-01-10 20:00",
      "2022/01/10 20:00:00",
    ]) {
      const path = "/news/2022/01/10/a-b.html";
      expect(paths([], { date })).toEqual({ certain: [path], guessed: [] });
    }
  });

  it("gives a path for each of several permalinks", () => {
    expect(paths(["/:title/", "date", "none"]).certain).toEqual([
      "/a-b/",
      "/news/2022/01/10/a-b.html",
      "/news/a-b.html",
    ]);
  });
});
