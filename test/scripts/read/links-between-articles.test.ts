import { inflateRawSync } from "node:zlib";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sharePath } from "../../../src/domain/links.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import { ArticleCache } from "../../../scripts/read/cache/article-cache.ts";
import type { ArticleReport } from "../../../scripts/read/read-articles.ts";
import { readArticles } from "../../../scripts/read/read-articles.ts";
import type { BundledArticle } from "../../../scripts/read/article/store-article.ts";
import { SITE } from "../../render/sample-articles.ts";
import { MARKDOWN } from "../../markdown-options.ts";
import { usualAddresses } from "../../usual-addresses.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "offprint-links-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, body: string, header = ""): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `---\ntitle: a\n${header}---\n\n${body}\n`);
}

let readCount = 0;

async function read({
  cache = null,
  permalink = "date",
}: { cache?: ArticleCache | null; permalink?: string } = {}): Promise<
  ArticleReport<BundledArticle>
> {
  readCount = 0;
  const addresses = { ...usualAddresses(permalink), formerUrls: ["https://old.example/blog"] };
  return readArticles({
    root,
    settings: {
      site: SITE,
      sources: ["_posts"],
      splitNames: true,
      markdown: MARKDOWN,
      addresses,
    },
    now: 1_900_000_000,
    cache: cache && { articles: cache, startedAt: Date.now() + 60_000, environment: {} },
    progress: (done) => {
      readCount = done;
    },
  });
}

const openCache = (): ArticleCache =>
  ArticleCache.open(
    { outcomes: join(root, "cache"), index: join(root, "index") },
    contentHash(["a"]),
  );

/** The addresses of an article's links, those of articles as `-> path`. */
function linksIn({ articles }: ArticleReport<BundledArticle>, path: string): readonly string[] {
  const article = articles.find((each) => each.path === path);
  const body =
    article === undefined ? "" : inflateRawSync(article.entry.deflate().bytes).toString();
  return Array.from(body.matchAll(/ href="([^"]*)"/g), ([, address = ""]) => {
    const target = articles.find(({ id }) => address.startsWith(SITE.url + sharePath(id)));
    return target === undefined
      ? address
      : `-> ${target.path}${address.slice(SITE.url.length + sharePath(target.id).length)}`;
  });
}

describe("links between articles", () => {
  it.each([
    ["{% post_url 2022-01-09-b %}", "2022-01-09-b.md"],
    ["{% post_url news/2022-01-08-c %}", "news/2022-01-08-c.md"],
    ["{% post_url 2022-01-07-mine %}", "2022-01-07-mine.md"],
    ["{% post_url /elsewhere/2022-01-09-b %}", "2022-01-09-b.md"],
    ["{% link _posts/news/2022-01-08-c.md %}", "news/2022-01-08-c.md"],
    ["{{ site.baseurl }}{% post_url 2022-01-09-b %}", "2022-01-09-b.md"],
    ["{{ site.url }}{% link _posts/2022-01-09-b.md %}#part", "2022-01-09-b.md#part"],
    ["2022-01-09-b.md", "2022-01-09-b.md"],
    ["./news/2022-01-08-c.md#%E4%B8%80", "news/2022-01-08-c.md#%E4%B8%80"],
    ["../_posts/2022-01-09-b.md", "2022-01-09-b.md"],
    ["/2022/01/09/b.html", "2022-01-09-b.md"],
    ["/x/2022/01/09/b/?from=feed#part", "2022-01-09-b.md#part"],
    [`${SITE.url}/2022/01/09/b`, "2022-01-09-b.md"],
    ["https://old.example/blog/2022/01/09/b.html", "2022-01-09-b.md"],
    ["http://www.old.example/blog/2022/01/09/b.html", "2022-01-09-b.md"],
    ["/named/", "2022-01-09-b.md"],
    ["named.html", "2022-01-09-b.md"],
  ])("lead to share pages: %s", async (written, target) => {
    write("_posts/2022-01-10-a.md", `[x](${written})`, "permalink: /a.html\n");
    write("_posts/2022-01-09-b.md", "B", "redirect_from: /named.html\n");
    write("_posts/news/2022-01-08-c.md", "C");
    write("_posts/2022-01-07-mine.md", "D", "id: mine\n");
    const report = await read();
    expect(report.diagnostics.map(formatDiagnostic)).toEqual([]);
    expect(linksIn(report, "_posts/2022-01-10-a.md")).toEqual([`-> _posts/${target}`]);
  });

  it("lead to what a permalink of the settings says", async () => {
    write("_posts/2022-01-10-a.md", "[x](/b/) [y](../c/) [z](https://old.example/blog/b)");
    write("_posts/2022-01-09-b.md", "B");
    write("_posts/news/2022-01-08-c.md", "C");
    const report = await read({ permalink: "/:title/" });
    expect(linksIn(report, "_posts/2022-01-10-a.md")).toEqual([
      "-> _posts/2022-01-09-b.md",
      "-> _posts/news/2022-01-08-c.md",
      "-> _posts/2022-01-09-b.md",
    ]);
  });

  it("lead to the oldest article that has an address, whichever was read last", async () => {
    write("_posts/a/2022-01-20-newer.md", "A", "redirect_from: /old/\n");
    write("_posts/b/2022-01-10-older.md", "B", "redirect_from: /old/\n");
    write("_posts/2022-01-21-c.md", "[x](/old/)");
    const cache = openCache();
    const first = await read({ cache });
    for (const path of ["a/2022-01-20-newer.md", "b/2022-01-10-older.md"]) {
      write(`_posts/${path}`, "anew", "redirect_from: /old/\n");
      const report = await read({ cache });
      for (const each of [first, report]) {
        expect(linksIn(each, "_posts/2022-01-21-c.md")).toEqual([
          "-> _posts/b/2022-01-10-older.md",
        ]);
      }
    }
  });

  it("stay as they are where they lead to something else", async () => {
    const addresses = ["/feed.xml", "/category/x", "/tags/", "#x", "https://a.example/2022/b", "/"];
    write("_posts/2022-01-10-a.md", addresses.map((address) => `[x](${address})`).join(" "));
    expect((await read()).diagnostics).toEqual([]);
  });

  it("are errors where Jekyll would build no site, else warnings, with the nearest name", async () => {
    write("_posts/2022-01-10-a.md", "x\n\n[x]({% post_url 2022-01-09-harbor %})");
    write("_posts/2022-01-10-b.md", "[x]({% link _posts/2022-01-09-harbuor.md %})");
    write("_posts/2022-01-10-c.md", "[x](/2022/01/09/harbuor.html)");
    write("_posts/2022-01-10-d.md", "[x](lighthouse.md)");
    write("_posts/2022-01-10-e.md", "[x]({% link about.md %})");
    write("_posts/2022-01-09-harbour.md", "[x]({% post_url 2022-01-08-draft %})");
    write("_posts/2022-01-08-draft.md", "x", "published: false\n");
    write("about.md", "About");
    const report = await read();
    expect(report.diagnostics.map(formatDiagnostic)).toEqual([
      `_posts/2022-01-09-harbour.md:5: warning: The link "{% post_url 2022-01-08-draft %}" leads to _posts/2022-01-08-draft.md, which is not published; take the link out, or publish the article`,
      `_posts/2022-01-10-a.md:7: error: The link "{% post_url 2022-01-09-harbor %}" leads nowhere: the site has no such post; did you mean "2022-01-09-harbour"? the file was skipped`,
      `_posts/2022-01-10-b.md:5: error: The link "{% link _posts/2022-01-09-harbuor.md %}" leads nowhere: the site has no such article; did you mean "_posts/2022-01-09-harbour.md"? the file was skipped`,
      `_posts/2022-01-10-c.md:5: warning: The link "/2022/01/09/harbuor.html" leads nowhere: the site has no such address; did you mean "/2022/01/09/harbour"?`,
      `_posts/2022-01-10-d.md:5: warning: The link "lighthouse.md" leads nowhere: the site has no such article; correct it, or take it out`,
    ]);
    expect(report.articles.map(({ path }) => path.slice("_posts/".length))).toEqual([
      "2022-01-09-harbour.md",
      "2022-01-10-c.md",
      "2022-01-10-d.md",
      "2022-01-10-e.md",
    ]);
  });

  it("are read again only where they lead elsewhere than before", async () => {
    write("_posts/2022-01-10-a.md", "[x](2022-01-09-b.md)");
    write("_posts/2022-01-09-b.md", "B");
    write("_posts/2022-01-08-c.md", "[x](2022-01-07-d.md)");
    const first = await read({ cache: openCache() });
    expect(linksIn(first, "_posts/2022-01-10-a.md")).toEqual(["-> _posts/2022-01-09-b.md"]);
    const again = await read({ cache: openCache() });
    expect(readCount).toBe(0);
    expect(again.articles.map(({ entry }) => entry.hash)).toEqual(
      first.articles.map(({ entry }) => entry.hash),
    );
    write("_posts/2022-01-07-d.md", "D");
    const later = await read({ cache: openCache() });
    expect(linksIn(later, "_posts/2022-01-08-c.md")).toEqual(["-> _posts/2022-01-07-d.md"]);
    rmSync(join(root, "_posts/2022-01-09-b.md"));
    const without = await read({ cache: openCache() });
    expect(linksIn(without, "_posts/2022-01-10-a.md")).toEqual([`${SITE.url}/2022/01/09/b.html`]);
    expect(without.diagnostics.map(({ code }) => code)).toEqual(["link-nowhere"]);
  });

  it("to a former host that lead to no article stay, and may lead to something else there", async () => {
    write(
      "_posts/2022-01-10-a.md",
      "[a](https://old.example/blog/rowing-game/) [b](//www.old.example/blog/map/) [c](/lake/)",
    );
    const { diagnostics } = await read();
    expect(diagnostics.map(({ code, what }) => [code, what])).toEqual([
      [
        "link-to-former-site",
        'The link "https://old.example/blog/rowing-game/" goes on leading to where the site was: nothing here had that address',
      ],
      [
        "link-to-former-site",
        'The link "//www.old.example/blog/map/" goes on leading to where the site was: nothing here had that address',
      ],
      ["link-nowhere", 'The link "/lake/" leads nowhere: the site has no such address'],
    ]);
  });
});
