import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openKeptPages } from "../../../scripts/bundle/kept-pages.ts";
import { DamagedCache } from "../../../scripts/read/cache/with-cache.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import type { PackEntry } from "../../../src/store/pack.ts";

const KEY = new TextEncoder().encode("p/2022-01/category/news");
const CODE = contentHash(["code"]);
const PAGE = "一页".repeat(100);

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "offprint-pages-"));
  file = join(folder, "pages");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Plans a page, as a bundling does, and deflates it. */
function plan(text: string, { before = 3, code = CODE } = {}) {
  const encode = vi.fn<() => Uint8Array>(() => new TextEncoder().encode(text));
  const pages = openKeptPages(file, code);
  const entry = pages.entry({ digest: contentHash([text]), before }, KEY, encode);
  const stored = entry.deflate();
  pages.flush();
  pages.tidy();
  return { entry, stored, isKept: encode.mock.calls.length === 0 };
}

function shown({ key, head, hash, size }: PackEntry): unknown {
  return { key, head, hash, size };
}

describe("openKeptPages", () => {
  it("gives a page again as it was, without encoding it", () => {
    const first = plan(PAGE);
    const again = plan(PAGE);
    expect([first.isKept, again.isKept]).toEqual([false, true]);
    expect(shown(again.entry)).toEqual(shown(first.entry));
    expect({ ...again.stored, bytes: Buffer.from(again.stored.bytes) }).toEqual({
      ...first.stored,
      bytes: Buffer.from(first.stored.bytes),
    });
    expect(inflateRawSync(again.stored.bytes).toString()).toBe(PAGE);
  });

  it("takes no page for another, nor one of other code", () => {
    plan(PAGE);
    expect(plan("another").isKept).toBe(false);
    expect(plan(PAGE, { before: 2 }).isKept).toBe(false);
    expect(plan(PAGE, { code: contentHash(["other"]) }).isKept).toBe(false);
    expect(plan(PAGE).isKept).toBe(false);
  });

  it("takes none that another program appended with other code", () => {
    const older = openKeptPages(file, contentHash(["older"]));
    older.entry({ digest: contentHash([PAGE]), before: 3 }, KEY, () => KEY).deflate();
    plan("another");
    older.flush();
    expect(plan(PAGE).isKept).toBe(false);
  });

  it("goes on where a crash cut a page off", () => {
    plan(PAGE);
    plan("another");
    writeFileSync(file, readFileSync(file).subarray(0, -1));
    expect(plan(PAGE).isKept).toBe(true);
    expect(plan("another").isKept).toBe(false);
    expect(plan("another").isKept).toBe(true);
  });

  it("says so rather than give a page that was damaged on disk", () => {
    plan(PAGE);
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.byteLength - 9) ^ 1, bytes.byteLength - 9);
    writeFileSync(file, bytes);
    expect(() => plan(PAGE)).toThrow(DamagedCache);
  });

  it("gives back the space of pages that nobody needs any more", () => {
    plan("one more");
    const record = readFileSync(file).subarray(`offprint pages 1\n${CODE}\n`.length);
    const pages = openKeptPages(file, CODE);
    for (let number = 0; number < 1500; number += 1) {
      pages.entry({ digest: contentHash([String(number)]), before: 0 }, KEY, () => KEY).deflate();
    }
    pages.flush();
    appendFileSync(file, record);
    expect(plan("one more").isKept).toBe(true);
    expect(statSync(file).size).toBeLessThan(1000);
    expect(plan("one more").isKept).toBe(true);
  });
});
