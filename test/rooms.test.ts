import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, normalize, relative } from "node:path";
import * as v from "valibot";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOMS } from "../oxlint.config.ts";

/*
 * The rules stand in oxlint.config.ts. A rule that has never met a violation may not work at all, so each one meets one
 * here: a folder of small wrong files is linted with the project's own configuration.
 */

const ROOT = join(import.meta.dirname, "..");

/** Imports that no room may hold whatever it is: packages of the Worker's, detours, tests. */
const NEVER: Readonly<Record<string, readonly string[]>> = {
  "src/domain": ["./../store/pack.ts", "hono", "valibot", "node:zlib", "cloudflare:workers"],
  "src/render": ["../domain/../store/pack.ts", "hono/html", "node:fs"],
  "src/store": ["hono", "node:fs", "valibot"],
  "src/http": ["../worker.ts", "node:fs", "sanitize-html"],
  src: ["hono"],
  scripts: ["../src/worker.ts", "../test/sample.ts", "hono", "cloudflare:workers"],
  "scripts/publish": [
    "../deploy.ts",
    "../../test/sample.ts",
    "../../build/release.bin",
    "hono/etag",
  ],
  "scripts/read/body/html": ["../../../../src/worker.ts", "../html/../markdown/markdown.ts"],
};

interface PlantedRoom {
  readonly name: string;
  readonly mayNotImport: readonly string[];
  readonly mayImport: readonly string[];
}

/** For each room a file that imports from every other one. */
const PLANTED: readonly PlantedRoom[] = Object.entries(ROOMS).map(([name, { from, packages }]) => {
  const importsOf = (rooms: readonly string[]): readonly string[] =>
    rooms.map((other) => relativeImport(name, `${other}/planted.ts`));
  const others = Object.keys(ROOMS).filter((other) => other !== name && !from.includes(other));
  return {
    name,
    mayNotImport: [...importsOf(others), ...(NEVER[name] ?? [])],
    mayImport: [
      "./beside.ts",
      ...importsOf(from),
      ...(packages ?? ["node:fs", "sanitize-html"]).map((entry) => entry.replace("**", "a.js")),
    ],
  };
});

function relativeImport(from: string, to: string): string {
  const path = relative(from, to);
  return path.startsWith(".") ? path : `./${path}`;
}

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

const PURE_ROOMS = ["domain", "render", "store"] as const;

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
  {
    rule: "eslint(no-restricted-globals)",
    path: "scripts/publish/world.ts",
    text: "export const a = process.env;",
  },
  {
    rule: "eslint(no-restricted-properties)",
    path: "scripts/releases/clock.ts",
    text: "export const a = Date.now();",
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
  const folder = await mkdtemp(join(tmpdir(), "offprint-rooms-"));
  try {
    await plant(folder);
    complaints = await lint(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);

async function plant(folder: string): Promise<void> {
  const files = [
    ...PLANTED.map(({ name, mayNotImport, mayImport }) => ({
      path: `${name}/planted.ts`,
      text: [...mayNotImport, ...mayImport].map((from) => `import "${from}";`).join("\n"),
    })),
    { path: "src/domain/forms.ts", text: IMPORT_FORMS.join("\n") },
    ...PURE_ROOMS.map((layer) => ({
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
  await copyFile(join(ROOT, "oxlint.config.ts"), join(folder, "oxlint.config.ts"));
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

/** Every file of the rooms. */
const SOURCES = globSync(["src/**/*.ts", "scripts/**/*.ts"], { cwd: ROOT });

/** From where to where the sources import, type imports included, as files or as what `nodeOf` makes of them. */
function graphOf(nodeOf: (path: string) => string): ReadonlyMap<string, readonly string[]> {
  const arrows = SOURCES.flatMap((path) => {
    const text = readFileSync(join(ROOT, path), "utf8");
    return [...text.matchAll(/\b(?:from|import|require\(|import\()\s*"(\.[^"]+)"/g)].map(
      ([, target = ""]) => [nodeOf(path), nodeOf(normalize(join(dirname(path), target)))] as const,
    );
  }).filter(([from, to]) => from !== to);
  return new Map(
    [...Map.groupBy(arrows, ([from]) => from)].map(([from, ofNode]) => [
      from,
      ofNode.map(([, to]) => to),
    ]),
  );
}

/** The nodes of a circle, the first once more at the end; empty where there is none. */
function circleIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  const search = (path: readonly string[], node: string): readonly string[] => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return [];
    for (const next of graph.get(node) ?? []) {
      const circle = search([...path, node], next);
      if (circle.length > 0) return circle;
    }
    done.add(node);
    return [];
  };
  for (const node of graph.keys()) {
    const circle = search([], node);
    if (circle.length > 0) return circle;
  }
  return [];
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

describe("the rooms", () => {
  it.each(PLANTED)("$name imports from where its arrows lead", ({ name, mayNotImport }) => {
    expect(mayNotImport.length).toBeGreaterThan(0);
    expect(linesOf(`${name}/planted.ts`, "eslint(no-restricted-imports)")).toEqual(
      mayNotImport.map((_from, index) => index + 1),
    );
  });

  it("are all the folders that there are", () => {
    const folders = new Set(SOURCES.map((path) => dirname(path)));
    expect([...folders].toSorted()).toEqual(Object.keys(ROOMS).toSorted());
  });

  it("use every arrow that they have", () => {
    const graph = graphOf(dirname);
    const unused = Object.entries(ROOMS).flatMap(([name, { from }]) =>
      from
        .filter(
          (other) => other.startsWith("scripts/") && graph.get(name)?.includes(other) !== true,
        )
        .map((other) => `${name} -> ${other}`),
    );
    expect(unused).toEqual([]);
  });

  it("form no circle, nor do files", () => {
    expect(circleIn(graphOf((path) => path))).toEqual([]);
    expect(circleIn(graphOf(dirname))).toEqual([]);
  });

  it.each([
    { arrows: { a: ["b"], b: ["a"] }, circle: ["a", "b", "a"] },
    { arrows: { a: ["b"], b: ["c"], c: ["b"] }, circle: ["b", "c", "b"] },
    { arrows: { a: ["b", "c"], b: ["c"], c: [] }, circle: [] },
  ])("would show a circle of $arrows", ({ arrows, circle }) => {
    expect(circleIn(new Map(Object.entries(arrows)))).toEqual(circle);
  });

  it("sees every form of import", () => {
    expect(linesOf("src/domain/forms.ts", "eslint(no-restricted-imports)")).toEqual(
      IMPORT_FORMS.map((_form, index) => index + 1),
    );
  });
});

describe.each(PURE_ROOMS)("the pure room src/%s", (layer) => {
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
