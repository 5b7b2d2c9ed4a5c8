import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { blobOf } from "../../../../scripts/read/files/file-stamp.ts";
import { CheckoutFailed, findAbsentFiles } from "../../../../scripts/read/git/absent-files.ts";

let root = "";
const at = (path: string): string => join(root, path);

function write(path: string, text: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), text);
}

function git(folder: string, ...args: readonly string[]): void {
  const who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
  execFileSync("git", [...who, ...args], { cwd: at(folder), stdio: "pipe" });
}

/** Makes a repository of a folder, and leaves files away that match a pattern. */
function commit(folder: string, pattern: string): void {
  git(folder, "init", "-q");
  git(folder, "add", "-A");
  git(folder, "commit", "-q", "-m", "all");
  if (pattern !== "") git(folder, "sparse-checkout", "set", "--no-cone", "/*", pattern);
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "offprint-absent-"));
  write("articles/a.md", "a\n");
  write("articles/[b] *.md", "b\n");
  write("articles/kept.txt", "kept\n");
  // Another filter than Git LFS, which is not installed everywhere.
  write(".gitattributes", "*.big.md filter=other\n");
  write("articles/c.big.md", "c\n");
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

it("finds what a sparse checkout has left away, once, and checks out what is asked for", async () => {
  commit("", "!/articles/*.md");
  expect(existsSync(at("articles/a.md"))).toBe(false);
  const absent = await findAbsentFiles([at("articles"), root], process.env);
  const b = at("articles/[b] *.md");
  expect(new Map(absent.blobs)).toEqual(
    new Map([
      [b, blobOf(Buffer.from("b\n"))],
      [at("articles/a.md"), blobOf(Buffer.from("a\n"))],
      // What a filter makes of the blob is known only when it is checked out.
      [at("articles/c.big.md"), null],
    ]),
  );
  await absent.checkOut([b, at("articles/kept.txt"), at("articles/new.md")]);
  expect(readFileSync(b, "utf8")).toBe("b\n");
  expect([...absent.blobs.keys()]).toEqual([at("articles/a.md"), at("articles/c.big.md")]);
  expect(existsSync(at("articles/a.md"))).toBe(false);
});

it("takes what lies there all the same for what it is, and looks into a repository within", async () => {
  commit("articles", "!/*.md");
  mkdirSync(at("articles"), { recursive: true });
  write("articles/a.md", "mine\n");
  write(".gitignore", "articles\n");
  commit("", "");
  const absent = await findAbsentFiles([root, at("articles")], process.env);
  expect([...absent.blobs.keys()].toSorted()).toEqual([
    at("articles/[b] *.md"),
    at("articles/c.big.md"),
  ]);
  await absent.checkOut(absent.blobs.keys());
  expect(readFileSync(at("articles/a.md"), "utf8")).toBe("mine\n");
});

it("finds nothing in a whole checkout, nor where there is none", async () => {
  expect((await findAbsentFiles([root], process.env)).blobs.size).toBe(0);
  commit("", "");
  rmSync(at("articles/a.md"));
  expect((await findAbsentFiles([root, at("none")], process.env)).blobs.size).toBe(0);
});

it("fails where git cannot check out", async () => {
  commit("", "!/articles/*.md");
  const absent = await findAbsentFiles([root], process.env);
  rmSync(at(".git/objects"), { recursive: true });
  await expect(absent.checkOut([at("articles/a.md")])).rejects.toThrow(CheckoutFailed);
});
