import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";

/*
 * The layer rules stand in .oxlintrc.json. A rule that has never met a fault may not work at all, so each one meets a
 * planted fault here: a folder of small wrong files is linted with the project's own configuration.
 */

const ROOT = join(import.meta.dirname, "..");

interface Layer {
  /** A planted file of that layer. */
  readonly path: string;
  readonly mayNotImport: readonly string[];
  readonly mayImport: readonly string[];
}

const LAYERS: readonly Layer[] = [
  {
    path: "src/domain/planted.ts",
    mayNotImport: [
      "../render/page.ts",
      "../store/pack.ts",
      "../http/app.ts",
      "../worker.ts",
      "../../scripts/lib/read.ts",
      "../../test/sample.ts",
      "./../store/pack.ts",
      "hono",
      "valibot",
      "node:zlib",
      "cloudflare:workers",
    ],
    mayImport: ["./result.ts", "@noble/hashes/sha2.js"],
  },
  {
    path: "src/render/planted.ts",
    mayNotImport: [
      "../store/pack.ts",
      "../http/app.ts",
      "../../scripts/lib/read.ts",
      "../domain/../store/pack.ts",
      "hono/html",
      "node:fs",
    ],
    mayImport: ["./page.ts", "../domain/result.ts", "@noble/hashes/sha2.js"],
  },
  {
    path: "src/store/planted.ts",
    mayNotImport: [
      "../render/page.ts",
      "../http/app.ts",
      "../../scripts/lib/read.ts",
      "hono",
      "node:fs",
      "valibot",
    ],
    mayImport: ["./pack.ts", "../domain/result.ts", "node:buffer", "node:crypto", "node:zlib"],
  },
  {
    path: "src/http/planted.ts",
    mayNotImport: [
      "../worker.ts",
      "../../scripts/lib/read.ts",
      "../../build/release.bin",
      "node:fs",
      "sanitize-html",
    ],
    mayImport: [
      "./app.ts",
      "../domain/result.ts",
      "../render/page.ts",
      "../store/pack.ts",
      "hono",
      "hono/etag",
    ],
  },
  {
    path: "src/worker.ts",
    mayNotImport: ["./render/page.ts", "./domain/article.ts", "../scripts/bundle.ts", "hono"],
    mayImport: ["./http/app.ts", "./store/pack.ts", "../build/release.bin"],
  },
  {
    path: "scripts/planted.ts",
    mayNotImport: ["../src/http/app.ts", "../src/worker.ts", "../test/sample.ts", "hono"],
    mayImport: ["./lib/read.ts", "../src/domain/result.ts", "../src/store/pack.ts", "node:fs"],
  },
  {
    path: "scripts/lib/planted.ts",
    mayNotImport: [
      "../bundle.ts",
      "../../src/http/app.ts",
      "../../src/worker.ts",
      "../../test/sample.ts",
      "hono",
    ],
    mayImport: ["./read.ts", "../../src/render/feed.ts", "node:fs", "sanitize-html"],
  },
  {
    path: "scripts/lib/body/planted.ts",
    mayNotImport: ["../../bundle.ts", "../../../src/http/app.ts", "../../../test/sample.ts"],
    mayImport: ["./render.ts", "../read.ts", "../../../src/domain/result.ts", "markdown-it"],
  },
];

/** Every way to write an import from a layer that may not be imported. */
const IMPORT_FORMS: readonly string[] = [
  'import { a } from "../store/pack.ts";',
  'import type { A } from "../store/pack.ts";',
  'import "../store/pack.ts";',
  'export { b } from "../store/pack.ts";',
  'export type { B } from "../store/pack.ts";',
  'export * from "../store/pack.ts";',
  'export const c = import("../store/pack.ts");',
];

const PURE_LAYERS = ["domain", "render", "store"] as const;

/** What the pure layers do not know, and the word that the complaint holds. */
const IMPURE_LINES: ReadonlyMap<string, string> = new Map([
  ["export const a = Date.now();", "Date.now"],
  ["export const b = Math.random();", "Math.random"],
  ["export const c = process.env;", "process"],
  ['export const d = (): unknown => fetch("/");', "fetch"],
  ['console.log("e");', "console"],
  ["setTimeout(String, 1);", "setTimeout"],
  ["export const f = crypto.randomUUID();", "crypto"],
  ["export const g = performance.now();", "performance"],
  ["export const h = globalThis;", "globalThis"],
  ['export const i = Buffer.from("i");', "Buffer"],
]);

interface HouseFault {
  readonly rule: string;
  readonly path: string;
  readonly text: string;
}

/** Faults on purpose, in texts that are linted and never run: a rule that finds none here would find none in the code. */
const HOUSE_FAULTS: readonly HouseFault[] = [
  {
    rule: "typescript(no-explicit-any)",
    path: "src/domain/any.ts",
    text: "export const a = (b: any): unknown => b;",
  },
  {
    rule: "typescript(no-non-null-assertion)",
    path: "src/domain/non-null.ts",
    text: "export const a = (b?: string): string => b!;",
  },
  {
    rule: "typescript(consistent-type-imports)",
    path: "src/domain/type-import.ts",
    text: 'import { A } from "./a.ts";\nexport const a = (b: A): A => b;',
  },
  {
    rule: "typescript(consistent-type-imports)",
    path: "src/domain/type-query.ts",
    text: 'export type A = import("../store/pack.ts").Pack;',
  },
  {
    rule: "typescript(no-floating-promises)",
    path: "src/domain/floating.ts",
    text: "async function a(): Promise<void> {}\na();",
  },
  {
    rule: "typescript(no-misused-promises)",
    path: "src/domain/misused.ts",
    text: "async function a(): Promise<boolean> { return true; }\nif (a()) a;",
  },
  { rule: "import(no-default-export)", path: "src/domain/default.ts", text: "export default 1;" },
  { rule: "oxc(no-barrel-file)", path: "src/domain/barrel.ts", text: 'export * from "./any.ts";' },
  {
    rule: "import(extensions)",
    path: "src/domain/extension.ts",
    text: 'export { a } from "./any";',
  },
  { rule: "unicorn(filename-case)", path: "src/domain/camelCase.ts", text: "export const a = 1;" },
  {
    rule: "import(no-cycle)",
    path: "src/domain/ring-one.ts",
    text: 'import { two } from "./ring-two.ts";\nexport const one = (): unknown => two;',
  },
  {
    rule: "import(no-cycle)",
    path: "src/domain/ring-two.ts",
    text: 'import { one } from "./ring-one.ts";\nexport const two = (): unknown => one;',
  },
  {
    rule: "vitest(no-focused-tests)",
    path: "scripts/focused.test.ts",
    text: 'import { it } from "vitest";\nit.only("a", () => {});',
  },
  {
    rule: "vitest(no-disabled-tests)",
    path: "scripts/disabled.test.ts",
    text: 'import { it } from "vitest";\nit.skip("a", () => {});',
  },
];

const Complaint = v.object({
  code: v.optional(v.string(), ""),
  message: v.string(),
  filename: v.string(),
  labels: v.array(v.object({ span: v.object({ line: v.number() }) })),
});
const Report = v.object({ diagnostics: v.array(Complaint) });

let complaints: readonly v.InferOutput<typeof Complaint>[] = [];

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), "offprint-layers-"));
  try {
    await plant(folder);
    complaints = await lint(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);

async function plant(folder: string): Promise<void> {
  const files = [
    ...LAYERS.map(({ path, mayNotImport, mayImport }) => ({
      path,
      text: [...mayNotImport, ...mayImport].map((from) => `import "${from}";`).join("\n"),
    })),
    { path: "src/domain/forms.ts", text: IMPORT_FORMS.join("\n") },
    ...PURE_LAYERS.map((layer) => ({
      path: `src/${layer}/impure.ts`,
      text: [...IMPURE_LINES.keys()].join("\n"),
    })),
    ...HOUSE_FAULTS,
    { path: "tsconfig.json", text: '{ "compilerOptions": { "strict": true } }' },
  ];
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  await copyFile(join(ROOT, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
}

/** Lints the planted files alone; the linter's own failure shows as a report that cannot be read. */
async function lint(folder: string): Promise<readonly v.InferOutput<typeof Complaint>[]> {
  const oxlint = join(ROOT, "node_modules/oxlint/bin/oxlint");
  const report = await new Promise<string>((resolve) => {
    execFile(
      process.execPath,
      [oxlint, "--format", "json", "src", "scripts"],
      { cwd: folder, maxBuffer: 16 * 1024 * 1024 },
      (_error, stdout) => {
        resolve(stdout);
      },
    );
  });
  return v.parse(Report, JSON.parse(report)).diagnostics;
}

/** The lines of `path` that `rule` complains about, each once. */
function linesOf(path: string, rule: string, word = ""): readonly number[] {
  const lines = complaints
    .filter(
      ({ code, filename, message }) => filename === path && code === rule && message.includes(word),
    )
    .flatMap(({ labels }) => labels.slice(0, 1).map(({ span }) => span.line));
  return [...new Set(lines)].toSorted((one, other) => one - other);
}

describe("the layers", () => {
  it.each(LAYERS)("$path imports only what its layer may", ({ path, mayNotImport }) => {
    expect(linesOf(path, "eslint(no-restricted-imports)")).toEqual(
      mayNotImport.map((_from, index) => index + 1),
    );
  });

  it("sees every form of import", () => {
    expect(linesOf("src/domain/forms.ts", "eslint(no-restricted-imports)")).toEqual(
      IMPORT_FORMS.map((_form, index) => index + 1),
    );
  });
});

describe.each(PURE_LAYERS)("the pure layer src/%s", (layer) => {
  it.each([...IMPURE_LINES.values()].map((word, index) => ({ word, line: index + 1 })))(
    "does not know $word",
    ({ word, line }) => {
      const path = `src/${layer}/impure.ts`;
      expect([
        ...linesOf(path, "eslint(no-restricted-globals)", word),
        ...linesOf(path, "eslint(no-restricted-properties)", word),
      ]).toContain(line);
    },
  );
});

describe("house rules", () => {
  it.each(HOUSE_FAULTS)("$rule finds $path", ({ rule, path }) => {
    expect(linesOf(path, rule)).not.toEqual([]);
  });
});
