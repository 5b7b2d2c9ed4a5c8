import { execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as v from "valibot";

const PROJECT = join(import.meta.dirname, "../..");

/** The package as `npm pack` makes it. */
export interface PackedProgram {
  /** The folder that holds the tarball. */
  readonly folder: string;
  readonly tarball: string;
  /** What is in it, as npm says. */
  readonly files: readonly { readonly path: string; readonly size: number }[];
  readonly unpackedBytes: number;
}

const packages = v.object({ dependencies: v.record(v.string(), v.string()) });
const packReport = v.tuple([
  v.object({
    filename: v.string(),
    unpackedSize: v.number(),
    files: v.array(v.object({ path: v.string(), size: v.number() })),
  }),
]);

/** Packs the program of this checkout into a folder that the test removes. */
export function packProgram(): PackedProgram {
  const folder = mkdtempSync(join(tmpdir(), "offprint-pack-"));
  const args = ["pack", "--json", "--silent", "--pack-destination", folder];
  const said = execFileSync("npm", args, { cwd: PROJECT, encoding: "utf8" });
  const [{ filename, unpackedSize, files }] = v.parse(packReport, JSON.parse(said));
  return { folder, tarball: join(folder, filename), files, unpackedBytes: unpackedSize };
}

/**
 * Makes a site with the packed program among its packages, outside of the checkout, in a folder that the test removes. The
 * packages that the program depends on, and no others, are links to those of the checkout, since to install them takes a
 * minute; so what is tested is that the program has all that it needs, and not npm.
 *
 * @param isNested whether those packages lie below the program's own folder, where npm puts them beside others' versions
 */
export function makePackedSite({ tarball }: PackedProgram, isNested = false): string {
  const folder = mkdtempSync(join(tmpdir(), "offprint-site-"));
  const packagesFolder = join(folder, "node_modules");
  const program = join(packagesFolder, "offprint");
  mkdirSync(program, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "-C", program, "--strip-components=1"]);
  const text = readFileSync(join(program, "package.json"), "utf8");
  for (const name of Object.keys(v.parse(packages, JSON.parse(text)).dependencies)) {
    const link = join(isNested ? join(program, "node_modules") : packagesFolder, name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(PROJECT, "node_modules", name), link, "junction");
  }
  const programs = join(packagesFolder, ".bin");
  mkdirSync(programs);
  symlinkSync("../offprint/dist/offprint.js", join(programs, "offprint"));
  // Of the developer's Node, which a site has as a package where the machine's is older.
  symlinkSync(process.execPath, join(programs, "node"));
  const scripts = {
    start: "offprint start",
    "check:content": "offprint check",
    bundle: "offprint bundle",
    deploy: "offprint deploy",
    release: "offprint release",
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, scripts }));
  writeFileSync(join(folder, "wrangler.toml"), siteSettings());
  const fixtures = join(PROJECT, "test/fixtures/articles");
  cpSync(fixtures, join(folder, "articles"), { recursive: true });
  return folder;
}

/** The files of a folder with what is in them, but for links to other packages. */
export function contentsOf(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path, readFileSync(path, "latin1")];
    }),
  );
}

/** wrangler's file of this checkout as a site of one's own has it (docs/design.md). */
function siteSettings(): string {
  return readFileSync(join(PROJECT, "wrangler.toml"), "utf8")
    .replace('"node scripts/offprint.ts bundle"', '"offprint bundle"')
    .replace('["src", "scripts", "build/watched"]', '["build/watched"]')
    .replace(/^url = .*$/m, 'url = "https://paper.example"');
}

/** Removes folders that this module made. */
export function removeFolders(...folders: readonly string[]): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
