import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "..");
const Package = v.object({ scripts: v.record(v.string(), v.string()) });
const { scripts } = v.parse(Package, JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));

/** What npm runs by itself when it packs. */
const HOOKS: ReadonlySet<string> = new Set(["prepack"]);

/** Scripts of package.json that are programs of ours, for people to run. */
const COMMANDS = Object.entries(scripts).flatMap(([name, line]) => {
  if (HOOKS.has(name)) return [];
  const [, program] = /^node (?:--\S+ )*(\S+\.ts(?: [a-z]+)?)$/.exec(line) ?? [];
  return program === undefined
    ? []
    : [{ name: name === "start" ? "npm start" : `npm run ${name}`, program: program.split(" ") }];
});

describe("--help", () => {
  it("is asked of every command", () => {
    expect(COMMANDS.map(({ name }) => name)).toEqual([
      "npm start",
      "npm run bundle",
      "npm run deploy",
      "npm run release",
      "npm run bench",
      "npm run budgets",
      "npm run scale",
      "npm run subscribers",
      "npm run pictures",
      "npm run faults",
      "npm run unlucky",
      "npm run generate",
      "npm run keep-release",
      "npm run check:content",
    ]);
  });

  it.each(COMMANDS)(
    "of $name says how to use it, by the name that npm knows",
    ({ name, program }) => {
      const run = spawnSync(process.execPath, [...program, "--help"], {
        cwd: ROOT,
        encoding: "utf8",
      });
      expect(run.stdout.startsWith(`Usage: ${name} -- `)).toBe(true);
      expect(run.stdout).toContain("--help");
      expect([run.stderr, run.status]).toEqual(["", 0]);
    },
  );
});

it("npx offprint init says how to use it", () => {
  const run = spawnSync(process.execPath, ["scripts/offprint.ts", "init", "--help"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(run.stdout.startsWith("Usage: npx offprint init ")).toBe(true);
  expect([run.stderr, run.status]).toEqual(["", 0]);
});

it.each([
  [["--language", "english"], '--language is "english"; write a BCP 47 tag such as zh-CN'],
  [["--root", "articles"], "No site was made: the folder lies in another site"],
  [["--configs", "a"], 'There is no option "--configs"; did you mean "--config"?'],
])("npx offprint init says what is wrong: %j", (args, what) => {
  const run = spawnSync(process.execPath, ["scripts/offprint.ts", "init", ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  expect(run.stderr).toContain(what);
  expect([run.stdout, run.status]).toEqual(["", 2]);
});

it("npm run bundle refuses what would put the Worker live without its articles", () => {
  const env = { ...process.env, WRANGLER_COMMAND: "deploy" };
  const options = { cwd: ROOT, encoding: "utf8", env } as const;
  const { stderr, status } = spawnSync(
    process.execPath,
    ["scripts/offprint.ts", "bundle"],
    options,
  );
  expect(stderr).toContain("run npm run deploy");
  expect(status).toBe(1);
});

it.each([
  [{ OFFPRINT_SOURCES: "nowhere" }, [], 'nowhere: error: There is no source folder "nowhere"'],
  [{ OFFPRINT_URL: "nowhere" }, [], 'The environment\'s OFFPRINT_URL is "nowhere"'],
  [{}, ["--port", "abc"], '--port is "abc"; write a whole number from 1 to 65535'],
  [{}, ["--hepl"], 'There is no option "--hepl"; did you mean "--help"?'],
])("npm start says what is wrong before wrangler starts: %j %j", (environment, args, what) => {
  const env = { ...process.env, PATH: "/nowhere", ...environment };
  const run = spawnSync(process.execPath, ["scripts/offprint.ts", "start", ...args], {
    cwd: ROOT,
    encoding: "utf8",
    env,
  });
  expect(run.stderr).toContain(what);
  expect([run.stdout, run.status]).toEqual(["", 2]);
});
