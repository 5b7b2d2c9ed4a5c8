import type { ContentHash } from "../../src/store/content-hash.ts";
import { HASH_BYTES, hashBytes, readHash } from "../../src/store/content-hash.ts";
import { joinedBytes } from "../../src/store/joined-bytes.ts";

/** Where the index of a release's files lies, and what it rests on. */
export interface IndexRef {
  /** A hash of all that decided what was read from a file, besides the file. */
  readonly basis: ContentHash;
  /** The packs of the index. */
  readonly packs: readonly ContentHash[];
}

/*
 * It stands in the extra field of the record's gzip header (RFC 1952, section 2.3.1.1), which programs that do not know it pass over, as
 * versions of Offprint before 0.3 do: "OI" | length: u16 | basis: 16 bytes | hash of each pack: 16 bytes.
 */
const SUBFIELD = new TextEncoder().encode("OI");
const FLAGS = 3;
const HAS_EXTRA = 4;
const FIXED_HEADER_BYTES = 10;
const LENGTH_BYTES = 2;
const FIELDS_START = FIXED_HEADER_BYTES + LENGTH_BYTES;
const CONTENT_START = FIELDS_START + SUBFIELD.length + LENGTH_BYTES;
/** Some four thousand packs: ten million articles. */
const MOST_CONTENT_BYTES = 0xff_ff - SUBFIELD.length - LENGTH_BYTES;

/** Puts it into a gzip file that has no extra field yet; leaves it away if it does not fit, so that there is no index. */
export function withIndexRef(zipped: Uint8Array, { basis, packs }: IndexRef): Uint8Array {
  const content = joinedBytes([basis, ...packs].map(hashBytes));
  if (content.byteLength > MOST_CONTENT_BYTES) return zipped;
  const header = zipped.slice(0, FIXED_HEADER_BYTES);
  header[FLAGS] = (header[FLAGS] ?? 0) | HAS_EXTRA;
  return joinedBytes([
    header,
    u16(CONTENT_START - FIELDS_START + content.byteLength),
    SUBFIELD,
    u16(content.byteLength),
    content,
    zipped.subarray(FIXED_HEADER_BYTES),
  ]);
}

/** Reads what `withIndexRef` wrote; null where nothing, or something else, is in the extra field. */
export function indexRefOf(zipped: Uint8Array): IndexRef | null {
  if (zipped.byteLength < CONTENT_START || ((zipped[FLAGS] ?? 0) & HAS_EXTRA) === 0) return null;
  const view = new DataView(zipped.buffer, zipped.byteOffset, zipped.byteLength);
  const length = view.getUint16(CONTENT_START - LENGTH_BYTES, true);
  const end = CONTENT_START + length;
  const isOurs =
    SUBFIELD.every((byte, index) => zipped[FIELDS_START + index] === byte) &&
    length % HASH_BYTES === 0 &&
    end <= zipped.byteLength;
  if (!isOurs) return null;
  const [basis, ...packs] = Array.from({ length: length / HASH_BYTES }, (_, index) =>
    readHash(zipped, CONTENT_START + index * HASH_BYTES),
  );
  return basis === undefined ? null : { basis, packs };
}

function u16(number: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(LENGTH_BYTES));
  view.setUint16(0, number, true);
  return new Uint8Array(view.buffer);
}
