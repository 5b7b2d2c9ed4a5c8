import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../temporary-folder.ts";

const SCRIPT = join(import.meta.dirname, "../../scripts/offprint.ts");

const SETTINGS = `name = "paper"
main = "build/worker.js"
compatibility_date = "2026-11-01"
kv_namespaces = [{ binding = "RELEASES" }]

[vars.SITE]
title = "鹭岛文摘"
url = "https://news.example"
`;

const folder = temporaryFolder();

beforeEach(() => {
  write("wrangler.toml", SETTINGS);
  write("articles/2022-01-10-good.md", "---\ntitle: Good\n---\nText.\n");
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder.path, path)), { recursive: true });
  writeFileSync(join(folder.path, path), text);
}

function check(...args: readonly string[]): {
  status: number | null;
  output: string;
  error: string;
} {
  const { OFFPRINT_SOURCES: _sources, OFFPRINT_URL: _url, ...env } = process.env;
  const options = { cwd: folder.path, encoding: "utf8", env } as const;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [SCRIPT, "check", ...args],
    options,
  );
  return { status, output: stdout, error: stderr };
}

function writeTroubles(): void {
  write("articles/2022-01-11-draft.md", "---\ntitle: a\ndraft: yes\n---\nText.\n");
  write("articles/2022-01-11-warned.md", '---\ntitle: "a "b" c"\n---\nText.\n');
  write("articles/9000-01-01-later.md", "---\ntitle: a\n---\nText.\n");
  write("articles/8000-01-01-next.md", "---\ntitle: a\n---\nText.\n");
  write("articles/about.md", "---\ntitle: About\n---\nText.\n");
  write("articles/README.md", "Text.\n");
}

describe("check", () => {
  it("is content with good articles", () => {
    const { status, output } = check();
    expect(output).toContain("1 file, 1 article, 0 skipped");
    expect(output).toContain("0 errors, 0 warnings");
    expect(status).toBe(0);
  });

  it("names every diagnostic and every file that is left out, and fails on errors", () => {
    writeTroubles();
    const { status, output } = check();
    expect(output.split("\n")).toEqual([
      `articles/2022-01-11-warned.md:2: warning: The title breaks the YAML and was read as a "b" c; write title: 'a "b" c'`,
      "articles/README.md:1: warning: The file was skipped, because it has no front matter; write front matter if it is an article, else move it out of the source folder",
      "articles/about.md:2: error: The article has no date, neither in its front matter nor in its file name; write date: 2022-01-10 07:35:33 +0800, or move the file out of the source folder",
      "articles/2022-01-11-draft.md: skipped: draft",
      "articles/8000-01-01-next.md: skipped: due 8000-01-01T00:00:00+08:00",
      "articles/9000-01-01-later.md: skipped: due 9000-01-01T00:00:00+08:00",
      "",
      "7 files, 2 articles, 5 skipped",
      "skipped: 1 draft, 0 unpublished, 2 dated in the future, 0 withdrawn, 2 with an error or no article",
      "1 error, 2 warnings",
      "due next: articles/8000-01-01-next.md at 8000-01-01T00:00:00+08:00",
      "",
    ]);
    expect(status).toBe(3);
  });

  it("writes the same as JSON", () => {
    writeTroubles();
    const { status, output } = check("--json");
    const report: unknown = JSON.parse(output);
    expect(report).toMatchObject({
      counts: { files: 7, articles: 2, skipped: 5, errors: 1, warnings: 2 },
      diagnostics: [{ code: "headline-recovered" }, { code: "skipped" }, { code: "date-missing" }],
      skipped: [
        { reason: "draft" },
        { reason: "future", due: "8000-01-01T00:00:00+08:00" },
        { reason: "future" },
        { reason: "no-front-matter" },
        { path: "articles/about.md", reason: "error" },
      ],
    });
    expect(status).toBe(3);
  });

  it("lists one kind where that is asked for", () => {
    writeTroubles();
    const { status, output } = check("--kind", "date-missing");
    expect(output).toMatch(/^articles\/about\.md:2: error: The article has no date[^\n]*\n$/);
    expect(status).toBe(3);
  });

  it("ends as a deploy does where removed.txt cannot be read", () => {
    writeFileSync(join(folder.path, "removed.txt"), new Uint8Array([0xff]));
    expect(check().status).toBe(2);
  });

  it("reads other folders", () => {
    write("a/2022-01-10-a.md", "---\ntitle: a\n---\nText.\n");
    write("b/2022-01-10-b.md", "---\ntitle: b\n---\nText.\n");
    expect(check("--sources", "a,b").output).toContain("2 files, 2 articles");
  });

  it.each([
    ["an unknown option", ["--nonsense"], 'There is no option "--nonsense"'],
    [
      "a source folder that is not there",
      ["--sources", "nowhere"],
      'nowhere: error: There is no source folder "nowhere"; create it, or correct the setting "sources", OFFPRINT_SOURCES or --sources',
    ],
    [
      "a file for a folder",
      ["--sources", "wrangler.toml"],
      'The source "wrangler.toml" is no folder',
    ],
    [
      "settings that are not there",
      ["--config", "none.toml"],
      "none.toml: error: There is no none.toml in ",
    ],
  ])("refuses %s", (_case, args, message) => {
    const { status, error } = check(...args);
    expect(error).toContain(message);
    expect(status).toBe(2);
  });

  it("names what would end wrangler, and what it would leave out", () => {
    write("wrangler.toml", SETTINGS.replace("main", "mian"));
    const refused = check();
    expect(refused.error).toContain('wrangler.toml:1: error: The Worker has no "main"');
    expect(refused.error).toContain('did you mean "main"?');
    expect(refused.status).toBe(2);
    write("wrangler.toml", `nmae = "a"\n${SETTINGS}`);
    const { status, output } = check();
    expect(output).toContain('wrangler has no setting "nmae"; did you mean "name"?');
    expect(output).toContain("0 errors, 1 warning\n");
    expect(status).toBe(0);
  });

  it("says of a missing folder that the environment does not name its own", () => {
    const environment = `kv_namespaces = [{ binding = "RELEASES" }]
vars = { SITE = { title = "To try", url = "https://try.example" } }`;
    write(
      "wrangler.toml",
      `${SETTINGS}sources = ["_posts"]\nlanguage = "zh-CN"\n\n[env.staging]\n${environment}\n`,
    );
    rmSync(join(folder.path, "articles"), { recursive: true });
    expect(check("--env", "staging").error.split("\n")).toEqual([
      'wrangler.toml:14: warning: The environment "staging" has no sources, language in vars.SITE, which wrangler does not inherit from the top level, so their defaults hold; copy all of vars.SITE to env.staging.vars.SITE, then change title and url there',
      expect.stringMatching(/^articles: error: There is no source folder "articles"/),
      "",
    ]);
  });

  it("says how to begin where there is no site", () => {
    rmSync(join(folder.path, "wrangler.toml"));
    const { status, error } = check("--root", folder.path);
    expect(error).toBe(
      `wrangler.toml: error: There is no wrangler.toml in "${folder.path}"; npx offprint init makes a site of a folder; if you have one, go to its folder, or name it by --root\n`,
    );
    expect(status).toBe(2);
  });

  it("refuses wrong settings", () => {
    write("wrangler.toml", `[vars.SITE]\ntitle = "a"\nurl = "b"\n`);
    const { status, error } = check();
    expect(error).toContain(`wrangler.toml:3: error: The setting "url" is "b"`);
    expect(status).toBe(2);
  });
});
