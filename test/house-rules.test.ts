import { readFile, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";

/** Rules of CONTRIBUTING.md that no linter knows. */

const ROOT = join(import.meta.dirname, "..");
const FOLDERS = ["src", "scripts", "test"] as const;

/** Drawers: a file is named after the one thing that it exports. */
const DRAWER_NAMES = new Set([
  "index",
  "utils",
  "util",
  "helpers",
  "helper",
  "constants",
  "common",
  "misc",
]);

/** A clock read without anyone saying the word. */
const HIDDEN_CLOCK = /new Date\(\s*\)|(?<!new )\bDate\(\s*\)/;

async function filesIn(folder: string): Promise<readonly string[]> {
  const files = await readdir(join(ROOT, folder), { recursive: true });
  return files.filter((file) => file.endsWith(".ts")).map((file) => join(folder, file));
}

/** Whether the file is a drawer or a barrel by its name; `x.test.ts` counts as `x`. */
function isDrawer(path: string): boolean {
  return DRAWER_NAMES.has(basename(path).replace(/\..*$/, ""));
}

describe("file names", () => {
  it.each(["src/http/index.ts", "scripts/read/utils.ts", "test/helpers.test.ts"])(
    "refuse %s",
    (path) => {
      expect(isDrawer(path)).toBe(true);
    },
  );

  it.each(FOLDERS)("say what is in a file of %s", async (folder) => {
    const files = await filesIn(folder);
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(isDrawer)).toEqual([]);
  });
});

describe("the pure layers", () => {
  it.each(["const a = new Date();", "const a = Date();"])("would be caught at %s", (text) => {
    expect(text).toMatch(HIDDEN_CLOCK);
  });

  it.each(["src/domain", "src/render", "src/store"])("read no clock in %s", async (folder) => {
    const files = await filesIn(folder);
    const texts = await Promise.all(
      files.map(async (path) => ({ path, text: await readFile(join(ROOT, path), "utf8") })),
    );
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter(({ text }) => HIDDEN_CLOCK.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
