import { MARKDOWN } from "../../../markdown-options.ts";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { contentHash } from "../../../../src/store/content-hash.ts";
import type { ArticleReport } from "../../../../scripts/read/read-articles.ts";
import { readArticles } from "../../../../scripts/read/read-articles.ts";
import { ArticleCache } from "../../../../scripts/read/cache/article-cache.ts";
import { DamagedCache, withCache } from "../../../../scripts/read/cache/with-cache.ts";
import type { BundledArticle } from "../../../../scripts/read/article/store-article.ts";
import { encodeChunk } from "../../../../scripts/read/cache/outcome-chunk.ts";
import { factsOf, restoreArticle } from "../../../../scripts/read/article/store-article.ts";
import { SITE } from "../../../render/sample-articles.ts";
import { usualAddresses } from "../../../usual-addresses.ts";

/** 2026-11-01T00:00:00Z. */
const NOW_SECONDS = 1_793_491_200;
const SECONDS_PER_DAY = 86_400;
const LONG_AGO = new Date("2026-01-01T00:00:00Z");

let root = "";
let readCount = 0;

const at = (path: string): string => join(root, path);

/** A file as it stands after a while: one that was written just now is always read again. */
function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
  utimesSync(at(path), LONG_AGO, LONG_AGO);
}

const article = (title: string, date = "2022-01-10"): string =>
  `---\ntitle: ${title}\ndate: ${date}\n---\n正文：${title}。\n`;

function openCache(basis = "a"): ArticleCache {
  const files = { outcomes: at("build/cache/articles"), index: at("build/cache/index") };
  return ArticleCache.open(files, contentHash([basis]));
}

async function read(
  cache: ArticleCache | null = openCache(),
  now = NOW_SECONDS,
  sources: readonly string[] = ["_posts"],
): Promise<ArticleReport<BundledArticle>> {
  readCount = 0;
  const settings = {
    site: SITE,
    sources,
    splitNames: true,
    markdown: MARKDOWN,
    addresses: usualAddresses(),
  };
  const progress = (done: number): void => {
    readCount = done;
  };
  const known = cache && { articles: cache, startedAt: Date.now(), environment: process.env };
  return readArticles({ root, settings, now, cache: known, progress });
}

/** All that a release is made of: ids, headers and bodies. */
function contents({ articles, skipped, diagnostics }: ArticleReport<BundledArticle>): unknown {
  return {
    articles: articles.map((each) => {
      const { body, ...header } = restoreArticle(each);
      const { hash } = each.entry;
      return { ...factsOf(each), ...header, hash, body: new TextDecoder().decode(body) };
    }),
    skipped,
    diagnostics,
  };
}

function titlesOf({ articles }: ArticleReport<BundledArticle>): readonly string[] {
  return articles.map(({ title }) => title).toSorted();
}

/** ctime cannot be set; a test cannot wait until a file is old enough to be trusted. */
function git(...args: readonly string[]): void {
  const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  execFileSync("git", [...identity, ...args], { cwd: root, stdio: "pipe" });
}

function commitAll(): void {
  git("add", "-A");
  git("commit", "-q", "-m", "all");
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "offprint-cache-"));
  git("init", "-q");
  writeFileSync(at(".gitignore"), "build\n");
  write("_posts/a.md", article("一"));
  write("_posts/b.md", article("二"));
  write("_posts/broken.md", "---\ntitle: 三\n---\n没有日期。\n");
  commitAll();
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe("readArticles with a cache", () => {
  it("gives the same the second time, and reads nothing", async () => {
    const first = contents(await read());
    expect(readCount).toBe(3);
    expect(contents(await read())).toEqual(first);
    expect(readCount).toBe(0);
    expect(contents(await read(null))).toEqual(first);
  });

  it("takes a change that lay ahead for one when its moment has come, and not while the clock is set back", async () => {
    const [day, later] = [NOW_SECONDS + SECONDS_PER_DAY, NOW_SECONDS + 2 * SECONDS_PER_DAY];
    write("_posts/a.md", article("一", "2022-01-10\nlast_modified_at: 2026-11-02T12:00:00Z"));
    commitAll();
    const changes = async (now: number): Promise<readonly unknown[]> => {
      const cached = await read(openCache(), now);
      expect(contents(cached)).toEqual(contents(await read(null, now)));
      const changed = cached.articles.flatMap(({ updated }) => updated?.epochSeconds ?? []);
      return [...changed, ...cached.diagnostics.flatMap(({ code }) => code)];
    };
    const [ahead, come] = [
      ["change-ahead", "post-undated"],
      [Date.parse("2026-11-02T12:00:00Z") / 1000, "post-undated"],
    ];
    expect(await changes(NOW_SECONDS)).toEqual(ahead);
    expect(await changes(day)).toEqual(ahead);
    expect(await changes(later)).toEqual(come);
    expect(await changes(day)).toEqual(ahead);
  });

  it("reads in a fresh clone what is not as it was, and nothing else", async () => {
    await read();
    const cache = readFileSync(at("build/cache/articles"));
    const before = root;
    root = mkdtempSync(join(tmpdir(), "offprint-clone-"));
    execFileSync("git", ["clone", "-q", before, root], { stdio: "pipe" });
    mkdirSync(at("build/cache"), { recursive: true });
    writeFileSync(at("build/cache/articles"), cache);
    await read();
    expect(readCount).toBe(0);
    rmSync(before, { recursive: true });
  });

  it("reads what was edited, added and renamed, with or without a commit", async () => {
    await read();
    write("_posts/a.md", article("一，改过"));
    write("_posts/c.md", article("四"));
    const edited = await read();
    expect(readCount).toBe(2);
    expect(titlesOf(edited)).toEqual(["一，改过", "二", "四"]);
    git("mv", "_posts/b.md", "_posts/d.md");
    commitAll();
    const renamed = await read();
    expect(contents(renamed)).toEqual(contents(await read(null)));
    expect(renamed.articles.map(({ path }) => path)).toContain("_posts/d.md");
  });

  it("notices an edit of the same length in the same moment", async () => {
    await read();
    writeFileSync(at("_posts/a.md"), article("七"));
    expect(titlesOf(await read())).toContain("七");
  });

  it("does without git, and knows a file that was changed a moment ago by its bytes", async () => {
    rmSync(at(".git"), { recursive: true });
    await read();
    await read();
    expect(readCount).toBe(0);
    write("_posts/a.md", article("七"));
    expect(titlesOf(await read())).toContain("七");
    expect(readCount).toBe(1);
  });

  it("lets an article come when its time has come", async () => {
    write("_posts/late.md", article("明天", "2026-11-02"));
    commitAll();
    expect((await read()).skipped.map(({ path }) => path)).toContain("_posts/late.md");
    const tomorrow = NOW_SECONDS + 2 * SECONDS_PER_DAY;
    expect(titlesOf(await read(openCache(), tomorrow))).toContain("明天");
    expect((await read()).skipped.map(({ path }) => path)).toContain("_posts/late.md");
  });

  it("reads an article again when a picture that it names has come or gone", async () => {
    write("_posts/p.md", article("图").replace("正文", "![图](图.png) 正文"));
    commitAll();
    const filesOfPicture = async (): Promise<number | undefined> => {
      const { articles } = await read();
      return articles.find(({ title }) => title === "图")?.localFiles.length;
    };
    expect(await filesOfPicture()).toBe(0);
    write("_posts/图.png", "no real picture");
    expect(await filesOfPicture()).toBe(1);
    rmSync(at("_posts/图.png"));
    expect(await filesOfPicture()).toBe(0);
  });

  it("reads an article again when the file that was made of what it holds has gone", async () => {
    const gif = Buffer.concat([Buffer.from("R0lGODlhkAHIAIAA", "base64"), Buffer.alloc(40_000)]);
    const address = `data:image/gif;base64,${gif.toString("base64")}`;
    write("_posts/p.md", article("图").replace("正文", `![图](${address}) 正文`));
    commitAll();
    const before = contents(await read());
    const found = (await read()).articles.flatMap(({ localFiles }) => localFiles);
    expect(readCount).toBe(0);
    expect(found).toMatchObject([{ bytes: gif.length, width: 400, height: 200 }]);
    const [picture] = found;
    rmSync(picture?.file ?? "");
    expect(contents(await read())).toEqual(before);
    expect(readCount).toBe(1);
    expect(readFileSync(picture?.file ?? "")).toEqual(gif);
  });

  it("reads a file again whose source folder is another: its id and categories are", async () => {
    write("_posts/sport/c.md", article("四"));
    commitAll();
    await read();
    const inner = ["_posts/sport", "_posts"];
    const moved = await read(openCache(), NOW_SECONDS, inner);
    expect(readCount).toBe(1);
    expect(contents(moved)).toEqual(contents(await read(null, NOW_SECONDS, inner)));
  });

  it("does not take git's word for a file that a filter rewrites", async () => {
    write("_posts/a.md", article("一 $Id$"));
    commitAll();
    await read();
    write(".git/info/attributes", "*.md ident\n");
    rmSync(at("_posts/a.md"));
    git("checkout", "_posts/a.md");
    expect(titlesOf(await read())).toContainEqual(expect.stringMatching(/^一 \$Id: [\da-f]+ \$$/));
  });

  it("reads everything where settings or code are others", async () => {
    await read();
    await read(openCache("b"));
    expect(readCount).toBe(3);
  });

  it.each([1, 100, 700])(
    "goes on after a crash that left %i bytes of the last chunk out",
    async (bytes) => {
      const whole = contents(await read());
      const file = at("build/cache/articles");
      truncateSync(file, Math.max(0, statSync(file).size - bytes));
      expect(contents(await read())).toEqual(whole);
      expect(contents(await read())).toEqual(whole);
      expect(readCount).toBe(0);
    },
  );

  it.each([
    ["is lost", null],
    ["is damaged", (index: Buffer) => index.subarray(0, -3)],
    ["is of another cache", () => Buffer.from("something else\n")],
  ])("reads nothing where the index %s", async (_what, damage) => {
    const first = contents(await read());
    const index = readFileSync(at("build/cache/index"));
    if (damage === null) rmSync(at("build/cache/index"));
    else writeFileSync(at("build/cache/index"), damage(index));
    expect(contents(await read())).toEqual(first);
    expect(readCount).toBe(0);
    expect(readFileSync(at("build/cache/index"))).toEqual(index);
  });

  it("knows what was read after the index was written", async () => {
    await read();
    const index = readFileSync(at("build/cache/index"));
    write("_posts/a.md", article("一，改过"));
    write("_posts/c.md", article("四"));
    commitAll();
    const edited = contents(await read());
    writeFileSync(at("build/cache/index"), index);
    expect(contents(await read())).toEqual(edited);
    expect(readCount).toBe(0);
  });

  it("does not take the index of a cache that was deleted since", async () => {
    await read();
    rmSync(at("build/cache/articles"));
    write("_posts/a.md", article("一，改过"));
    commitAll();
    expect(contents(await read())).toEqual(contents(await read(null)));
    expect(titlesOf(await read())).toContain("一，改过");
  });

  it("passes over what is no cache", async () => {
    mkdirSync(at("build/cache"), { recursive: true });
    writeFileSync(at("build/cache/articles"), "something else\n".repeat(100));
    expect((await read()).articles).toHaveLength(2);
    await read();
    expect(readCount).toBe(0);
  });

  it("says so rather than publish a body that was damaged on disk", async () => {
    await read();
    const file = at("build/cache/articles");
    const bytes = readFileSync(file);
    bytes.fill(0, bytes.byteLength - 20);
    writeFileSync(file, bytes);
    const report = await read();
    expect(() => report.articles.map(restoreArticle)).toThrow(DamagedCache);
  });

  it.each(["build/cache", "build/cache/articles/folder/file"])(
    "does without a cache where a file at %s is in its way",
    async (path) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), "");
      const warn = vi.fn<(line: string) => void>();
      const report = await withCache(at("build/cache"), warn, async (folder) =>
        read(folder === null ? null : openCache()),
      );
      expect(report.articles).toHaveLength(2);
      expect(warn).toHaveBeenCalledWith(expect.stringContaining("What is read cannot be kept: E"));
    },
  );

  it("gives back the space of what counts no more, and goes on with the bodies", async () => {
    const cache = openCache();
    const report = await read(cache);
    const outcome = cache.find("_posts/a.md");
    if (outcome === null) throw new Error("nothing was kept");
    for (let turn = 0; turn < 100; turn += 1) {
      cache.add(encodeChunk(Array.from({ length: 50 }, () => outcome)));
    }
    const size = (): number => statSync(at("build/cache/articles")).size;
    const before = size();
    const after = await read(cache);
    expect(size()).toBeLessThan(before / 100);
    expect(contents(after)).toEqual(contents(report));
    expect(contents(await read())).toEqual(contents(report));
    expect(readCount).toBe(0);
  });

  it("reads many files in threads as it reads few in one", { timeout: 60_000 }, async () => {
    const few = Array.from({ length: 550 }, (_, number) => `_posts/n${number}.md`);
    for (const path of few) write(path, article(path));
    const inOne = await read(null);
    for (let number = 0; number < 100; number += 1) write(`_posts/m${number}.md`, article("多"));
    const inThreads = await read();
    expect(readCount).toBe(653);
    const isOld = ({ path }: { readonly path: string }): boolean => !path.startsWith("_posts/m");
    const old = { ...inThreads, articles: inThreads.articles.filter(isOld) };
    expect(contents(old)).toEqual(contents(inOne));
  });
});
