import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ArticleReport } from "../../../scripts/read/read-articles.ts";
import type { BundledArticle } from "../../../scripts/read/article/store-article.ts";
import { readFolder } from "../../read-folder.ts";
import { SITE } from "../../render/sample-articles.ts";

const NOW_EPOCH_SECONDS = Date.parse("2026-11-01T00:00:00Z") / 1000;

type Report = ArticleReport<BundledArticle>;

async function read(root: string, ...sources: readonly string[]): Promise<Report> {
  return readFolder(root, SITE, sources, NOW_EPOCH_SECONDS);
}

/** Files that are neither among the articles nor named with a reason. */
function listLost({ articles, skipped, diagnostics, fileCount }: Report): readonly string[] {
  const named = new Set(diagnostics.map(({ path }) => path));
  const silent = skipped.filter(({ path, why }) => {
    const isNamedByReason = ["draft", "unpublished", "future"].includes(why.reason);
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
    expect(report.articles).toHaveLength(count);
  });
});
