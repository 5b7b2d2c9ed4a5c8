import { MARKDOWN } from "../../../markdown-options.ts";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { formatDiagnostic } from "../../../../scripts/diagnostics/diagnostic.ts";
import { createArticleReader } from "../../../../scripts/read/cache/article-reader.ts";
import type { FileOutcome } from "../../../../scripts/read/cache/file-outcome.ts";
import { isUnchanged } from "../../../../scripts/read/files/file-stamp.ts";
import { outcomeOfFault, outcomeOfSlowFile } from "../../../../scripts/read/cache/unread-file.ts";
import type { FoundFile } from "../../../../scripts/read/files/find-articles.ts";
import { PLAIN_FOLDER } from "../../../../scripts/read/files/find-articles.ts";
import { statOf } from "../../../../scripts/read/files/stat-of.ts";
import { usualAddresses } from "../../../usual-addresses.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "offprint-reader-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function found(pathInSource: string): FoundFile {
  const file = join(root, pathInSource);
  return { file, path: `_posts/${pathInSource}`, source: root, pathInSource, folder: PLAIN_FOLDER };
}

function write(pathInSource: string, text: string): FoundFile {
  writeFileSync(join(root, pathInSource), text);
  return found(pathInSource);
}

/** @param timeZone of the site; settings never hold an unknown one, at which reading a date throws */
function read(timeZone: string, ...files: readonly FoundFile[]): readonly FileOutcome[] {
  return createArticleReader({
    root,
    sources: [],
    startedAt: 0,
    site: { url: "https://news.example", language: "zh-CN", timeZone },
    splitNames: true,
    markdown: MARKDOWN,
    addresses: usualAddresses(),
    nowEpochSeconds: 2_000_000_000,
  })(files);
}

const messages = (outcomes: readonly FileOutcome[]): readonly string[] =>
  outcomes.flatMap(({ diagnostics }) => diagnostics.map(formatDiagnostic));

describe("createArticleReader", () => {
  it("makes whatever goes wrong with a file an error of that file, and keeps the stack", () => {
    const outcomes = read(
      "Nowhere/At-all",
      write("2022-01-10-a.md", "---\ntitle: a\n---\nText.\n"),
      write("b.md", "---\ntitle: b\ndraft: true\n---\nText.\n"),
    );
    expect(outcomes.map(({ result }) => result)).toEqual([
      { kind: "skipped", why: { reason: "error" } },
      { kind: "skipped", why: { reason: "draft" } },
    ]);
    expect(messages(outcomes)).toEqual([
      "_posts/2022-01-10-a.md:1: error: The article could not be read because of a fault in Offprint (RangeError: Invalid time zone specified: Nowhere/At-all); the stack is in build/faults/_posts-2022-01-10-a.md.txt, which an issue report should have; the file was skipped",
    ]);
    const stack = readFileSync(join(root, "build/faults/_posts-2022-01-10-a.md.txt"), "utf8");
    expect(stack).toMatch(/^_posts\/2022-01-10-a\.md\nRangeError: [^]*time-zone\.ts/);
  });

  it("passes over a file that is not there any more", () => {
    expect(read("UTC", found("2022-01-10-gone.md"))).toEqual([]);
  });

  it("names a file that cannot be opened, and is no fault of ours", () => {
    const folder: FoundFile = { ...found("2022-01-10-a.md"), file: root };
    expect(messages(read("UTC", folder))).toEqual([
      "_posts/2022-01-10-a.md:1: error: The file cannot be read: EISDIR: illegal operation on a directory, read; correct its rights, or the link",
    ]);
    expect(existsSync(join(root, "build"))).toBe(false);
  });
});

describe("what is no article at all", () => {
  it("is not read where it is very large", () => {
    const large = write("2022-01-10-large.md", "");
    truncateSync(large.file, 3_000_000_000);
    expect(messages(read("UTC", large))).toEqual([
      "_posts/2022-01-10-large.md:1: error: The file has 3000 MB, and an article may have 25 MB with all that is embedded in it; cut it into several, or put its pictures beside it; the file was skipped",
    ]);
  });

  it("is gone where a pipe took its place", () => {
    execFileSync("mkfifo", [join(root, "2022-01-10-pipe.md")]);
    expect(read("UTC", found("2022-01-10-pipe.md"))).toEqual([]);
  });
});

describe("outcomeOfFault", () => {
  it("says that the stack cannot be written where the disk is full or read-only", () => {
    writeFileSync(join(root, "build"), "");
    const outcome = outcomeOfFault(new RangeError("odd"), found("a.md"), root);
    expect(messages([outcome])).toEqual([
      expect.stringContaining("(RangeError: odd); the stack could not be written (ENOTDIR"),
    ]);
  });

  it("keeps the stack also of a file with a very long name", () => {
    const [error] = outcomeOfFault(
      new Error("x".repeat(10_000)),
      found(`${"题".repeat(300)}.md`),
      root,
    ).diagnostics;
    const [file = ""] = /build\/faults\/\S+?\.txt/.exec(error?.what ?? "") ?? [];
    expect(existsSync(join(root, file))).toBe(true);
    expect(error?.what.length).toBeLessThan(500);
  });
});

describe("outcomeOfSlowFile", () => {
  it("is an error of the file, which is read again the next time", () => {
    const slow = write("2022-01-10-a.md", "");
    const { stamp, diagnostics } = outcomeOfSlowFile(slow, 10);
    expect(diagnostics.map(formatDiagnostic)).toEqual([
      "_posts/2022-01-10-a.md:1: error: The article takes more than 10 s of CPU time to read, which is a fault in Offprint; cut it into several, and send it with an issue report; the file was skipped",
    ]);
    const stats = statOf(slow.file);
    expect(stats !== null && isUnchanged(stamp, stats)).toBe(false);
  });
});
