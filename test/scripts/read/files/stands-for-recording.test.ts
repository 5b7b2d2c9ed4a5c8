import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { standsForRecording } from "../../../../scripts/read/files/stands-for-recording.ts";

const folder = mkdtempSync(join(tmpdir(), "offprint-recordings-"));
const file = join(folder, "talk.mp3");

afterAll(() => {
  rmSync(folder, { recursive: true });
});

it.each([
  ["", "empty"],
  ["\n<!doctype html><title>404</title>", "a page in HTML"],
])("knows that %j is no recording", (content, is) => {
  writeFileSync(file, content);
  expect(standsForRecording(file)?.[0]).toContain(is);
});

it("leaves recordings, and files that cannot be read, to others", () => {
  writeFileSync(file, Buffer.from([0xff, 0xfb, 0x90, 0x64]));
  expect(standsForRecording(file)).toBeNull();
  expect(standsForRecording(join(folder, "none.mp3"))).toBeNull();
});
