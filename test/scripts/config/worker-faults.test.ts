import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { parseConfigFile } from "../../../scripts/config/config-file.ts";
import { findMisspeltKeys } from "../../../scripts/config/misspelt-keys.ts";
import { findWorkerFaults } from "../../../scripts/config/worker-faults.ts";
import { readWorkerEnvironment } from "../../../scripts/config/worker-environment.ts";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";

const TOML = `name = "paper"
main = "build/worker.js"
compatibility_date = "2026-11-01"

[build]
command = "offprint bundle"

[[kv_namespaces]]
binding = "RELEASES"

[assets]
directory = "build/assets"
binding = "ASSETS"

[vars.SITE]
title = "Paper"

[env.staging.vars.SITE]
title = "To try"
`;

/** What is said of a file where `before` was written as `after`. */
function said(before: string, after: string, environment: string | null = null): readonly string[] {
  expect(TOML).toContain(before);
  const file = parseConfigFile(TOML.replace(before, after), "wrangler.toml");
  if (!file.ok) return file.failure.map(formatDiagnostic);
  const worker = readWorkerEnvironment(file.value, environment);
  if (!worker.ok) return worker.failure.map(formatDiagnostic);
  const faults = findWorkerFaults(file.value, worker.value);
  return [...worker.value.warnings, ...faults].map(formatDiagnostic);
}

describe("wrangler's part of the settings", () => {
  it("is passed over where it is right", () => {
    expect(said("", "")).toEqual([]);
  });

  it.each([
    [
      "main",
      "mian",
      'wrangler.toml:2: warning: wrangler has no setting "mian"; did you mean "main"?',
      'wrangler.toml:1: error: The Worker has no "main"; write main = "build/worker.js" above the first table',
    ],
    [
      "[build]",
      "[buidl]",
      'wrangler.toml:5: warning: wrangler has no setting "buidl"; did you mean "build"?',
    ],
    [
      "command",
      "comand",
      'wrangler.toml:6: warning: wrangler has no setting "build.comand"; did you mean "command"?',
    ],
    [
      "[[kv_namespaces]]",
      "[[kv_namespace]]",
      'wrangler.toml:1: warning: wrangler has no setting "kv_namespace"; did you mean "kv_namespaces"?',
      'wrangler.toml:1: error: The Worker has no KV namespace with the binding "RELEASES"; add these lines: [[kv_namespaces]] binding = "RELEASES"',
    ],
    [
      '"RELEASES"',
      '"RELEASE"',
      'wrangler.toml:1: error: The Worker has no KV namespace with the binding "RELEASES"; add these lines: [[kv_namespaces]] binding = "RELEASES"',
    ],
    [
      '"ASSETS"',
      '"ASSET"',
      'wrangler.toml:13: warning: The files of articles have no binding "ASSETS", so recordings would not be found; write binding = "ASSETS" under assets',
    ],
    [
      '"2026-11-01"',
      '"yesterday"',
      'wrangler.toml:3: error: The Worker\'s compatibility_date is "yesterday", which is no day between quotes; write compatibility_date = "2026-11-01"',
    ],
    [
      'compatibility_date = "2026-11-01"',
      "",
      'wrangler.toml:1: error: The Worker has no "compatibility_date"; write compatibility_date = "2026-11-01"',
    ],
  ])("written %s as %s is named", (before, after, ...expected) => {
    expect(said(before, after)).toEqual(expected);
  });

  it.each(['"2026-02-30"', '"2026-1-1"', "2026-11-01"])("has no day %s", (day) => {
    expect(said('"2026-11-01"', day)).toEqual([
      expect.stringContaining("which is no day between quotes"),
    ]);
  });

  it("of an environment is named by the environment", () => {
    const [misspelt] = said(
      "[env.staging.vars.SITE]",
      "[env.staging]\nmian = 'a'\n[env.staging.vars.SITE]",
      "staging",
    );
    expect(misspelt).toBe(
      'wrangler.toml:19: warning: wrangler has no setting "env.staging.mian"; did you mean "main"?',
    );
  });

  it("may have every key that the installed wrangler has", () => {
    const path = join(import.meta.dirname, "../../../node_modules/wrangler/config-schema.json");
    const { definitions } = v.parse(
      v.object({
        definitions: v.object({
          RawConfig: v.object({ properties: v.record(v.string(), v.unknown()) }),
        }),
      }),
      JSON.parse(readFileSync(path, "utf8")),
    );
    const keys = Object.keys(definitions.RawConfig.properties);
    expect(keys.length).toBeGreaterThan(40);
    const table = Object.fromEntries(keys.map((key) => [key, {}]));
    const file = { path: "wrangler.toml", isJson: false, table, lineOf: () => 1 };
    expect(findMisspeltKeys(file, table, [])).toEqual([]);
  });
});
