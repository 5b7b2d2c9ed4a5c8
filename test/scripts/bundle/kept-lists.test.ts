import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { KeptLists } from "../../../scripts/bundle/kept-lists.ts";
import { openKeptLists } from "../../../scripts/bundle/kept-lists.ts";
import { emptyRows } from "../../../scripts/bundle/list-rows.ts";
import { deflateBody } from "../../../scripts/read/article/deflate-body.ts";
import { DamagedCache } from "../../../scripts/read/cache/with-cache.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import type { PackEntry } from "../../../src/store/pack.ts";
import { lazyPackEntry } from "../../../src/store/pack.ts";

const CODE = contentHash(["code"]);
const PAGE = "一页".repeat(100);
const SCOPE = {
  key: "c/news",
  title: "新闻",
  count: 3,
  window: 1,
  known: 2,
  digest: contentHash(["digest"]),
  newestPage: "2022-01",
};

const CELLS = { bytes: Buffer.from("cells"), settings: contentHash(["settings"]) };

let folder = "";
let files = { lists: "", bodies: "" };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "offprint-lists-"));
  files = { lists: join(folder, "lists"), bodies: join(folder, "pages") };
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const open = (code = CODE): KeptLists => openKeptLists(files, code);

function entryOf(text: string): PackEntry {
  const encoder = new TextEncoder();
  return lazyPackEntry(
    encoder.encode(`p/${text.slice(0, 9)}`),
    new Uint8Array(),
    encoder.encode(text),
    deflateBody,
  );
}

/** Keeps what was planned of some pages, as a bundling does, and then the bodies of those that somebody asked for. */
function keep(texts: readonly string[], asked = texts, kept = open()): void {
  const entries = texts.map(entryOf);
  const keyBytes = entries.reduce((sum, { key }) => sum + key.byteLength, 0);
  const rows = emptyRows(entries.length, keyBytes);
  let end = 0;
  for (const [row, entry] of entries.entries()) {
    rows.keys.set(entry.key, end);
    end += entry.key.byteLength;
    const name = { digest: contentHash([String(row)]), before: row };
    const body = kept.bodies?.addedBody(entry.hash) ?? null;
    rows.write(row, end, { entry, rank: row, scope: 0, name, articles: row, body });
  }
  kept.replace({ rows, scopes: [SCOPE], cells: CELLS });
  for (const entry of asked.map(entryOf)) kept.bodies?.keep(entry.hash, entry.deflate());
  kept.bodies?.flush();
}

/** The texts of all rows; null where no body was kept. */
function textsOf({ rows, bodies }: KeptLists): readonly (string | null)[] {
  return Array.from({ length: rows.count }, (_, row) => {
    const body = rows.body(row);
    const stored = body === null ? undefined : bodies?.body(body);
    return stored === undefined ? null : inflateRawSync(stored.bytes).toString();
  });
}

describe("openKeptLists", () => {
  it("gives rows and scopes as they were, and the bodies that somebody asked for", () => {
    keep([PAGE, "another"], ["another"]);
    const kept = open();
    expect([kept.scopes, kept.cells]).toEqual([[SCOPE], CELLS]);
    expect(textsOf(kept)).toEqual([null, "another"]);
    const { hash, size, key } = entryOf(PAGE);
    expect([kept.rows.hash(0), kept.rows.size(0), kept.rows.key(0)]).toEqual([
      hash,
      size,
      Buffer.from(key),
    ]);
    const { rows } = kept;
    expect([rows.rank(1), rows.scope(1), rows.articles(1), rows.name(1)]).toEqual([
      1,
      0,
      1,
      { digest: contentHash(["1"]), before: 1 },
    ]);
    kept.replace(kept);
    expect(open().bodies?.hasAdded).toBe(false);
    expect(textsOf(open())).toEqual([null, "another"]);
  });

  it("takes nothing of other code", () => {
    keep([PAGE]);
    expect(open(contentHash(["other"])).rows.count).toBe(0);
    expect(open().rows.count).toBe(1);
    // The other code has begun the file of bodies anew.
    expect(textsOf(open())).toEqual([null]);
  });

  it("takes no body that another program appended with other code", () => {
    const older = open(contentHash(["older"]));
    keep([PAGE], []);
    const entry = entryOf(PAGE);
    older.bodies?.keep(entry.hash, entry.deflate());
    older.bodies?.flush();
    expect(textsOf(open())).toEqual([null]);
  });

  it("goes on where a crash cut a body off", () => {
    keep([PAGE, "another"]);
    writeFileSync(files.bodies, readFileSync(files.bodies).subarray(0, -1));
    expect(textsOf(open())).toEqual([PAGE, null]);
    keep([PAGE, "another"], ["another"]);
    expect(textsOf(open())).toEqual([PAGE, "another"]);
  });

  it("finds bodies by their entries where the rows are lost or damaged, or the file is another", () => {
    keep([PAGE]);
    rmSync(files.lists);
    expect(open().bodies?.addedBody(entryOf(PAGE).hash)).not.toBe(null);
    keep([PAGE], []);
    const bytes = readFileSync(files.lists);
    bytes.writeUInt8(bytes.readUInt8(bytes.byteLength - 9) ^ 1, bytes.byteLength - 9);
    writeFileSync(files.lists, bytes);
    expect([open().rows.count, open().bodies?.hasAdded]).toEqual([0, true]);
    keep([PAGE], []);
    rmSync(files.bodies);
    expect(textsOf(open())).toEqual([null]);
    keep([PAGE]);
    expect(textsOf(open())).toEqual([PAGE]);
  });

  it("says so rather than give a body that was damaged on disk", () => {
    keep([PAGE]);
    const bytes = readFileSync(files.bodies);
    bytes.writeUInt8(bytes.readUInt8(bytes.byteLength - 9) ^ 1, bytes.byteLength - 9);
    writeFileSync(files.bodies, bytes);
    expect(() => textsOf(open())).toThrow(DamagedCache);
  });

  it("gives back the space of bodies that no row has any more", () => {
    keep([PAGE, "another"]);
    const kept = open();
    const large = entryOf(Array.from({ length: 400_000 }, (_, index) => index ** 3).join(""));
    kept.bodies?.keep(large.hash, large.deflate());
    kept.bodies?.flush();
    const middle = open();
    middle.replace(middle);
    const before = statSync(files.bodies).size;
    expect(textsOf(open())).toEqual([PAGE, "another"]);
    expect(statSync(files.bodies).size).toBeLessThan(before / 100);
    expect(textsOf(open())).toEqual([PAGE, "another"]);
  });
});
