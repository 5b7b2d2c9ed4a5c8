import { execFileSync } from "node:child_process";
import { cpSync, globSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { rendererHashes } from "../../../scripts/program/renderer-hashes.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const ROOT = join(import.meta.dirname, "../../..");

const ORIGINAL = await rendererHashes(ROOT);

/** What nobody asks for by a validator, and the choice among formats and words. */
const WITHOUT_VALIDATOR = new Set([
  "error-page.ts",
  "feed-stylesheet.ts",
  "feed.ts",
  "feed-words.ts",
  "link-preview-page.ts",
  "link-previews.ts",
  "icons.ts",
  "robots.ts",
]);

/** Another checkout, in which the code can be changed. */
const checkout = temporaryFolder();

beforeEach(() => {
  cpSync(join(ROOT, "src"), join(checkout.path, "src"), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(checkout.path, "node_modules"));
});

function edit(file: string, change: (code: string) => string): void {
  const path = join(checkout.path, "src", file);
  const before = readFileSync(path, "utf8");
  const after = change(before);
  if (after === before) throw new Error(`"${file}" does not hold what is to change`);
  writeFileSync(path, after);
}

/** The kinds of documents whose code is another than in the original. */
async function changed(): Promise<readonly string[]> {
  const hashes = await rendererHashes(checkout.path);
  return Object.entries(hashes)
    .filter(([kind, hash]) => hash !== ORIGINAL[kind as keyof typeof ORIGINAL])
    .map(([kind]) => kind);
}

describe("rendererHashes", () => {
  it("are one for each kind of document", () => {
    expect(new Set(Object.values(ORIGINAL)).size).toBe(4);
  });

  it("stay with comments, another layout and other line ends", async () => {
    for (const name of globSync("**/*.ts", { cwd: join(checkout.path, "src") })) {
      edit(name, (code) => {
        const commented = code.replaceAll(/\n\n(?=export |function )/g, "\n\n\n/* Quizzical. */\n");
        return `// Zebras.\n${commented}\n// Quagga.\n`;
      });
    }
    writeFileSync(
      join(checkout.path, ".oxfmtrc.json"),
      JSON.stringify({ printWidth: 60, singleQuote: true, semi: false, trailingComma: "none" }),
    );
    execFileSync(join(ROOT, "node_modules/.bin/oxfmt"), ["src"], { cwd: checkout.path });
    for (const name of globSync("**/*.ts", { cwd: join(checkout.path, "src") })) {
      edit(name, (code) => code.replaceAll("\n", "\r\n"));
    }
    expect(await changed()).toEqual([]);
  });

  it("stay with settings of the compiler that stand above the project", async () => {
    writeFileSync(
      join(checkout.path, "tsconfig.json"),
      JSON.stringify({ compilerOptions: { target: "es2015", useDefineForClassFields: false } }),
    );
    expect(await changed()).toEqual([]);
  });

  it.each([
    ["render/rss.ts", "lastBuildDate", "changedDate", ["rss"]],
    ["render/atom.ts", '"generator"', '"maker"', ["atom"]],
    ["render/json-feed.ts", "date_modified", "modified", ["json"]],
    ["render/xml.ts", "&#x26;", "&#38;", ["rss", "atom", "page"]],
    ["render/feed-entry.ts", '"/category"', '"/section"', ["rss", "atom", "json"]],
    ["render/frame-style.ts", "line-break: strict", "line-break: loose", ["page"]],
    ["render/phrases/simplified-chinese.ts", "最新", "最近", ["page"]],
    ["render/content-security-policy.ts", "connect-src 'self'", "connect-src 'none'", ["page"]],
    ["domain/routes.ts", "/healthz", "/health", []],
  ])("change with %s for what it makes alone", async (file, before, after, kinds) => {
    edit(file, (code) => code.replaceAll(before, after));
    expect((await changed()).toSorted()).toEqual(kinds.toSorted());
  });

  it.each(
    globSync("*.ts", { cwd: join(ROOT, "src/render") }).filter(
      (name) => !WITHOUT_VALIDATOR.has(name),
    ),
  )("change with %s", async (name) => {
    edit(`render/${name}`, (code) => `${code}\nglobalThis.name = "counted";\n`);
    expect(await changed()).not.toEqual([]);
  });
});
