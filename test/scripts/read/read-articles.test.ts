import { MARKDOWN } from "../../markdown-options.ts";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inflateRawSync } from "node:zlib";
import type { Diagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import { PLAIN_FILE_SETTINGS } from "../../../scripts/read/files/find-articles.ts";
import type { ArticleReport } from "../../../scripts/read/read-articles.ts";
import { readArticles } from "../../../scripts/read/read-articles.ts";
import type { BundledArticle } from "../../../scripts/read/article/store-article.ts";
import { readFolder } from "../../read-folder.ts";
import { SITE } from "../../render/sample-articles.ts";
import { decodeArticleHead } from "../../../src/store/article-entry.ts";
import { usualAddresses } from "../../usual-addresses.ts";

const NOW_EPOCH_SECONDS = Date.parse("2026-11-01T00:00:00Z") / 1000;

type Report = ArticleReport<BundledArticle>;

async function read(root: string, ...sources: readonly string[]): Promise<Report> {
  return readFolder(root, SITE, sources, NOW_EPOCH_SECONDS);
}

/** Files that are neither among the articles nor named with a reason. */
function listLost({ articles, skipped, diagnostics, fileCount }: Report): readonly string[] {
  const named = new Set(diagnostics.map(({ path }) => path));
  const silent = skipped.filter(({ path, why }) => {
    const isNamedByReason = ["draft", "unpublished", "future", "undated"].includes(why.reason);
    return !isNamedByReason && !named.has(path);
  });
  const missing = fileCount - articles.length - skipped.length;
  return [...silent.map(({ path }) => path), ...Array.from({ length: missing }, () => "a file")];
}

describe("readArticles", () => {
  let root = "";

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "offprint-read-"));
  });

  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it("gives an id that two entries had to the older article, and names both", async () => {
    const text = (date: string): string => `---\ntitle: a\ndate: ${date}\nguid: 4711\n---\nText.\n`;
    write("_posts/2022-01-10-old.md", text("2022-01-10"));
    write("_posts/2022-01-11-young.md", text("2022-01-11"));
    const { articles, diagnostics } = await read(root, "_posts");
    expect(articles.map(({ entryId }) => entryId)).toEqual(["4711", null]);
    const stored = articles.map(({ id, entry }) => decodeArticleHead(id, entry.head).entryId);
    expect(stored).toEqual(["4711", null]);
    expect(diagnostics.map(formatDiagnostic)).toEqual([
      expect.stringMatching(
        /_posts\/2022-01-11-young\.md:\d+: warning: In feeds "4711" is the id of .*_posts\/2022-01-10-old\.md already; this article has "tag:.*write in the front matter/,
      ),
    ]);
  });

  it("lets no article take the id that is another's own", async () => {
    const own = (id: string): string => `tag:${SITE.idAuthority},2026:/s/${id}`;
    write("_posts/2022-01-12-b.md", "---\ntitle: b\n---\nText.\n");
    const [victim] = (await read(root, "_posts")).articles;
    write(
      "_posts/2022-01-10-a.md",
      `---\ntitle: a\nfeed_id: ${own(victim?.id ?? "")}\n---\nText.\n`,
    );
    const { articles, diagnostics } = await read(root, "_posts");
    expect(articles.map(({ entryId }) => entryId)).toEqual([null, null]);
    expect(diagnostics).toMatchObject([{ code: "feed-id-taken" }]);
  });

  it.each([
    ["a\\u0007b", /holds control characters/],
    ["a\\nb", /holds control characters or a line break/],
    ["x".repeat(2001), /has more than 2000 characters/],
  ])("passes over an id that no feed can show: %j", async (guid, message) => {
    write("_posts/2022-01-10-a.md", `---\ntitle: a\nguid: "${guid}"\n---\nText.\n`);
    const { articles, diagnostics } = await read(root, "_posts");
    expect(articles.map(({ entryId }) => entryId)).toEqual([null]);
    expect(diagnostics.map(formatDiagnostic)).toEqual([expect.stringMatching(message)]);
  });

  it("gives an article the same id in whatever source folder it lies", async () => {
    const text = "---\ntitle: a\n---\nText.\n";
    write("_posts/2022-01-10-a.md", text);
    write("old_post/2022-01-10-b.md", text);
    write("moved/2022-01-10-b.md", text);
    const before = (await read(root, "_posts", "old_post")).articles.map(({ id }) => id);
    const after = (await read(root, "_posts", "moved")).articles.map(({ id }) => id);
    expect(before).toHaveLength(2);
    expect(after).toEqual(before);
  });

  it("skips the newer of two articles with one code", async () => {
    write("_posts/2022-01-11-NW202201100000000001.md", "---\ntitle: new\n---\nText.\n");
    write("old_post/2022-01-10-NW202201100000000001.md", "---\ntitle: old\n---\nText.\n");
    const report = await read(root, "_posts", "old_post");
    expect(report.articles.map(({ title }) => title)).toEqual(["old"]);
    expect(report.skipped).toEqual([
      { path: "_posts/2022-01-11-NW202201100000000001.md", why: { reason: "error" } },
    ]);
    expect(listLost(report)).toEqual([]);
  });

  it("names in one line what Jekyll ignores in _posts, because it has no date", async () => {
    const text = "---\ntitle: a\n---\nText.\n";
    for (const name of ["2022-01-10-a.md", "b.md", "c.md", "d/e.md", "f.md", "g.md"]) {
      write(`_posts/${name}`, text);
    }
    write("_posts/h.md", "---\ntitle: h\ndate: 2022-01-11\n---\nText.\n");
    write("_posts/README.md", "Text.\n");
    write("_posts/-202205260000000004.md", "---\ntitle: i\n---\nText.\n");
    const report = await read(root, "_posts");
    expect(report.articles.map(({ title }) => title)).toEqual(["a", "h", "i"]);
    expect(report.diagnostics.map(formatDiagnostic)).toEqual([
      '_posts/README.md:1: warning: The file is ignored, as Jekyll does, because it is in _posts and has no date; so are 5 more: "_posts/b.md", "_posts/c.md", "_posts/d/e.md", …; name it 2022-01-10-title.md if it is an article',
    ]);
    expect(report.skipped.map(({ why }) => why.reason)).toEqual(
      Array.from({ length: 6 }, () => "undated"),
    );
  });

  it("refuses what has no date elsewhere", async () => {
    write("old_post/a.md", "---\ntitle: a\n---\nText.\n");
    const [diagnostic] = (await read(root, "old_post")).diagnostics;
    expect(diagnostic?.code).toBe("date-missing");
  });

  it("tells one file name in two sources apart by the prefix that the error proposes, and changes no other id", async () => {
    const article = (title: string, date: string): string =>
      `---\ntitle: ${title}\ndate: ${date}\n---\n[Up](#a)\n`;
    write("_posts/2022-01-10-a.md", article("first", "2022-01-10"));
    write("_posts/2022-01-11-b.md", article("second", "2022-01-12"));
    write("en/_posts/2022-01-10-a.md", article("first in English", "2022-01-10 08:00"));
    write("en/_posts/2022-01-11-b.md", article("second in English", "2022-01-11"));
    write("en/_posts/2022-01-13-c.md", article("only in English", "2022-01-13"));
    const sources = ["_posts", "en/_posts"];
    const settings = {
      site: SITE,
      sources,
      splitNames: true,
      markdown: MARKDOWN,
      addresses: usualAddresses(),
    };
    const readAll = async (idPrefixes: ReadonlyMap<string, string>): Promise<Report> =>
      readArticles({
        root,
        settings: { ...settings, idPrefixes },
        now: NOW_EPOCH_SECONDS,
        cache: null,
        progress: () => undefined,
      });
    const before = await readAll(new Map());
    expect(before.diagnostics.map(formatDiagnostic)).toEqual([
      'en/_posts/2022-01-10-a.md:1: error: The article cannot be told from _posts/2022-01-10-a.md: both are "2022-01-10-a"; delete one, or write in the settings, which changes no other id: id_prefix = { "en/_posts" = "en" }',
      '_posts/2022-01-11-b.md:1: error: The article cannot be told from en/_posts/2022-01-11-b.md: both are "2022-01-11-b"; delete one, or write in the settings, which changes no other id: id_prefix = { "_posts" = "posts" }',
    ]);
    const after = await readAll(
      new Map([
        ["en/_posts", "en"],
        ["_posts", "posts"],
      ]),
    );
    expect(after.diagnostics).toEqual([]);
    expect(after.skipped).toEqual([]);
    const names = new Map(after.articles.map(({ id, identity }) => [id, identity.name]));
    expect(before.articles.map(({ id }) => names.get(id))).toEqual([
      "2022-01-10-a",
      "2022-01-11-b",
      "2022-01-13-c",
    ]);
    expect([...names.values()]).toContain("en/2022-01-10-a");
    expect([...names.values()]).toContain("posts/2022-01-11-b");
    for (const { id, entry } of after.articles) {
      const body = inflateRawSync(entry.deflate().bytes).toString();
      expect(body).toContain(`href="${SITE.url}/s/${id}#s-a"`);
    }
  });

  it("takes the language of a folder where an article names none", async () => {
    write("a/2022-01-10-a.md", "---\ntitle: a\n---\nText.\n");
    write("a/en/2022-01-11-b.md", "---\ntitle: b\n---\nText.\n");
    write("a/en/2022-01-12-c.md", "---\ntitle: c\nlang: fr\n---\nText.\n");
    write("a/en/zh/2022-01-13-d.md", "---\ntitle: d\n---\nText.\n");
    const languages = new Map([
      ["a/en", "en"],
      ["./a/en/zh/", SITE.language],
    ]);
    const { articles } = await readArticles({
      root,
      settings: {
        site: SITE,
        sources: ["a"],
        splitNames: true,
        markdown: MARKDOWN,
        addresses: usualAddresses(),
        files: { ...PLAIN_FILE_SETTINGS, languages },
      },
      now: NOW_EPOCH_SECONDS,
      cache: null,
      progress: () => undefined,
    });
    expect(articles.map(({ language }) => language)).toEqual([null, "en", "fr", null]);
  });

  it("takes the folders before _posts for categories, in a source folder's own name too", async () => {
    const text = "---\ntitle: a\ncategories: news\n---\nText.\n";
    write("_config.yml", "");
    write("blog/_posts/2022-01-10-a.md", text);
    write("site/_config.yml", "");
    write("site/old/blog/_posts/2022-01-11-b.md", text);
    const { articles } = await read(root, "blog/_posts", "site");
    expect(articles.map(({ categories }) => categories)).toEqual([
      ["blog", "news"],
      ["old", "blog", "news"],
    ]);
    // Jekyll's default address of the first is computed from its id, so it is no entry of its own.
    expect(articles.map(({ redirects }) => redirects)).toEqual([
      [],
      ["/old/blog/news/2022/01/11/b.html"],
    ]);
  });

  it("reads a date by the clock of the site", async () => {
    write("a/2022-01-10-a.md", "---\ntitle: a\ndate: 2022-01-10 08:00\n---\nText.\n");
    const [article] = (await read(root, "a")).articles;
    expect(article?.published).toEqual({ epochSeconds: 1_641_772_800, offsetMinutes: 480 });
  });
});

const CORPUS = join(import.meta.dirname, "../../../../shared/corpus");
const HAS_CORPUS = existsSync(CORPUS);

if (!HAS_CORPUS) {
  console.warn(`No corpus at ${CORPUS}: the test that no real article gets lost does not run`);
}

describe.runIf(HAS_CORPUS).each([
  ["seed", 1],
  ["family-synthetic", 15],
  ["sample", 226],
])("the real articles in %s", (folder, count) => {
  it("are all read, or named with the reason", async () => {
    const report = await read(CORPUS, folder);
    expect(listLost(report)).toEqual([]);
    // Few posts of each site are in the corpus, and `post_url` and `link` name others.
    const isDeadLink = ({ code, level }: Diagnostic): boolean =>
      code === "link-nowhere" && level === "error";
    const linking = new Set(report.diagnostics.filter(isDeadLink).map(({ path }) => path));
    expect(report.articles.length + linking.size).toBe(count);
  });
});
