import { crc32 } from "node:zlib";
import { rankOfKey } from "../../../src/store/cut-packs.ts";
import { joinedBytes, u32s } from "../../../src/store/joined-bytes.ts";
import { deflateByLength } from "../article/deflate-by-length.ts";
import type { FileOutcome } from "./file-outcome.ts";
import { FlatOutcome } from "./flat-outcome.ts";
import type { OutcomeDetails } from "./outcome-details.ts";
import type { OutcomeRow, RowContents } from "./outcome-rows.ts";
import { OutcomeRows, ROW_BYTES, TRAIT, writeRow } from "./outcome-rows.ts";

/** Outcomes as bytes, for messages between threads and for the cache file. */
export interface OutcomeChunk {
  /** See `encodeChunk`. */
  readonly index: Uint8Array<ArrayBuffer>;
  /** The compressed bodies of the articles, one behind the other. */
  readonly bodies: Uint8Array<ArrayBuffer>;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const FIELD_BYTES = 4;
const START_BYTES = 2 * FIELD_BYTES;
const NOTHING = {
  id: "",
  hash: "",
  rank: 0,
  published: { epochSeconds: 0, offsetMinutes: 0 },
  updated: null,
  headLength: 0,
  storedLength: 0,
  storedCrc: 0,
  bodyLength: 0,
  bodyCrc: 0,
} as const;

/**
 * The index of a chunk:
 *
 *     number of rows: u32 | length of the texts: u32 | rows | texts: paths and lists of names, as JSON | details and head of each
 *
 * Places of details count from its beginning, those of bodies from that of the bodies.
 */
export function encodeChunk(outcomes: readonly FileOutcome[]): OutcomeChunk {
  const stored = deflateByLength(
    outcomes.flatMap(({ result }) => (result.kind === "article" ? result.article.entry : [])),
  );
  const details: Uint8Array[] = [];
  const bodies: Uint8Array[] = [];
  const lists = new Map<string, number>([["[]", 0]]);
  const listNumber = (list: readonly string[]): number => {
    const text = JSON.stringify(list);
    const number = lists.get(text) ?? lists.size;
    lists.set(text, number);
    return number;
  };
  let [detailsPlace, bodyPlace] = [0, 0];
  const described = outcomes.map((outcome): OutcomeRow => {
    const { path, pathInSource, stamp, result } = outcome;
    const article = result.kind === "article" ? result.article : null;
    const record = encoder.encode(JSON.stringify(detailsOf(outcome)));
    const head = article?.entry.head ?? new Uint8Array();
    const both = joinedBytes([record, head]);
    const body = article === null ? undefined : stored.get(article.entry);
    const row = {
      ...NOTHING,
      status: stamp.status,
      blob: stamp.blob,
      traits: traitsOf(outcome),
      innerLength: pathInSource.length,
      categories: listNumber(article?.categories ?? []),
      tags: listNumber(article?.tags ?? []),
      language: listNumber([article?.language ?? []].flat()),
      authors: listNumber(article?.authors ?? []),
      detailsPlace,
      detailsLength: record.byteLength,
      headLength: head.byteLength,
      detailsCrc: crc32(both),
      bodyPlace,
    };
    details.push(both);
    detailsPlace += both.byteLength;
    if (article === null || body === undefined) return row;
    bodies.push(body.bytes);
    bodyPlace += body.bytes.byteLength;
    if (path !== article.path) throw new TypeError(`"${article.path}" was read of "${path}"`);
    return {
      ...row,
      id: article.id,
      hash: article.entry.hash,
      rank: rankOfKey(article.entry.key),
      published: article.published,
      updated: article.updated,
      storedLength: body.bytes.byteLength,
      storedCrc: crc32(body.bytes),
      bodyLength: body.byteLength,
      bodyCrc: body.crc,
    };
  });
  const texts = encoder.encode(
    JSON.stringify([
      outcomes.map(({ path }) => path),
      [...lists.keys()].map((list) => JSON.parse(list) as unknown),
    ]),
  );
  const rows = Buffer.alloc(described.length * ROW_BYTES);
  const detailsStart = START_BYTES + rows.byteLength + texts.byteLength;
  for (const [index, row] of described.entries()) {
    writeRow(rows.subarray(index * ROW_BYTES, (index + 1) * ROW_BYTES), {
      ...row,
      detailsPlace: detailsStart + row.detailsPlace,
    });
  }
  const start = u32s([described.length, texts.byteLength]);
  return { index: joinedBytes([start, rows, texts, ...details]), bodies: joinedBytes(bodies) };
}

function detailsOf({ lookups, diagnostics, result }: FileOutcome): OutcomeDetails {
  if (result.kind === "skipped") return { lookups, diagnostics, facts: null, why: result.why };
  const { titleLine, identity, redirects, guessedRedirects } = result.article;
  const { localFiles, mediaHosts, links } = result.article;
  const found = { localFiles, mediaHosts, links };
  const facts = { titleLine, identity, redirects, guessedRedirects, ...found };
  return { lookups, diagnostics, facts, why: null };
}

function traitsOf({ lookups, diagnostics, result }: FileOutcome): number {
  const ofFile =
    (lookups.length > 0 ? TRAIT.lookups : 0) | (diagnostics.length > 0 ? TRAIT.diagnostics : 0);
  if (result.kind === "skipped") return ofFile;
  const { redirects, guessedRedirects, localFiles, links } = result.article;
  const { mediaHosts, entryId, recordings } = result.article;
  const { secure, insecure, upgraded } = mediaHosts;
  const has = [
    [redirects.length > 0, TRAIT.redirects],
    [guessedRedirects.length > 0, TRAIT.guessedRedirects],
    [localFiles.length > 0, TRAIT.localFiles],
    [links.length > 0, TRAIT.links],
    [[secure, insecure, upgraded].some((hosts) => hosts.length > 0), TRAIT.mediaHosts],
    [entryId !== null, TRAIT.entryId],
    [recordings !== undefined, TRAIT.recordings],
  ] as const;
  return has.reduce((traits, [isSo, trait]) => traits | (isSo ? trait : 0), ofFile | TRAIT.article);
}

/** The rows of a chunk, and what they refer to. */
export function rowsOfChunk(index: Uint8Array): RowContents {
  const bytes = Buffer.from(index.buffer, index.byteOffset, index.byteLength);
  const rowsEnd = START_BYTES + bytes.readUInt32LE(0) * ROW_BYTES;
  const textsEnd = rowsEnd + bytes.readUInt32LE(FIELD_BYTES);
  const texts = JSON.parse(decoder.decode(bytes.subarray(rowsEnd, textsEnd))) as Texts;
  return { rows: bytes.subarray(START_BYTES, rowsEnd), paths: texts[0], lists: texts[1] };
}

type Texts = readonly [RowContents["paths"], RowContents["lists"]];

/** The outcomes of a chunk that stays in memory. */
export function decodeChunk({ index, bodies }: OutcomeChunk): readonly FileOutcome[] {
  const rows = new OutcomeRows({
    details: (place, length) => index.subarray(place, place + length),
    body: (place, length) => bodies.subarray(place, place + length),
  });
  rows.append(rowsOfChunk(index), 0, 0);
  return Array.from({ length: rows.count }, (_, row) => new FlatOutcome(rows, row));
}
