import { afterEach, describe, expect, it } from "vitest";
import { flag, text, wholeNumber } from "../../../scripts/terminal/option-kinds.ts";
import { joinNumbers, runCommand } from "../../../scripts/terminal/run-command.ts";

const { exitCode } = process;

afterEach(() => {
  process.exitCode = exitCode;
});

interface Run {
  readonly code: unknown;
  readonly complaints: readonly string[];
  readonly runs: readonly unknown[];
}

async function run(
  args: readonly string[],
  kind: object = {},
  environment: Readonly<Record<string, string>> = {},
): Promise<Run> {
  const complaints: string[] = [];
  const runs: unknown[] = [];
  await runCommand(
    {
      name: "npm run print --",
      usage: "Usage",
      options: { json: flag, config: text, pages: wholeNumber(1, 99, 20) },
      complain: (message) => {
        complaints.push(message);
      },
      run: (values, words, given) => {
        runs.push([values, words, given]);
        return 0;
      },
      ...kind,
    },
    args,
    environment,
  );
  return { code: process.exitCode, complaints, runs };
}

it.each([
  ["--jsn", 'There is no option "--jsn"; did you mean "--json"?'],
  ["--hepl", 'There is no option "--hepl"; did you mean "--help"?'],
  ["--nonsense", 'There is no option "--nonsense"'],
  ["-x", 'There is no option "-x"'],
  ["articles", 'npm run print takes no "articles"'],
  ["--json=yes", "--json takes no value"],
  ["--config", "--config needs a value behind it"],
  ["--config --json", "--config needs a value behind it"],
  ["--pages ten", '--pages is "ten"; write a whole number from 1 to 99'],
  ["--pages -1", '--pages is "-1"; write a whole number from 1 to 99'],
])("refuses %s", async (line, what) => {
  expect(await run(line.split(" "))).toEqual({
    code: 2,
    complaints: [`${what}\n\nSee npm run print -- --help`],
    runs: [],
  });
});

it("hands values and words over, and says which options were written", async () => {
  const { runs, code } = await run(["a", "--pages", "7", "b"], { allowPositionals: true });
  expect([runs, code]).toEqual([
    [[{ json: false, config: null, pages: 7 }, ["a", "b"], ["pages"]]],
    0,
  ]);
});

describe("options that npm keeps, because they stand in front of its --", () => {
  const DEPLOY = {
    options: { "dry-run": flag, preview: flag, env: text, yes: flag, json: flag },
  };

  it.each([
    ["npm_config_dry_run", "true", "dry-run"],
    ["npm_config_preview", "true", "preview"],
    ["npm_config_env", "staging", "env"],
  ])("are not lost: %s=%s", async (variable, value, option) => {
    expect(await run([], DEPLOY, { [variable]: value })).toEqual({
      code: 2,
      complaints: [
        `npm kept "--${option}" for itself; write it behind "--", as in npm run print -- --${option}\n\nSee npm run print -- --help`,
      ],
      runs: [],
    });
  });

  it.each([
    [["--env", "staging"], { npm_config_env: "staging" }],
    [[], { npm_config_yes: "true", npm_config_json: "true" }],
    [[], { npm_config_dry_run: "", npm_config_preview: "false" }],
    [[], { npm_config_cache: "/home/me/.npm" }],
  ])("are none of these: %j %j", async (args, environment) => {
    expect((await run(args, DEPLOY, environment)).code).toBe(0);
  });
});

it("lets options of another program pass, unless they look like one of its own", async () => {
  const passes = { strict: false, allowPositionals: true };
  expect((await run(["--log-level", "debug", "-v"], passes)).code).toBe(0);
  expect((await run(["--hepl"], passes)).complaints).toEqual([
    'There is no option "--hepl"; did you mean "--help"?\n\nSee npm run print -- --help',
  ]);
});

it.each([
  [
    ["prune", "--max-deletes", "-1", "--yes"],
    ["prune", "--max-deletes=-1", "--yes"],
  ],
  [
    ["rollback", "-1oEWLXfWsr_layafMwmCw"],
    ["rollback", "-1oEWLXfWsr_layafMwmCw"],
  ],
  [
    ["--json", "-h"],
    ["--json", "-h"],
  ],
])("makes one of an option and its number below zero: %j", (args, joined) => {
  expect(joinNumbers(args)).toEqual(joined);
});
