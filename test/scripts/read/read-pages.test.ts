import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import type { FileSettings } from "../../../scripts/read/files/find-articles.ts";
import { PLAIN_FILE_SETTINGS } from "../../../scripts/read/files/find-articles.ts";
import type { ReadPages } from "../../../scripts/read/read-pages.ts";
import { readPages } from "../../../scripts/read/read-pages.ts";
import type { ArticleReport } from "../../../scripts/read/read-articles.ts";
import { readArticles } from "../../../scripts/read/read-articles.ts";
import type { BundledArticle } from "../../../scripts/read/article/store-article.ts";
import { MARKDOWN } from "../../markdown-options.ts";
import { usualAddresses } from "../../usual-addresses.ts";
import { SITE } from "../../render/sample-articles.ts";

const NOW_EPOCH_SECONDS = Date.parse("2026-11-01T00:00:00Z") / 1000;

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "offprint-pages-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, header = "title: A page", text = "Text."): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), `---\n${header}\n---\n${text}\n`);
}

function read(pages: readonly string[], settings: Partial<FileSettings> = {}): ReadPages {
  const files = { ...PLAIN_FILE_SETTINGS, pages, ...settings };
  const addresses = usualAddresses();
  const shared = { site: SITE, addresses, markdown: MARKDOWN, findArticle: () => null };
  return readPages({ root, sources: ["_posts", "old"], files, ...shared });
}

function addressesOf(pages: readonly string[], settings: Partial<FileSettings> = {}) {
  return read(pages, settings).pages.map(({ address }) => address);
}

const complaints = ({ diagnostics }: ReadPages): readonly string[] =>
  diagnostics.map(formatDiagnostic);

describe("readPages", () => {
  it("reads what has front matter in a site's root, but in no folder with _ and no source folder", () => {
    for (const path of [
      "about.md",
      "docs/guide.markdown",
      "docs/index.html",
      "a.b/c.htm",
      "_posts/2022-01-10-a.md",
      "_layouts/default.html",
      "_pages/b.md",
      "old/c.md",
      ".hidden/d.md",
      "node_modules/x/e.md",
      "vendor/bundle/x/f.md",
      "guide.txt",
      "test/fixtures/pages/about.md",
      "build/g.md",
    ]) {
      write(path);
    }
    writeFileSync(join(root, "README.md"), "# No front matter\n");
    expect(read(["."])).toMatchObject({ diagnostics: [] });
    expect(addressesOf(["."])).toEqual(["/a.b/c.htm", "/about.html", "/docs/", "/docs/guide.html"]);
    expect(
      addressesOf(["."], { exclude: ["docs/*.md", "docs/guide*"], include: ["_pages"] }),
    ).toEqual(["/_pages/b.html", "/a.b/c.htm", "/about.html", "/docs/"]);
    expect(addressesOf(["about.md", "docs/", "_pages"])).toEqual([
      "/_pages/b.html",
      "/about.html",
      "/docs/",
      "/docs/guide.html",
    ]);
  });

  it.each([
    ["about.md", null, "/about.html"],
    ["about/index.md", null, "/about/"],
    ["a b/关于.md", null, "/a b/关于.html"],
    ["cafe\u0301.md", null, "/caf\u00E9.html"],
    ["about.md", "/about/", "/about/"],
    ["about.md", "about", "/about"],
    ["about.md", "/us/index.html", "/us/"],
    ["en/about.md", "/:path/:basename/", "/en/about/"],
    ["en/about.md", "/x/:basename:output_ext", "/x/about.html"],
    ["about.md", "/%E5%85%B3%E4%BA%8E/", "/关于/"],
    ["about.md", `${SITE.url}/who/`, "/who/"],
    ["about.md", "//a//b/../c?d#e", "/a/b/c"],
  ])("gives %s with permalink %j the address %s", (path, permalink, address) => {
    write(path, permalink === null ? "title: a" : `title: a\npermalink: "${permalink}"`);
    expect(addressesOf([path])).toEqual([address]);
  });

  it.each([
    ["date", "/about.html"],
    ["none", "/about.html"],
    ["/:title:output_ext", "/about.html"],
    ["pretty", "/about/"],
    ["/:year/:title/", "/about/"],
    ["weekdate", "/about"],
    ["/:title", "/about"],
    ["/:title.html", "/about"],
  ])("ends it as Jekyll does where the site's permalink is %s: %s", (permalink, address) => {
    write("about.md");
    write("docs/index.md");
    const { pages } = readPages({
      root,
      sources: [],
      files: { ...PLAIN_FILE_SETTINGS, pages: ["."] },
      site: SITE,
      addresses: usualAddresses(permalink),
      findArticle: () => null,
      markdown: MARKDOWN,
    });
    expect(pages.map((page) => page.address)).toEqual([address, "/docs/"]);
  });

  it.each([
    ["site/_howto/windows/First Start.md", "/:collection/:path/", ["/howto/windows/First Start/"]],
    ["site/_howto/windows/First Start.md", "/h/:title:output_ext", ["/h/First-Start.html"]],
    ["site/_howto/windows/First Start.md", "/h/:name/", ["/h/first-start/"]],
    ["site/_howto/index.md", "/howto/:path:output_ext", ["/howto/"]],
    ["site/_howto/100% #1.md", "/:collection/:path", ["/howto/100% #1"]],
    ["site/_howto/a.md", ["/howto/:path/", "/help/:path/"], ["/howto/a/", "/help/a/"]],
    // A page has no date.
    ["site/_howto/a.md", ["/:year/:path/", "/help/:path/"], ["/help/a/"]],
    // No collection is in these, and of one the settings say nothing.
    ["site/howto/a.md", "/:collection/:path/", ["/howto/a.html"]],
    ["site/_pages/a.md", "/:collection/:path/", ["/_pages/a.html"]],
  ])("gives %s of a collection with the permalink %j the addresses %j", (path, own, expected) => {
    write(path);
    writeFileSync(join(root, "site/_config.yml"), "");
    const { permalinks } = usualAddresses(...[own].flat());
    const { pages } = readPages({
      root,
      sources: ["site"],
      files: { ...PLAIN_FILE_SETTINGS, pages: [`./${path}`] },
      site: SITE,
      addresses: {
        ...usualAddresses(),
        folderPermalinks: ["site/_howto", "site/howto"].map((folder) => [folder, permalinks]),
      },
      findArticle: () => null,
      markdown: MARKDOWN,
    });
    expect(pages.flatMap(({ address, aliases }) => [address, ...aliases])).toEqual(expected);
  });

  it("counts addresses from the root of the Jekyll site", () => {
    write("site/about.md");
    write("site/docs/guide.md");
    expect(addressesOf(["site/docs", "site/about.md"])).toEqual([
      "/site/about.html",
      "/site/docs/guide.html",
    ]);
    writeFileSync(join(root, "site/_config.yml"), "");
    expect(addressesOf(["site/docs", "site/about.md"])).toEqual([
      "/about.html",
      "/docs/guide.html",
    ]);
  });

  it("says of pages that are not served why, and nothing else of them", () => {
    write("index.md", "layout: home", "{% for post in site.posts %}{{ post }}{% endfor %}");
    write("feed.md", "permalink: /feed.xml");
    write("search.html", "permalink: /search.json");
    write("tags.html", "layout: tags", "{% for tag in site.tags %}{{ tag }}{% endfor %}");
    write("list.md", "permalink: /category/news/");
    write("a.md", "title: a\npermalink: /same/");
    write("b.md", "title: b\npermalink: /same/");
    write("draft.md", "title: c\ndraft: true");
    write("hidden.md", "title: d\npublished: false");
    write("yaml.md", "title: a\nb: [");
    const found = read(["."]);
    expect(found.pages.map(({ path }) => path)).toEqual(["./a.md"]);
    expect(complaints(found)).toEqual([
      './b.md:1: warning: The page cannot be at "/same/", where ./a.md is; it was skipped; write another permalink, or exclude it',
      './feed.md:2: warning: The page cannot be at "/feed.xml": the site itself answers there; write another permalink, or exclude it',
      './index.md:2: warning: The page cannot be at "/": the site itself answers there; write another permalink, or exclude it',
      './list.md:2: warning: The page cannot be at "/category/news/": the site itself answers there; write another permalink, or exclude it',
      './search.html:2: warning: The page cannot be at "/search.json": only web pages are served; write another permalink, or exclude it',
      "./tags.html:2: warning: The page has no text, and is not served; write some (templates are not carried out), or exclude it",
      expect.stringMatching(/^\.\/yaml\.md:3: error: The front matter is not valid YAML/),
    ]);
  });

  it("leaves out a page of lists that templates make, and shows the text of any other", () => {
    const list = "{% for team in site.data.teams %}\n\n    {{ team.name }}\n{% endfor %}";
    write("teams.md", "title: a", `<h2>All teams</h2>\n<div>\n${list}\n</div>`);
    write("members.html", "title: b", `<main>\n<h2>Members</h2>\n${list}\n</main>`);
    const text = "A club for everybody who rows on the lake, in winter too, since 1921.";
    write("club.md", "title: c", `${text}\n\n${list}`);
    write("short.md", "title: d", "A club.");
    const found = read(["."]);
    expect(found.pages.map(({ address, body }) => [address, Buffer.from(body).toString()])).toEqual(
      [
        ["/club.html", `<p>${text}</p>`],
        ["/short.html", "<p>A club.</p>"],
      ],
    );
    expect(complaints(found)).toEqual([
      './club.md:6: warning: The template "{% for team in site.data.teams %}" cannot be carried out here: nothing is shown in its place, nor of what is in it; write what it stands for in its place',
      "./members.html:2: warning: The page has next to no text but what templates list, and is not served; write the list itself, or exclude the page",
      "./teams.md:2: warning: The page has next to no text but what templates list, and is not served; write the list itself, or exclude the page",
    ]);
  });

  it("serves no page at an address that opens nowhere", () => {
    write("a.md", `title: a\npermalink: /${"长".repeat(300)}/`);
    write("b.md", 'title: b\npermalink: "/\\uD800/"');
    const found = read(["."]);
    expect(found.pages.map(({ address }) => address)).toEqual(["/\uFFFD/"]);
    expect(complaints(found)).toEqual([
      "./a.md:3: warning: The page's address would have more than 2000 characters; write a short permalink, or exclude it",
    ]);
  });

  it("says what it cannot find", () => {
    writeFileSync(join(root, "plain.md"), "No front matter.\n");
    symlinkSync("/etc/hostname", join(root, "linked.md"));
    expect(complaints(read(["nowhere", "plain.md", "."]))).toEqual([
      'nowhere: error: There is no page and no folder of pages "nowhere"; create it, or correct the setting "pages"',
      expect.stringMatching(/^plain\.md:1: warning: "plain\.md" is no page/),
      expect.stringMatching(/^\.\/linked\.md: error: The link leads to "\/etc\/hostname"/),
    ]);
  });

  it("reads nav, its order, summary, language and redirect_from", () => {
    write("a.md", "title: A\nnav: true\nnav_order: 2\nredirect_from: [/old/a.html, /x/]");
    write("b.md", "title: B\nnav: footer\ndescription: What B is\nlang: fr");
    write("c.md", "title: C\nnav: sidebar");
    const found = read(["."], { languages: new Map([[".", "en"]]) });
    expect(found.pages).toMatchObject([
      { nav: { place: "header", order: 2 }, aliases: ["/old/a.html", "/x/"], language: "en" },
      { nav: { place: "footer" }, summary: "What B is", language: "fr" },
      { nav: null },
    ]);
    expect(complaints(found)).toEqual([
      './c.md:3: warning: Cannot read "nav": "sidebar" is no place for a link; write header or footer; the key was ignored',
    ]);
  });

  it("serves the files that a page names", () => {
    mkdirSync(join(root, "assets"));
    writeFileSync(join(root, "assets/a.pdf"), "pdf");
    write("docs/a.md", "title: A", "[Read](/assets/a.pdf)");
    expect(read(["docs"]).pages[0]?.localFiles).toMatchObject([{ publicPath: "/assets/a.pdf" }]);
  });
});

describe("articles beside pages", () => {
  const readBoth = async (
    sources: readonly string[],
    ...pages: readonly string[]
  ): Promise<ArticleReport<BundledArticle>> =>
    readArticles({
      root,
      settings: {
        site: SITE,
        sources,
        splitNames: true,
        addresses: usualAddresses(),
        markdown: MARKDOWN,
        files: { ...PLAIN_FILE_SETTINGS, pages },
      },
      now: NOW_EPOCH_SECONDS,
      cache: null,
      progress: () => undefined,
    });
  const linksIn = (html: string): readonly string[] =>
    Array.from(html.matchAll(/ href="([^"]*)"/g), ([, address = ""]) =>
      address.replace(SITE.url, ""),
    );

  it("are in no folder that is named for pages, and lead from no address of a page", async () => {
    write("content/2022-01-10-a.md", "title: a\nredirect_from: [/about/, /old/]");
    write("content/about.md", "title: About");
    write("content/pages/b.md", "title: B\npermalink: /b/");
    const readContent = async (): Promise<ArticleReport<BundledArticle>> =>
      readBoth(["content"], "content/about.md", "content/pages");
    const { articles, pages, diagnostics } = await readContent();
    expect(pages.map(({ address }) => address)).toEqual(["/b/", "/content/about.html"]);
    expect(articles.map(({ redirects }) => redirects)).toEqual([["/about/", "/old/"]]);
    expect(diagnostics).toEqual([]);
    write("content/about.md", "title: About\npermalink: /about");
    const again = await readContent();
    expect(again.articles.map(({ redirects }) => redirects)).toEqual([["/old/"]]);
    expect(again.diagnostics.map(formatDiagnostic)).toEqual([
      'content/2022-01-10-a.md:1: warning: The old path "/about/" cannot lead to this article: a page of the site is there; take it out of permalink or redirect_from',
    ]);
  });

  it("lead to pages, and pages to articles, by their files and addresses", async () => {
    write("_config.yml");
    write("关于.md", "title: About\nredirect_from: /us/", "{% post_url 2022-01-10-a %}");
    write("docs/guide.md", "title: G", "[a](../_posts/2022-01-10-a.md) [b](/2022/01/10/a.html)");
    write(
      "_posts/2022-01-10-a.md",
      "title: a",
      "[a]({% link 关于.md %}) [b](../关于.md) [c](/us) [d](/docs/guide/#x) [e](/docs/guide) [f](/docs/guide.html)",
    );
    const { articles, pages, diagnostics } = await readBoth(["."], ".");
    expect(diagnostics).toEqual([]);
    const about = "/%E5%85%B3%E4%BA%8E.html";
    const guide = "/docs/guide.html";
    const body = inflateRawSync(articles[0]?.entry.deflate().bytes ?? "").toString();
    expect(linksIn(body)).toEqual([about, about, about, `${guide}#x`, guide, guide]);
    const page = `/s/${articles[0]?.id ?? ""}`;
    const texts = pages.map((each) => new TextDecoder().decode(each.body));
    expect(linksIn(texts[0] ?? "")).toEqual([page, page]);
    expect(texts[1]).toContain(page);
  });

  it("are told of links in pages that lead nowhere", async () => {
    write("_posts/2022-01-10-a.md", "title: a");
    write("a.md", "title: A", "{% post_url 2022-01-10-b %}");
    write("b.md", "title: B", "[c](/c.html)");
    const { pages, diagnostics } = await readBoth(["_posts"], "a.md", "b.md");
    expect(pages.map(({ path }) => path)).toEqual(["b.md"]);
    expect(diagnostics.map(({ level, path, code }) => [level, path, code])).toEqual([
      ["error", "a.md", "link-nowhere"],
      ["warning", "b.md", "link-nowhere"],
    ]);
  });
});
