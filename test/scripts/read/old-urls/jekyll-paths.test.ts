import { describe, expect, it } from "vitest";
import { readArticleDate } from "../../../../scripts/read/dates/article-date.ts";
import type { JekyllPost } from "../../../../scripts/read/old-urls/jekyll-paths.ts";
import { jekyllPaths } from "../../../../scripts/read/old-urls/jekyll-paths.ts";

const TIME_ZONE = "Asia/Shanghai";

function paths(change: Partial<Omit<JekyllPost, "date">> & { date?: string }): readonly string[] {
  const reading = readArticleDate(change.date ?? "2022-01-10 07:35:33 +0800", TIME_ZONE);
  if (!reading.ok) return [];
  const post = { categories: ["news"], slug: "a-b", permalink: null, timeZone: TIME_ZONE };
  return jekyllPaths({ fileName: "2022-01-10-a-b", ...post, ...change, date: reading.value });
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
    expect(paths({ categories, slug })).toEqual([path]);
  });

  it("shows the day of the site's clock", () => {
    expect(paths({ date: "2022-01-10 20:00:00 -0800" })).toEqual(["/news/2022/01/11/a-b.html"]);
  });

  it("knows both days of a time without zone", () => {
    expect(paths({ date: "2022-01-10 20:00:00" })).toEqual([
      "/news/2022/01/11/a-b.html",
      "/news/2022/01/10/a-b.html",
    ]);
    expect(paths({ date: "2022-01-10 07:00:00" })).toEqual(["/news/2022/01/10/a-b.html"]);
    expect(paths({ date: "2022-01-10" })).toEqual(["/news/2022/01/10/a-b.html"]);
  });

  it.each([
    ["/:title", "/a-b"],
    ["my_category/permalinked-post", "/my_category/permalinked-post"],
    ["/en/releases/0.21.1/", "/en/releases/0.21.1/"],
    [":categories/:short_year-:i_month-:i_day/:slug:output_ext", "/news/22-1-10/a-b.html"],
    ["/:year/:y_day/:hour:minute:second/", "/2022/010/073533/"],
    ["/:title_:day", "/a-b_10"],
  ])("fills in the permalink %s", (permalink, path) => {
    expect(paths({ permalink })).toEqual([path]);
  });

  it("has no address for a placeholder that Jekyll does not know", () => {
    expect(paths({ permalink: "/:nonsense/x" })).toEqual([]);
  });
});
