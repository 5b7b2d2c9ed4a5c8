import { existsSync, globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import * as v from "valibot";
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

async function textsOf(
  ...patterns: readonly string[]
): Promise<readonly { readonly path: string; readonly text: string }[]> {
  const paths = globSync([...patterns], { cwd: ROOT });
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(ROOT, path), "utf8") })),
  );
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

  it.each(FOLDERS)("say what is in a file of %s", (folder) => {
    const files = globSync(`${folder}/**/*.ts`, { cwd: ROOT });
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter(isDrawer)).toEqual([]);
  });
});

describe("the pure rooms", () => {
  it.each(["const a = new Date();", "const a = Date();"])("would be caught at %s", (text) => {
    expect(text).toMatch(HIDDEN_CLOCK);
  });

  it.each(["src/domain", "src/render", "src/store"])("read no clock in %s", async (folder) => {
    const texts = await textsOf(`${folder}/**/*.ts`);
    expect(texts.length).toBeGreaterThan(0);
    expect(texts.filter(({ text }) => HIDDEN_CLOCK.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

/** Whoever has another Node than ours, as most have, cannot run the programs but by npm. */
const WITHOUT_NPM = /(?<!--project )\bnode (?:scripts|test)\/\S+\.ts/;

describe("what people are told to run", () => {
  it.each(["run node scripts/deploy.ts", "Usage: node test/scale/scale.ts"])(
    "would be caught at %s",
    (text) => {
      expect(text).toMatch(WITHOUT_NPM);
    },
  );

  it("is run by npm", async () => {
    const texts = await textsOf(
      "{src,scripts}/**/*.ts",
      "test/{bench,generate,scale}/*.ts",
      "{.,docs,docs/decisions}/*.md",
    );
    expect(texts.length).toBeGreaterThan(200);
    expect(texts.filter(({ text }) => WITHOUT_NPM.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

const DOCUMENTS = ["{README,CONTRIBUTING,SECURITY}.md", "docs/**/*.md"];

describe("documents name what is there", () => {
  it("folders and files", async () => {
    const texts = await textsOf(...DOCUMENTS);
    const named = texts.flatMap(({ path, text }) =>
      Array.from(text.matchAll(/(?<!\/)\b(?:src|scripts|test|docs)\/[\w./-]*\w/g), ([place]) => ({
        path,
        place,
      })),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ place }) => !existsSync(join(ROOT, place)))).toEqual([]);
  });

  it("files by their name alone", async () => {
    const texts = await textsOf(...DOCUMENTS);
    const files = new Set(
      globSync(["{src,scripts,test}/**/*.ts", "*.ts"], { cwd: ROOT }).map((file) => basename(file)),
    );
    const named = texts.flatMap(({ path, text }) =>
      Array.from(text.matchAll(/`([\w.-]+\.ts)`/g), ([, file = ""]) => ({ path, file })),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ file }) => !files.has(file))).toEqual([]);
  });
});

/** Lines of a command that does nothing but read options, call, print and set the exit code. */
const MOST_LINES_OF_A_COMMAND = 119;

it("commands are short", async () => {
  const commands = await textsOf("scripts/*.ts");
  expect(commands.length).toBeGreaterThan(0);
  const long = commands.filter(
    ({ text }) => text.trimEnd().split("\n").length > MOST_LINES_OF_A_COMMAND,
  );
  expect(long.map(({ path }) => path)).toEqual([]);
});

describe("the lock file", () => {
  const lock = v.object({
    packages: v.record(v.string(), v.looseObject({ integrity: v.optional(v.string()) })),
  });

  // npm leaves it out for packages of other platforms, which it has not downloaded.
  it("says of every package which bytes are meant", async () => {
    const text = await readFile(join(ROOT, "package-lock.json"), "utf8");
    const { packages } = v.parse(lock, JSON.parse(text));
    const installed = Object.entries(packages).filter(([path]) => path !== "");
    expect(installed.length).toBeGreaterThan(0);
    expect(
      installed
        .filter(([, { integrity }]) => integrity?.startsWith("sha512-") !== true)
        .map(([path]) => path),
    ).toEqual([]);
  });
});
