import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import { platform } from "node:os";
import { beforeEach, describe, expect, it } from "vitest";
import { blobOf } from "../../../../scripts/read/files/file-stamp.ts";
import { committedBlobs } from "../../../../scripts/read/git/committed-blobs.ts";
import { temporaryFolder } from "../../../temporary-folder.ts";

const folder = temporaryFolder();
const at = (path: string): string => join(folder.path, path);
const FILES = ["a.md", "b.md", "中文.md", "below/c.md"];
const textOf = (path: string): string => `text of ${path}\n`;
const blobOfText = (text: string): string => blobOf(Buffer.from(text));

/** Git as it is, which notes what it was asked. */
function notedGit(): { readonly PATH: string } {
  const real = execFileSync("sh", ["-c", "command -v git"]).toString().trim();
  mkdirSync(at("bin"));
  writeFileSync(at("bin/git"), `#!/bin/sh\necho "$@" >> "${at("asked")}"\nexec ${real} "$@"\n`);
  chmodSync(at("bin/git"), 0o755);
  return { PATH: `${at("bin")}${delimiter}${process.env["PATH"]}` };
}

function asked(): string {
  return existsSync(at("asked")) ? readFileSync(at("asked"), "utf8") : "";
}

const blobsOf = async (
  paths: readonly string[] = FILES,
  environment: Readonly<Record<string, string>> = {},
): Promise<ReadonlyMap<string, string>> =>
  committedBlobs(at("clone/articles"), { ...process.env, ...environment }, paths);

const ALL = new Map(FILES.map((path) => [path, blobOfText(textOf(path))]));

beforeEach(() => {
  const git = (place: string, ...args: readonly string[]): void => {
    const who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    execFileSync("git", [...who, ...args], { cwd: at(place), stdio: "pipe" });
  };
  mkdirSync(at("origin/articles/below"), { recursive: true });
  for (const path of FILES) writeFileSync(at(`origin/articles/${path}`), textOf(path));
  git("origin", "init", "-q");
  git("origin", "add", "-A");
  git("origin", "commit", "-q", "-m", "all");
  git("", "clone", "-q", "origin", "clone");
});

describe("what git knows of the files in a checkout", () => {
  it("is the blob of each, and of none that nobody asked about", async () => {
    expect(await blobsOf()).toEqual(ALL);
    expect(await blobsOf(["a.md", "untracked.md"])).toEqual(new Map([...ALL].slice(0, 1)));
  });

  it.runIf(platform() !== "win32")(
    "is known after a fresh clone without comparing one of them",
    async () => {
      expect(await blobsOf(FILES, notedGit())).toEqual(ALL);
      expect(asked()).toContain("ls-files");
      expect(asked()).not.toContain("diff-files");
    },
  );

  it("is nothing for a file that was touched, whose bytes git does not compare either", async () => {
    utimesSync(at("clone/articles/a.md"), 1, 1);
    expect(await blobsOf()).toEqual(new Map([...ALL].slice(1)));
  });

  it.each([
    ["is as long as before, in the second of the clone", textOf("A.md")],
    ["is longer", "a longer text of a.md\n"],
  ])("is nothing for a file that %s", async (_name, text) => {
    writeFileSync(at("clone/articles/a.md"), text);
    expect(await blobsOf()).toEqual(new Map([...ALL].slice(1)));
  });

  it("is nothing for a file that is gone, and nothing outside of a checkout", async () => {
    rmSync(at("clone/articles/a.md"));
    expect(await blobsOf()).toEqual(new Map([...ALL].slice(1)));
    rmSync(at("clone/.git"), { recursive: true });
    expect(await blobsOf()).toEqual(new Map());
  });

  it("is asked of a whole folder where it is about many files", async () => {
    const many = Array.from({ length: 300 }, (_, number) => `untracked-${number}.md`);
    expect(await blobsOf([...FILES, ...many])).toEqual(ALL);
  });
});
