import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readProject } from "../scripts/config/read-project.ts";
import { workflowFile } from "../scripts/init/workflow-file.ts";
import { codeBlocks } from "./code-blocks.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/*
 * The recipes of the documents are copied by people who cannot try them first: workflows are read by GitHub's own parser, and
 * lines for a shell are run.
 */

// It imports files of JSON without saying so, which Node asks for.
const hooks = registerHooks({
  load: (url, context, load) =>
    load(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context),
});
const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } =
  await import("@actions/workflow-parser");
hooks.deregister();

const ROOT = join(import.meta.dirname, "..");
const folder = temporaryFolder();

const BLOCKS = ["docs/often.md", "docs/staging.md"].flatMap((document) =>
  codeBlocks(readFileSync(join(ROOT, document), "utf8")).map(({ text }) => text),
);
const isWorkflow = (block: string): boolean => /^jobs:$/m.test(block);
const isStep = (block: string): boolean => block.startsWith("- uses: ");
const WORKFLOW = BLOCKS.find(isWorkflow) ?? "";

/** What GitHub would say of a workflow. */
async function complaintsAbout(content: string): Promise<readonly string[]> {
  const read = parseWorkflow({ name: "publish.yml", content }, new NoOperationTraceWriter());
  if (read.value !== undefined) await convertWorkflowTemplate(read.context, read.value);
  return read.context.errors.getErrors().map(({ message }) => message);
}

describe("a workflow for GitHub", () => {
  it("is in the documents, and so are steps to add", () => {
    expect([BLOCKS.filter(isWorkflow).length, BLOCKS.filter(isStep).length]).toEqual([1, 2]);
  });

  it.each(BLOCKS.filter(isWorkflow).map((block) => [block]))("is one: %s", async (block) => {
    expect(await complaintsAbout(block)).toEqual([]);
  });

  it.each(BLOCKS.filter(isStep).map((block) => [block]))("takes the step %s", async (step) => {
    const steps = step.replaceAll(/^/gm, "      ");
    const longer = WORKFLOW.replace("      - run: npm run deploy\n", (run) => `${steps}\n${run}`);
    expect(longer).toContain(steps);
    expect(await complaintsAbout(longer)).toEqual([]);
  });

  it.each([
    ["steps:", "step:", "Unexpected value 'step'"],
    ["runs-on:", "runs-at:", "Required property is missing: runs-on"],
    ["7 */3", "7 25,3", "Invalid cron"],
    ["secrets.CLOUDFLARE_API_TOKEN", "secret.CLOUDFLARE_API_TOKEN", "'secret'"],
    ["jobs:", "jobs:\n  publish:", "'publish' is already defined"],
  ])("with %j as %j would be found", async (right, wrong, complaint) => {
    const complaints = await complaintsAbout(WORKFLOW.replace(right, wrong));
    expect(complaints.join("\n")).toContain(complaint);
  });
});

describe("the workflow that offprint init writes", () => {
  it.each(["main", "gh-pages", 'odd "name" #1: {a}'])(
    "is one for the branch %s",
    async (branch) => {
      expect(await complaintsAbout(workflowFile(branch))).toEqual([]);
    },
  );

  it("is the recipe, but for what it says of secrets", () => {
    expect(WORKFLOW).toContain("path: build/cache");
    expect(
      workflowFile("main")
        .split("\n")
        .filter((line) => !line.startsWith("#"))
        .join("\n")
        .trim(),
    ).toEqual(WORKFLOW.trim());
  });
});

it("the environment to try things on is one that wrangler.toml takes as it is written there", () => {
  const environment = BLOCKS.find((block) => block.startsWith("[env.staging]")) ?? "";
  const settings = readFileSync(join(ROOT, "wrangler.toml"), "utf8");
  writeFileSync(join(folder.path, "wrangler.toml"), `${settings}\n${environment}`);
  const project = readProject(folder.path, { CLOUDFLARE_ENV: "staging" });
  // The other settings are to be copied, which the page says.
  expect(project.ok && project.value.warnings.map(({ advice }) => advice)).toEqual([
    "copy all of vars.SITE to env.staging.vars.SITE, then change title and url there",
  ]);
  expect(project).toMatchObject({
    ok: true,
    value: { config: { name: "offprint-staging" }, settings: { isIndexed: false } },
  });
});

/** Runs a line where `npm run deploy` prints something and ends with a code. */
function runLine(line: string, code: number): { readonly said: string; readonly code: unknown } {
  for (const [name, script] of [
    ["npm", `echo "it ends with ${code}"\nexit ${code}`],
    ["git", "exit 0"],
  ] as const) {
    writeFileSync(join(folder.path, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder.path, name), 0o755);
  }
  const env = { PATH: `${folder.path}:${process.env["PATH"] ?? ""}` };
  const run = spawnSync("sh", ["-c", line], { cwd: folder.path, env, encoding: "utf8" });
  return { said: run.stdout + run.stderr, code: run.status };
}

describe("the line for cron", () => {
  const [line = ""] = BLOCKS.flatMap((block) => /\bcd \/srv\/paper && .*/.exec(block) ?? []);

  it.each([0, 3])(
    "prints nothing where a deploy ends with %i, since cron mails what is printed",
    (code) => {
      expect(runLine(line.replace("/srv/paper", "."), code)).toEqual({ said: "", code: 0 });
    },
  );

  it.each([1, 2, 4, 5, 6, 7])("prints what a deploy said that ends with %i", (code) => {
    expect(runLine(line.replace("/srv/paper", "."), code)).toEqual({
      said: `it ends with ${code}\n`,
      code,
    });
  });
});

describe("the line for a job that articles with errors do not turn red", () => {
  const text = readFileSync(join(ROOT, "docs/often.md"), "utf8");
  const [line = ""] = /npm run deploy \|\| [^`]*/.exec(text) ?? [];

  it.each([
    [0, 0],
    [3, 0],
    [5, 1],
    [6, 1],
  ])("turns %i into %i", (code, end) => {
    expect(runLine(line, code).code).toBe(end);
  });
});
