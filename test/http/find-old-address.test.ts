import { describe, expect, it } from "vitest";
import { openJekyllSite } from "../jekyll/open-jekyll-site.ts";
import type { WrittenFile } from "../jekyll/jekyll-posts.ts";
import type { AddressSettings } from "../../scripts/read/old-urls/address-settings.ts";
import { usualAddresses } from "../usual-addresses.ts";

function post(path: string, header = ""): WrittenFile {
  return { path, text: `---\ntitle: a\n${header}---\n<p>Text.</p>\n` };
}

/** Which file's article each path leads to, and the values that were read for it. */
async function targets(
  files: readonly WrittenFile[],
  permalinks: readonly string[],
  paths: readonly string[],
): Promise<readonly unknown[]> {
  const { articles, ask } = openJekyllSite(files, usualAddresses(...permalinks), "Asia/Shanghai");
  return Promise.all(
    paths.map(async (path) => {
      const redirect = await ask(path);
      const id = redirect?.kind === "article" ? redirect.id : null;
      return [...articles].find(([, article]) => article.id === id)?.[0] ?? redirect;
    }),
  );
}

describe("findOldAddress", () => {
  it("leads to the article that had an address, against another's that would be computed from it", async () => {
    const files = [post("2022-01-10-x.md"), post("city/_posts/2022-01-10-x.md")];
    const paths = ["/2022/01/10/x.html", "/city/2022/01/10/x/", "/other/2022/01/10/x"];
    expect(await targets(files, [], paths)).toEqual([
      "2022-01-10-x.md",
      "city/_posts/2022-01-10-x.md",
      "2022-01-10-x.md",
    ]);
  });

  it("leads to an article of the day before only where no other had the address", async () => {
    const files = [
      post("2022-01-10-x.md", "date: 2022-01-10 20:00:00\n"),
      post("2022-01-10-y.md", "date: 2022-01-10 20:00:00\n"),
      post("2022-01-11-y.md", "date: 2022-01-11 08:00:00\n"),
      post("2022-01-10-z.md", "date: 2022-01-10 20:00:00\n"),
      post("2022-03-01-z.md", "redirect_from: /2022/01/11/z.html\n"),
    ];
    const paths = ["x", "y", "z"].map((name) => `/2022/01/11/${name}.html`);
    const expected = ["2022-01-10-x.md", "2022-01-11-y.md", "2022-03-01-z.md"];
    expect(await targets(files, [], paths)).toEqual(expected);
    const stored = ["x", "y"].map((name) => `/p/2022/${name}/01/11`);
    const permalinks = ["/p/:year/:title/:month/:day"];
    expect(await targets(files, permalinks, stored)).toEqual(expected.slice(0, 2));
  });

  it("finds paths without a date with two reads at most, in whatever month their articles are from", async () => {
    const files = Array.from({ length: 60 }, (_, index) =>
      post(`2022-0${(index % 6) + 1}-10-post-${index}.md`),
    );
    const { articles, askCold } = openJekyllSite(files, usualAddresses("/:title/"), "UTC");
    for (const [index, { path }] of files.entries()) {
      const { redirect, reads } = await askCold(`/post-${index}.html`);
      expect(redirect).toEqual({ kind: "article", id: articles.get(path)?.id });
      expect(reads).toBeLessThanOrEqual(2);
    }
    expect(await askCold("/post-60/")).toEqual({ redirect: null, reads: 1 });
  });

  it("knows every permalink that a site had, and that of an article alone where it has one", async () => {
    const files = [
      post("_posts/2022-01-10-x.md"),
      post("_posts/2022-01-10-y.md", "permalink: /mine/\n"),
      post("_posts/2022-01-10-bad.md", "permalink: /:nothing/\n"),
    ];
    const paths = ["/x", "/2022/01/x.html", "/mine/index.html", "/y"];
    expect(await targets(files, ["/:title/", "/:year/:month/:title"], paths)).toEqual([
      "_posts/2022-01-10-x.md",
      "_posts/2022-01-10-x.md",
      "_posts/2022-01-10-y.md",
      null,
    ]);
  });

  it("knows the permalinks of the deepest folder that has some", async () => {
    const of = (...written: readonly string[]): AddressSettings["permalinks"] =>
      usualAddresses(...written).permalinks;
    const settings: AddressSettings = {
      ...usualAddresses("/:title/"),
      folderPermalinks: [
        ["_posts", of("/p/:title/")],
        ["_posts/news", of("/n/:title/", "/:collection/:path")],
        ["_recipes", of("/r/:title/")],
      ],
    };
    const paths = ["_posts/2022-01-10-x.md", "_posts/news/2022-01-10-x.md", "old/2022-01-10-x.md"];
    const files = [...paths, "_recipes/2022-01-10-x.md"].map((path) => post(path));
    const { articles, ask } = openJekyllSite(files, settings, "UTC");
    const addresses = ["/p/x", "/n/x", "/x", "/r/x", "/posts/news/2022-01-10-x"];
    const found = await Promise.all(addresses.map(ask));
    const ids = [...paths, "_recipes/2022-01-10-x.md", paths[1] ?? ""].map(
      (path) => articles.get(path)?.id,
    );
    expect(found).toEqual(ids.map((id) => ({ kind: "article", id })));
  });
});
