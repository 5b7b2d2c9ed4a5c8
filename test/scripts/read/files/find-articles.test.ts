import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatDiagnostic } from "../../../../scripts/diagnostics/diagnostic.ts";
import { createFollowFile } from "../../../../scripts/read/files/follow-file.ts";
import type { FileSettings } from "../../../../scripts/read/files/find-articles.ts";
import {
  PLAIN_FILE_SETTINGS,
  PLAIN_FOLDER,
  findArticles,
} from "../../../../scripts/read/files/find-articles.ts";
import { lacksSource } from "../../../../scripts/read/files/source-folder.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "offprint-find-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text = ""): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

interface Found {
  readonly articles: readonly string[];
  readonly diagnostics: readonly string[];
}

function find(...sources: readonly string[]): Found {
  return findIn(sources, PLAIN_FILE_SETTINGS);
}

function findIn(sources: readonly string[], settings: FileSettings): Found {
  const follow = createFollowFile(root, sources);
  const { articles, diagnostics } = findArticles(root, sources, follow, settings);
  return {
    articles: articles.map(({ path }) => path),
    diagnostics: diagnostics.map(formatDiagnostic),
  };
}

describe("findArticles", () => {
  it("skips what git ignores behind a link to a folder, and says so", () => {
    execFileSync("git", ["init", "-q", root]);
    write(".gitignore", "secret*\n");
    for (const path of ["notes/a.md", "notes/secret.md", "notes/secrets/b.md"]) write(path);
    mkdirSync(join(root, "posts"));
    symlinkSync("../notes", join(root, "posts/linked"));
    expect(find("posts")).toEqual({
      articles: ["posts/linked/a.md"],
      diagnostics: [
        expect.stringContaining(
          'posts/linked/secret.md: error: The path leads to "notes/secret.md", which git',
        ),
        expect.stringContaining(
          'posts/linked/secrets: error: The path leads to "notes/secrets", which git',
        ),
      ],
    });
  });

  it("lists articles of all folders in one order", () => {
    for (const name of [
      "b.md",
      "a/z.markdown",
      "a/B.HTML",
      "a/deep/c.mkdn",
      "a/p.png",
      "old/x.md",
    ]) {
      write(`posts/${name}`);
    }
    write("more/m.md");
    expect(find("posts", "more")).toEqual({
      articles: [
        "posts/a/B.HTML",
        "posts/a/deep/c.mkdn",
        "posts/a/z.markdown",
        "posts/b.md",
        "posts/old/x.md",
        "more/m.md",
      ],
      diagnostics: [],
    });
  });

  it("says where a file is", () => {
    write("posts/a/b.md");
    const sources = ["./posts/"];
    expect(findArticles(root, sources, createFollowFile(root, sources)).articles).toEqual([
      {
        file: join(root, "posts/a/b.md"),
        path: "./posts/a/b.md",
        source: join(root, "posts"),
        pathInSource: "a/b.md",
        folder: { ...PLAIN_FOLDER, fromRoot: "posts" },
      },
    ]);
  });

  it("passes over hidden files, node_modules and what editors leave behind", () => {
    for (const name of [
      ".a.md",
      ".git/b.md",
      "node_modules/c/d.md",
      "e.md~",
      "#f.md#",
      "_drafts/g.md",
    ]) {
      write(`posts/${name}`);
    }
    expect(find("posts")).toEqual({
      articles: ["posts/_drafts/g.md"],
      diagnostics: [],
    });
  });

  it("follows links, but reads no folder twice", () => {
    write("elsewhere/a.md");
    write("posts/b.md");
    symlinkSync(join(root, "elsewhere"), join(root, "posts/linked"));
    symlinkSync(join(root, "posts"), join(root, "posts/round"));
    symlinkSync(join(root, "posts/b.md"), join(root, "posts/c.md"));
    expect(find("posts", "elsewhere")).toEqual({
      articles: ["posts/b.md", "posts/c.md", "posts/linked/a.md"],
      diagnostics: [],
    });
  });

  it("names links that lead nowhere", () => {
    write("posts/b.md");
    symlinkSync(join(root, "gone.md"), join(root, "posts/a.md"));
    symlinkSync(join(root, "posts/self.md"), join(root, "posts/self.md"));
    expect(find("posts").diagnostics).toEqual([
      "posts/a.md: error: The link leads nowhere, in a circle, or where nothing may be read; correct it, or delete it",
      "posts/self.md: error: The link leads nowhere, in a circle, or where nothing may be read; correct it, or delete it",
    ]);
  });

  it("says why it follows no link to what is hidden, outside or no file, and passes over pictures", () => {
    write(".git/config");
    write("posts/b.md");
    const outside = mkdtempSync(join(tmpdir(), "offprint-outside-"));
    for (const [name, target] of Object.entries({
      "config.md": "../.git/config",
      "device.md": "/dev/zero",
      linked: outside,
      "passwd.md": "/etc/passwd",
      "leak.png": "../.git/config",
      "notes.txt": "../.git/config",
    })) {
      symlinkSync(target, join(root, "posts", name));
    }
    execFileSync("mkfifo", [join(root, "posts/pipe.md")]);
    const { articles, diagnostics } = find("posts");
    rmSync(outside, { recursive: true });
    expect(articles).toEqual(["posts/b.md"]);
    const skipped = "it was skipped";
    expect(diagnostics).toEqual([
      `posts/config.md: error: The link leads to ".git/config", which is hidden: a name in it begins with a dot; ${skipped}; put what is meant in its place`,
      `posts/device.md: error: The link leads to "/dev/zero", which is no file but a pipe, a socket or a device; ${skipped}; put what is meant in its place`,
      `posts/linked: error: The link leads to "${outside}", which is neither in a source folder nor in the site's folder; ${skipped}; put what is meant in its place, or name its folder in the setting "sources"`,
      `posts/passwd.md: error: The link leads to "/etc/passwd", which is neither in a source folder nor in the site's folder; ${skipped}; put what is meant in its place, or name its folder in the setting "sources"`,
      `posts/pipe.md: error: This is no file but a pipe, a socket or a device; ${skipped}; put what is meant in its place`,
    ]);
  });

  it("reads a source folder that is itself a link to anywhere", () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "offprint-elsewhere-"));
    writeFileSync(join(elsewhere, "a.md"), "");
    symlinkSync(elsewhere, join(root, "posts"));
    expect(find("posts")).toEqual({ articles: ["posts/a.md"], diagnostics: [] });
    rmSync(elsewhere, { recursive: true });
  });

  it("names files whose names are not UTF-8", () => {
    write("posts/b.md");
    writeFileSync(Buffer.from(`${root}/posts/caf\xe9.md`, "latin1"), "");
    mkdirSync(Buffer.from(`${root}/posts/\xe9`, "latin1"));
    const { articles, diagnostics } = find("posts");
    expect(articles).toEqual(["posts/b.md"]);
    expect(diagnostics).toEqual([
      "posts/caf\uFFFD.md: error: The name is not UTF-8, so that it cannot be opened; rename it",
      "posts/\uFFFD: error: The name is not UTF-8, so that it cannot be opened; rename it",
    ]);
  });

  it("names files that look like articles and are not read", () => {
    write("posts/2022-01-10-a.txt");
    write("posts/b.mdx", "---\ntitle: b\n---\n");
    write("posts/LICENSE.txt", "MIT");
    const { articles, diagnostics } = find("posts");
    expect(articles).toEqual([]);
    expect(diagnostics.map((diagnostic) => diagnostic.split(":")[0])).toEqual([
      "posts/2022-01-10-a.txt",
      "posts/b.mdx",
      "posts",
    ]);
  });

  it("says that there is no article at all, and not that one of several folders has none", () => {
    write("posts/2022-01-10-a.md");
    write("drafts/a.png");
    write("more/b.png");
    expect(find("posts", "drafts").diagnostics).toEqual([]);
    expect(find("drafts", "more").diagnostics).toEqual([
      'drafts,more: warning: There is no article in the source folders; put one there (.md, .markdown or .html), or correct the setting "sources", OFFPRINT_SOURCES or --sources',
    ]);
  });

  it("says that a folder cannot be listed, so that nobody takes the others for the whole site", () => {
    write("posts/a.md");
    // Deeper than a path may be long.
    const deep = `for (let i = 0; i < 20; i += 1) {
      fs.mkdirSync("x".repeat(250));
      process.chdir("x".repeat(250));
    }`;
    execFileSync(process.execPath, ["-e", deep], { cwd: join(root, "posts") });
    const sources = ["posts"];
    const found = findArticles(root, sources, createFollowFile(root, sources));
    execFileSync("rm", ["-r", join(root, "posts")]);
    expect(found.articles.map(({ path }) => path)).toEqual(["posts/a.md"]);
    expect(found.diagnostics.map(({ what }) => what)).toEqual([
      expect.stringContaining("The folder cannot be listed: ENAMETOOLONG"),
    ]);
    expect(lacksSource(found.diagnostics)).toBe(true);
  });

  it("says that a folder is missing, and reads the others", () => {
    write("posts/a.md");
    write("file.md");
    expect(find("nowhere", "file.md", "posts")).toEqual({
      articles: ["posts/a.md"],
      diagnostics: [
        `nowhere: error: There is no source folder "nowhere"; create it, or correct the setting "sources", OFFPRINT_SOURCES or --sources`,
        `file.md: error: The source "file.md" is no folder; name the folder that it is in: the setting "sources", OFFPRINT_SOURCES or --sources`,
      ],
    });
  });
});

describe("findArticles in the root of a Jekyll site", () => {
  const settings = { ...PLAIN_FILE_SETTINGS, collections: ["recipes"] };

  it("lists posts, drafts and the collections in the settings, and nothing else", () => {
    for (const path of [
      "site/_config.yml",
      "site/_posts/2022-01-10-a.md",
      "site/_posts/2021/2021-01-10-b.md",
      "site/_drafts/c.md",
      "site/blog/_posts/2022-01-10-d.md",
      "site/en/blog/_posts/2022-01-10-e.md",
      "site/_recipes/f.md",
      "site/_notes/g.md",
      "site/about.md",
      "site/2022-01-10-h.textile",
      "site/_site/_posts/2022-01-10-i.md",
      "site/_old/_posts/2022-01-10-j.md",
      "site/.git/_posts/2022-01-10-k.md",
      "site/node_modules/x/_posts/2022-01-10-l.md",
      "site/vendor/bundle/x/_posts/2022-01-10-m.md",
      "site/blog/_recipes/n.md",
    ]) {
      write(path);
    }
    symlinkSync("/nowhere", join(root, "site/broken.md"));
    symlinkSync("/etc", join(root, "site/elsewhere"));
    expect(findIn(["site"], settings)).toEqual({
      articles: [
        "site/_drafts/c.md",
        "site/_posts/2021/2021-01-10-b.md",
        "site/_posts/2022-01-10-a.md",
        "site/_recipes/f.md",
        "site/blog/_posts/2022-01-10-d.md",
        "site/en/blog/_posts/2022-01-10-e.md",
      ],
      diagnostics: [],
    });
  });

  it("knows a root by its posts, too", () => {
    write("site/_posts/2022-01-10-a.md");
    write("site/about.md");
    expect(find("site").articles).toEqual(["site/_posts/2022-01-10-a.md"]);
  });

  it.each([
    ["_posts", [], []],
    ["blog/_posts", ["_config.yml"], ["blog"]],
    ["blog/_posts/", ["_config.yml"], ["blog"]],
    ["en/blog/_posts", ["_posts/2022-01-11-b.md"], ["en", "blog"]],
    ["ci/_posts", [], []],
    ["ci/_posts", ["_config.yml", "ci/.git/HEAD"], []],
    ["ci/blog/_posts", ["ci/_posts/2022-01-11-b.md", "ci/.git/HEAD"], ["blog"]],
    ["site/_posts", ["site/_config.yml"], []],
    ["site/blog/_posts", ["site/_config.yml"], ["blog"]],
    ["blog/old", [], []],
  ])("takes of %s with %j the categories %j", (source, files, categories) => {
    for (const path of [...files, `${source}/2022-01-10-a.md`]) write(path);
    const { articles } = findArticles(root, [source], createFollowFile(root, [source]));
    expect(articles.map(({ folder }) => folder.categories)).toEqual([categories]);
  });

  it("takes no category from where a site outside the project lies", () => {
    for (const path of ["sites/a/_posts/2022-01-10-a.md", "sites/a/blog/_posts/2022-01-10-b.md"]) {
      write(path);
    }
    const categoriesOf = (): readonly string[] => {
      const sources = ["../sites/a/_posts", "../sites/a/blog/_posts"];
      const project = join(root, "project");
      const { articles } = findArticles(project, sources, createFollowFile(project, sources));
      return articles.flatMap(({ folder }) => folder.categories);
    };
    expect(categoriesOf()).toEqual([]);
    write("sites/a/_config.yml");
    expect(categoriesOf()).toEqual(["blog"]);
  });
});

describe("exclude and include", () => {
  beforeEach(() => {
    for (const path of [
      "posts/a.md",
      "posts/README.md",
      "posts/old/README.md",
      "posts/old/b.md",
      "posts/old/2020/c.md",
      "posts/.hidden/d.md",
      "posts/.hidden/e.md",
      "posts/_data/f.md",
    ]) {
      write(path);
    }
  });

  it.each([
    [["posts/old"], [], ["README.md", "a.md"]],
    [["posts/old/"], [], ["README.md", "a.md"]],
    [["./posts/old/**"], [], ["README.md", "a.md"]],
    [["**/README.md"], [], ["a.md", "old/2020/c.md", "old/b.md"]],
    [["posts/old/*.md", "posts/README.md"], [], ["a.md", "old/2020/c.md"]],
    [["posts/**/*.md"], ["posts/old/2020"], ["old/2020/c.md"]],
    [["posts/old", "**/README.md"], ["posts/old/2020/*.md"], ["a.md", "old/2020/c.md"]],
    [["**/*.md"], ["posts/.hidden/d.md", "posts/_data"], [".hidden/d.md", "_data/f.md"]],
    [["posts"], ["posts/a.md"], ["a.md"]],
  ])("with %j and %j leave %j", (exclude, include, left) => {
    const settings = { ...PLAIN_FILE_SETTINGS, exclude, include };
    expect(findIn(["posts"], settings).articles).toEqual(left.map((path) => `posts/${path}`));
  });

  it("are relative to the folder of wrangler.toml, outside of it too", () => {
    write("project/wrangler.toml");
    const project = join(root, "project");
    const settings = { ...PLAIN_FILE_SETTINGS, exclude: ["../posts/old", "../posts/README.md"] };
    const follow = createFollowFile(project, ["../posts"]);
    const { articles } = findArticles(project, ["../posts"], follow, settings);
    expect(articles.map(({ path }) => path)).toEqual(["../posts/a.md"]);
  });
});
