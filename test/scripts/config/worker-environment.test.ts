import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { unstable_readConfig } from "wrangler";
import type { Project, ProjectFailure } from "../../../scripts/config/read-project.ts";
import { readProject } from "../../../scripts/config/read-project.ts";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import type { Result } from "../../../src/domain/result.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

/** wrangler's own reading; its types name a package that it does not come with. */
const readByWrangler = unstable_readConfig as unknown as (
  args: { readonly config: string; readonly env?: string },
  options: { readonly hideWarnings: boolean },
) => {
  readonly name?: string;
  readonly account_id?: string;
  readonly kv_namespaces: readonly { readonly id?: string }[];
};

const folder = temporaryFolder();

afterEach(() => {
  vi.unstubAllEnvs();
});

const TOML = `
name = "paper"
main = "worker.ts"
account_id = "0f"
compatibility_date = "2026-11-01"
compatibility_flags = ["nodejs_compat"]
keep_names = false
keep_vars = true
workers_dev = false
routes = [{ pattern = "paper.example", custom_domain = true }]

[[kv_namespaces]]
binding = "RELEASES"
id = "aaaa"

[[r2_buckets]]
binding = "PICTURES"
bucket_name = "pictures"

[observability]
enabled = true

[vars]
MOTTO = "all"

[vars.SITE]
title = "Paper"
url = "https://paper.example"
hub = "https://hub.example/"

[env.staging]
routes = []
workers_dev = true

[[env.staging.kv_namespaces]]
binding = "RELEASES"

[env.staging.vars.SITE]
title = "Paper, to try"
url = "https://paper-staging.mine.workers.dev"
hub = "https://hub.example/"

[env.trial]
name = "attempt"
account_id = "1f"
routes = [{ pattern = "trial.example", custom_domain = true }]
observability = { enabled = false }
compatibility_flags = []

[[env.trial.kv_namespaces]]
binding = "RELEASES"
id = "bbbb"

[env.trial.vars]
MOTTO = "some"
SITE = { title = "Trial", url = "https://trial.example", indexed = true }
`;

/** The same in JSON, with comments and commas that JSON has not. */
const JSONC = `{
  // The site itself.
  "name": "paper", "main": "worker.ts",
  "kv_namespaces": [{ "binding": "RELEASES", "id": "aaaa" }],
  "vars": { "SITE": { "title": "Paper", "url": "https://paper.example" } },
  "env": {
    "staging": {
      "workers_dev": true,
      "kv_namespaces": [{ "binding": "RELEASES" },],
      "vars": { "SITE": {
        "title": "To try",
        "url": "https://b.example",
      } },
    },
  },
}
`;

function write(text: string, name = "wrangler.toml"): void {
  writeFileSync(join(folder.path, name), text);
  writeFileSync(join(folder.path, "worker.ts"), "export default {};");
}

function read(environment: Readonly<Record<string, string>> = {}): Result<Project, ProjectFailure> {
  return readProject(folder.path, environment);
}

function opened(environment: Readonly<Record<string, string>> = {}): Project {
  const project = read(environment);
  if (!project.ok) throw new Error(JSON.stringify(project.failure));
  return project.value;
}

/** Why a project cannot be read. */
function refusal(environment: Readonly<Record<string, string>> = {}): string {
  const project = read(environment);
  if (project.ok) throw new Error("it was read");
  const { failure } = project;
  return "diagnostics" in failure
    ? failure.diagnostics.map(formatDiagnostic).join("\n")
    : failure.detail;
}

describe("an environment", () => {
  it.each([
    ["wrangler.toml", "", TOML],
    ["wrangler.toml", "staging", TOML],
    ["wrangler.toml", "trial", TOML],
    ["wrangler.jsonc", "", JSONC],
    ["wrangler.jsonc", "staging", JSONC],
    ["wrangler.json", "staging", JSONC],
  ])("of %s is what wrangler reads: %j", (name, env, text) => {
    write(text, name);
    vi.stubEnv("CLOUDFLARE_ENV", env);
    const file = join(folder.path, name);
    const theirs = readByWrangler({ config: file }, { hideWarnings: true });
    const { config } = opened({ CLOUDFLARE_ENV: env });
    // What a deploy hands to wrangler, read by wrangler.
    const flat = join(folder.path, "flat.json");
    writeFileSync(flat, JSON.stringify(config.table));
    const ours = readByWrangler({ config: flat, env: "" }, { hideWarnings: true });
    const paths = { configPath: "", userConfigPath: "", definedEnvironments: [] };
    const named = { topLevelName: "", targetEnvironment: "" };
    expect({ ...ours, ...paths, ...named }).toEqual({ ...theirs, ...paths, ...named });
    expect([config.name, config.accountId]).toEqual([theirs.name, theirs.account_id ?? null]);
    expect(config.namespaceId).toBe(theirs.kv_namespaces[0]?.id ?? null);
  });

  it("is the one that wrangler takes of several files", () => {
    write(TOML);
    write(JSONC.replaceAll("paper", "second"), "wrangler.jsonc");
    expect(opened().config).toMatchObject({ name: "second", path: "wrangler.jsonc" });
    write(JSONC.replaceAll("paper", "first"), "wrangler.json");
    expect(opened().config).toMatchObject({ name: "first", path: "wrangler.json" });
  });

  it("keeps hubs and search engines for the site that readers know", () => {
    write(TOML);
    const told = ["", "staging", "trial"].map((name) => {
      const { site, isIndexed } = opened({ CLOUDFLARE_ENV: name }).settings;
      return [site.hub, isIndexed];
    });
    expect(told).toEqual([
      ["https://hub.example/", true],
      [null, false],
      [null, true],
    ]);
  });

  it("is told what it lacks, in the file's own words", () => {
    write(TOML);
    const { warnings } = opened({ CLOUDFLARE_ENV: "staging" });
    expect(warnings.map(formatDiagnostic)).toEqual([
      'wrangler.toml:31: warning: The environment "staging" has no r2_buckets, which wrangler does not inherit from the top level; if it is to have one, add these lines with values of its own: [[env.staging.r2_buckets]] binding = "PICTURES" bucket_name = "pictures"',
      expect.stringMatching(/ has no vars\.MOTTO, .*: \[env\.staging\.vars\] MOTTO = "…"$/),
    ]);
    write(TOML.replace(/\[env\.staging\.vars\.SITE\][^[]*/, ""));
    expect(refusal({ CLOUDFLARE_ENV: "staging" })).toBe(
      'wrangler.toml:31: error: The table [env.staging.vars.SITE] is missing, and wrangler inherits no vars from the top level; add these lines: [env.staging.vars.SITE], title = "…", url = "https://…", and the settings that are to be the same',
    );
    write(TOML.replace(/\[\[env\.staging\.kv[^[]*/, ""));
    expect(refusal({ CLOUDFLARE_ENV: "staging" })).toBe(
      'The environment "staging" has no KV namespace with the binding "RELEASES", and wrangler inherits none from the top level; add these lines:\n    [[env.staging.kv_namespaces]]\n    binding = "RELEASES"',
    );
    write(TOML.replace(/\[\[kv[^[]*/, ""));
    expect(refusal()).toMatch(/^The Worker has no KV namespace .*\n {4}\[\[kv_namespaces\]\]\n/);
  });

  it("is refused in JSON with the lines of JSON, and where they are", () => {
    write(JSONC.replace('"title": "To try",', ""), "wrangler.jsonc");
    expect(refusal({ CLOUDFLARE_ENV: "staging" })).toBe(
      'wrangler.jsonc:10: error: The setting "title" is missing; write the name of the site',
    );
    write(JSONC.replace('"To try"', "7"), "wrangler.jsonc");
    expect(refusal({ CLOUDFLARE_ENV: "staging" })).toMatch(/^wrangler\.jsonc:11: error: .* is 7;/);
    write(
      JSONC.replace(/"kv_namespaces": \[\{ "binding": "RELEASES" \},\],/, ""),
      "wrangler.jsonc",
    );
    expect(refusal({ CLOUDFLARE_ENV: "staging" })).toContain(
      '"kv_namespaces": [{ "binding": "RELEASES" }] in "staging"',
    );
    write(JSONC.replace('"name":', "name:"), "wrangler.jsonc");
    expect(refusal()).toMatch(/^wrangler\.jsonc:3: error: No JSON: InvalidSymbol; write/);
    for (const text of ["", "[]", "7"]) {
      write(text, "wrangler.jsonc");
      expect(refusal()).toMatch(/^wrangler\.jsonc:1: error: /);
    }
  });

  it.each([
    ["stagign", 'did you mean "staging"?'],
    ["x", "the environments are staging, trial; add [env.x], or choose another"],
    ["__proto__", 'There is no environment "__proto__"'],
  ])("%s is refused where the file does not have it", (name, advice) => {
    write(TOML);
    expect(refusal({ CLOUDFLARE_ENV: name })).toContain(advice);
  });
});

/** Each a way to put one Worker's releases or addresses to another. */
describe("two environments never share", () => {
  it.each([
    ["a Worker", "staging", 'name = "paper"', {}, 'are the same Worker, "paper"'],
    ["a Worker", "", 'name = "paper"', {}, "the top level and env.staging are the same Worker"],
    [
      "a Worker by Workers Builds",
      "staging",
      "",
      { WRANGLER_CI_OVERRIDE_NAME: "paper" },
      'names the Worker "paper", which is that of the top level',
    ],
    [
      "a Worker by Workers Builds",
      "",
      "",
      { WRANGLER_CI_OVERRIDE_NAME: "attempt" },
      "choose --env trial (or CLOUDFLARE_ENV)",
    ],
    ["a name that is none", "", "", { WRANGLER_CI_OVERRIDE_NAME: "" }, 'name "" is none'],
    [
      "a namespace",
      "staging",
      'kv_namespaces = [{ binding = "RELEASES", id = "aaaa" }]',
      {},
      'have the same KV namespace "aaaa"',
    ],
    [
      "a namespace",
      "",
      'kv_namespaces = [{ binding = "RELEASES", id = "aaaa" }]',
      {},
      "the top level and env.staging have the same KV namespace",
    ],
    [
      "inherited addresses",
      "staging",
      "inherits",
      {},
      'would take the address "paper.example" from the top level',
    ],
    [
      "an address",
      "staging",
      'routes = ["trial.example"]',
      {},
      'would take the address "trial.example" from env.trial',
    ],
    ["a url", "staging", "", { URL: "https://paper.example" }, "have the same url"],
  ])("%s: %j with %j and %j", (_, env, line, given, why) => {
    const { URL: url, ...environment }: Readonly<Record<string, string>> = given;
    const staging = /\[env\.staging\]\nroutes = \[\]/;
    const own = line.startsWith("routes") || line === "inherits" ? "" : "routes = []";
    const toml = TOML.replace(staging, `[env.staging]\n${line === "inherits" ? "" : line}\n${own}`)
      .replace(line.startsWith("kv") ? /\[\[env\.staging\.kv[^[]*/ : "", "")
      .replace("https://paper-staging.mine.workers.dev", url ?? "https://s.example");
    write(toml);
    expect(refusal({ CLOUDFLARE_ENV: env, ...environment })).toContain(why);
  });

  it("but the site that readers know keeps its addresses, whatever another claims", () => {
    write(TOML.replace("routes = []", ""));
    expect(opened().config.triggers.domains).toEqual(["paper.example"]);
  });

  it("and go where Workers Builds has wrangler deploy", () => {
    write(TOML);
    const environment = { CLOUDFLARE_ENV: "staging", WRANGLER_CI_OVERRIDE_NAME: "branch" };
    const { config, warnings } = opened(environment);
    expect(warnings.at(-1)?.what).toBe(
      'The Worker is "branch", which WRANGLER_CI_OVERRIDE_NAME says, and not "paper-staging"',
    );
    expect([config.name, config.table["name"]]).toEqual(["branch", "branch"]);
  });
});

describe("the compliance region", () => {
  const FEDRAMP = 'compliance_region = "fedramp_high"\n';

  it.each([
    [FEDRAMP, "public", /^compliance_region is "fedramp_high", and CLOUDFLARE_COMPLIANCE_REGION /],
    [FEDRAMP, "", /^CLOUDFLARE_COMPLIANCE_REGION is ""; it is public or fedramp_high/],
    ["", "eu", /^CLOUDFLARE_COMPLIANCE_REGION is "eu"; it is public or fedramp_high/],
    ['compliance_region = "eu"\n', undefined, /^compliance_region is "eu"; it is public/],
  ])("is refused before wrangler refuses it: %j %j", (setting, variable, why) => {
    write(setting + TOML);
    expect(
      refusal(variable === undefined ? {} : { CLOUDFLARE_COMPLIANCE_REGION: variable }),
    ).toMatch(why);
  });

  it.each([
    [FEDRAMP, { CLOUDFLARE_COMPLIANCE_REGION: "fedramp_high" }],
    [FEDRAMP, {}],
    ["", { CLOUDFLARE_COMPLIANCE_REGION: "fedramp_high" }],
  ])("may be said in one place or in both: %j %j", (setting, environment) => {
    write(setting + TOML);
    expect(read(environment).ok).toBe(true);
  });
});
