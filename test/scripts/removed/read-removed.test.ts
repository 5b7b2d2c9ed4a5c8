import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import { readRemoved } from "../../../scripts/removed/read-removed.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

async function faults(): Promise<readonly string[]> {
  const { entries, diagnostics } = await readRemoved(join(folder.path, "removed.txt"));
  expect(entries).toEqual([]);
  return diagnostics.map(formatDiagnostic);
}

it("need not be there", async () => {
  expect(await faults()).toEqual([]);
});

it("names the file where that is a folder", async () => {
  await mkdir(join(folder.path, "removed.txt"));
  expect(await faults()).toEqual([
    "removed.txt: error: The file cannot be read: EISDIR: illegal operation on a directory, read; make it a file of text, and correct its rights",
  ]);
});

it("names the file where that is not UTF-8", async () => {
  await writeFile(join(folder.path, "removed.txt"), Uint8Array.of(0xff, 0xfe, 0x41));
  expect(await faults()).toEqual(["removed.txt: error: The file is not UTF-8; save it as UTF-8"]);
});

it("reads a file that Windows has saved, with byte order mark and CRLF", async () => {
  const text = "\uFEFF/a  # a remark\r\n\r\n/b\r\n";
  await writeFile(join(folder.path, "removed.txt"), text);
  const { entries } = await readRemoved(join(folder.path, "removed.txt"));
  expect(entries).toEqual([
    { line: 1, text: "/a" },
    { line: 3, text: "/b" },
  ]);
});
