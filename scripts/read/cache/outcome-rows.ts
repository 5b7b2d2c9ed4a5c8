import { crc32 } from "node:zlib";
import type { ArticleHeader } from "../../../src/domain/article.ts";
import type { Moment } from "../../../src/domain/moment.ts";
import type { ShareId } from "../../../src/domain/share-id.ts";
import { decodeArticleHead } from "../../../src/store/article-entry.ts";
import type { ContentHash } from "../../../src/store/content-hash.ts";
import type { DeflatedBody } from "../../../src/store/pack.ts";
import type { FileStatus } from "../files/file-stamp.ts";
import type { OutcomeDetails } from "./outcome-details.ts";
import { DamagedCache } from "./with-cache.ts";

/*
 * What is asked of every article in every bundling stands in a row of fixed length; the rest lies elsewhere, as JSON, and is
 * decoded when somebody asks:
 *
 *     status: 4 × f64, NaN where there is none | published, or due: f64 | updated: f64, NaN for never | places of details and body: 2 × f64 |
 *     lengths of details, head, stored body and body: 4 × u32 | CRC of details and head, of the stored body, of the body: 3 × u32 |
 *     what it has: u32 | lists of its categories, its tags and its language: 3 × u32 | offsets of published and updated: 2 × i16 |
 *     length of the path inside the source folder: u16 | list of its authors: u32 | id | blob id | hash of the entry | rank of its key: u32
 *
 * The head stands behind the details.
 */
const STATUS = 0;
const PUBLISHED = 32;
const UPDATED = 40;
const DETAILS_PLACE = 48;
const BODY_PLACE = 56;
const DETAILS_LENGTH = 64;
const HEAD_LENGTH = 68;
const STORED_LENGTH = 72;
const BODY_LENGTH = 76;
const DETAILS_CRC = 80;
const STORED_CRC = 84;
const BODY_CRC = 88;
const TRAITS = 92;
const CATEGORIES = 96;
const TAGS = 100;
const LANGUAGE = 104;
const PUBLISHED_OFFSET = 108;
const UPDATED_OFFSET = 110;
const INNER_LENGTH = 112;
const AUTHORS = 114;
const ID = 118;
const ID_LENGTH = 10;
const BLOB = ID + ID_LENGTH;
const BLOB_LENGTH = 20;
const HASH = BLOB + BLOB_LENGTH;
const HASH_LENGTH = 22;
const RANK = HASH + HASH_LENGTH;
export const ROW_BYTES = RANK + 4;
const F64 = 8;

/** What an outcome has; what it lacks, which is most, is known without its details. */
export const TRAIT = {
  article: 1,
  diagnostics: 2,
  lookups: 4,
  redirects: 8,
  guessedRedirects: 16,
  localFiles: 32,
  mediaHosts: 64,
  links: 128,
  entryId: 256,
  recordings: 512,
  blob: 1024,
} as const;

/** What a row says of an outcome; of one that is no article, that what articles have is empty. */
export interface OutcomeRow {
  readonly status: FileStatus | null;
  readonly blob: string;
  readonly traits: number;
  /** The length of the path inside the source folder, in UTF-16 units. */
  readonly innerLength: number;
  readonly id: string;
  readonly hash: string;
  /** `rankOfKey` of the entry's key. */
  readonly rank: number;
  readonly published: Moment;
  readonly updated: Moment | null;
  readonly categories: number;
  readonly tags: number;
  readonly language: number;
  readonly authors: number;
  readonly detailsPlace: number;
  readonly detailsLength: number;
  readonly headLength: number;
  /** Of details and head. */
  readonly detailsCrc: number;
  readonly bodyPlace: number;
  readonly storedLength: number;
  readonly storedCrc: number;
  readonly bodyLength: number;
  readonly bodyCrc: number;
}

/** Writes a row into `bytes`, which are zero. */
export function writeRow(bytes: Buffer, row: OutcomeRow): void {
  for (let field = 0; field < 4; field += 1) {
    bytes.writeDoubleLE(row.status?.[field] ?? Number.NaN, STATUS + field * F64);
  }
  bytes.writeDoubleLE(row.published.epochSeconds, PUBLISHED);
  bytes.writeDoubleLE(row.updated?.epochSeconds ?? Number.NaN, UPDATED);
  bytes.writeDoubleLE(row.detailsPlace, DETAILS_PLACE);
  bytes.writeDoubleLE(row.bodyPlace, BODY_PLACE);
  bytes.writeUInt32LE(row.detailsLength, DETAILS_LENGTH);
  bytes.writeUInt32LE(row.headLength, HEAD_LENGTH);
  bytes.writeUInt32LE(row.storedLength, STORED_LENGTH);
  bytes.writeUInt32LE(row.bodyLength, BODY_LENGTH);
  bytes.writeUInt32LE(row.detailsCrc, DETAILS_CRC);
  bytes.writeUInt32LE(row.storedCrc, STORED_CRC);
  bytes.writeUInt32LE(row.bodyCrc, BODY_CRC);
  bytes.writeUInt32LE(row.traits | (row.blob === "" ? 0 : TRAIT.blob), TRAITS);
  bytes.writeUInt32LE(row.categories, CATEGORIES);
  bytes.writeUInt32LE(row.tags, TAGS);
  bytes.writeUInt32LE(row.language, LANGUAGE);
  bytes.writeUInt32LE(row.authors, AUTHORS);
  bytes.writeInt16LE(row.published.offsetMinutes, PUBLISHED_OFFSET);
  bytes.writeInt16LE(row.updated?.offsetMinutes ?? 0, UPDATED_OFFSET);
  bytes.writeUInt16LE(row.innerLength, INNER_LENGTH);
  bytes.write(row.id, ID, "latin1");
  bytes.write(row.blob, BLOB, "hex");
  bytes.write(row.hash, HASH, "latin1");
  bytes.writeUInt32LE(row.rank, RANK);
}

/** Rows with all that they refer to, as a chunk or a file holds them. */
export interface RowContents {
  readonly rows: Buffer;
  /** The files' paths as diagnostics name them, one for each row. */
  readonly paths: readonly string[];
  /** Lists of categories, of tags, of authors, and of one language each; the first is empty. */
  readonly lists: readonly (readonly string[])[];
}

/** Where the rest lies: in a file, or in memory. */
export interface RowSources {
  readonly details: (place: number, length: number) => Uint8Array;
  readonly body: (place: number, length: number) => Uint8Array;
}

/** So many decoded heads and details are kept, since whoever asks for one thing of an article asks for more. */
const MOST_DECODED = 2048;
const FIRST_ROWS = 256;
/** Room that nothing comes into is memory that nobody has. */
const GROWTH = 1.25;
const decoder = new TextDecoder();

/** Rows, of which more may come. What is written in one stays as it is, but for its status. */
export class OutcomeRows {
  #bytes: Buffer = Buffer.alloc(0);
  /** The same bytes: a `Buffer` takes several times as long to read a number. */
  #view: DataView = new DataView(this.#bytes.buffer);
  #paths: string[] = [];
  #lists: (readonly string[])[] = [[]];
  /** Of lists as JSON; null until more rows come behind the first, since it takes long to make. */
  #listNumbers: Map<string, number> | null = null;
  readonly #sources: RowSources;
  readonly #heads = new Map<number, ArticleHeader>();
  readonly #details = new Map<number, OutcomeDetails>();

  constructor(sources: RowSources) {
    this.#sources = sources;
  }

  get count(): number {
    return this.#paths.length;
  }

  /**
   * Adds rows behind those that are there.
   *
   * @param detailsStart what places of details count from; likewise `bodiesStart`
   * @returns the number of the first
   */
  append({ rows, paths, lists }: RowContents, detailsStart: number, bodiesStart: number): number {
    const first = this.count;
    if (first === 0 && detailsStart === 0 && bodiesStart === 0 && lists[0]?.length === 0) {
      this.#setBytes(rows);
      this.#paths = [...paths];
      this.#lists = [...lists];
      return first;
    }
    this.#makeRoom(first + paths.length);
    const added = this.#bytes.subarray(first * ROW_BYTES, (first + paths.length) * ROW_BYTES);
    added.set(rows);
    for (const path of paths) this.#paths.push(path);
    const numbers = lists.map((list) => this.#listNumber(list));
    for (let at = 0; at < added.byteLength; at += ROW_BYTES) {
      added.writeDoubleLE(
        added.readDoubleLE(at + DETAILS_PLACE) + detailsStart,
        at + DETAILS_PLACE,
      );
      added.writeDoubleLE(added.readDoubleLE(at + BODY_PLACE) + bodiesStart, at + BODY_PLACE);
      for (const field of [CATEGORIES, TAGS, LANGUAGE, AUTHORS]) {
        added.writeUInt32LE(numbers[added.readUInt32LE(at + field)] ?? 0, at + field);
      }
    }
    return first;
  }

  /** The contents of some rows, in the order in which they are named. */
  contents(rows: readonly number[]): RowContents {
    const bytes = Buffer.allocUnsafeSlow(rows.length * ROW_BYTES);
    for (let start = 0; start < rows.length;) {
      const first = rows[start] ?? 0;
      let end = start + 1;
      // Nearly all stand behind the one before.
      while (rows[end] === first + end - start) end += 1;
      const from = first * ROW_BYTES;
      this.#bytes.copy(bytes, start * ROW_BYTES, from, from + (end - start) * ROW_BYTES);
      start = end;
    }
    return { rows: bytes, paths: rows.map((row) => this.path(row)), lists: this.#lists };
  }

  path(row: number): string {
    return this.#paths[row] ?? "";
  }

  pathInSource(row: number): string {
    return this.path(row).slice(-this.#view.getUint16(row * ROW_BYTES + INNER_LENGTH, true));
  }

  status(row: number): FileStatus | null {
    const at = row * ROW_BYTES + STATUS;
    const size = this.#view.getFloat64(at, true);
    if (Number.isNaN(size)) return null;
    const view = this.#view;
    return [
      size,
      view.getFloat64(at + F64, true),
      view.getFloat64(at + 2 * F64, true),
      view.getFloat64(at + 3 * F64, true),
    ];
  }

  blob(row: number): string {
    if (!this.has(row, TRAIT.blob)) return "";
    const at = row * ROW_BYTES + BLOB;
    return this.#bytes.toString("hex", at, at + BLOB_LENGTH);
  }

  has(row: number, trait: number): boolean {
    return (this.#view.getUint32(row * ROW_BYTES + TRAITS, true) & trait) !== 0;
  }

  id(row: number): ShareId {
    const at = row * ROW_BYTES + ID;
    return this.#bytes.toString("latin1", at, at + ID_LENGTH) as ShareId;
  }

  /** The id as the key of the entry. */
  key(row: number): Uint8Array {
    const at = row * ROW_BYTES + ID;
    return this.#bytes.subarray(at, at + ID_LENGTH);
  }

  hash(row: number): ContentHash {
    const at = row * ROW_BYTES + HASH;
    return this.#bytes.toString("latin1", at, at + HASH_LENGTH) as ContentHash;
  }

  rank(row: number): number {
    return this.#number(row, RANK);
  }

  published(row: number): Moment {
    const at = row * ROW_BYTES;
    return {
      epochSeconds: this.#view.getFloat64(at + PUBLISHED, true),
      offsetMinutes: this.#view.getInt16(at + PUBLISHED_OFFSET, true),
    };
  }

  updated(row: number): Moment | null {
    const at = row * ROW_BYTES;
    const epochSeconds = this.#view.getFloat64(at + UPDATED, true);
    if (Number.isNaN(epochSeconds)) return null;
    return { epochSeconds, offsetMinutes: this.#view.getInt16(at + UPDATED_OFFSET, true) };
  }

  categories(row: number): readonly string[] {
    return this.#list(row, CATEGORIES);
  }

  tags(row: number): readonly string[] {
    return this.#list(row, TAGS);
  }

  authors(row: number): readonly string[] {
    return this.#list(row, AUTHORS);
  }

  language(row: number): string | null {
    return this.#list(row, LANGUAGE)[0] ?? null;
  }

  /** The length of key, head and body. */
  size(row: number): number {
    return ID_LENGTH + this.#number(row, HEAD_LENGTH) + this.#number(row, BODY_LENGTH);
  }

  bodyLength(row: number): number {
    return this.#number(row, BODY_LENGTH);
  }

  /** What the row does not say of an article. */
  head(row: number): ArticleHeader {
    return remembered(this.#heads, row, () => decodeArticleHead(this.id(row), this.headBytes(row)));
  }

  headBytes(row: number): Uint8Array {
    return this.#checked(row).subarray(this.#number(row, DETAILS_LENGTH));
  }

  details(row: number): OutcomeDetails {
    return remembered(this.#details, row, () => {
      const bytes = this.#checked(row).subarray(0, this.#number(row, DETAILS_LENGTH));
      return JSON.parse(decoder.decode(bytes)) as OutcomeDetails;
    });
  }

  /** The body as it is stored. */
  body(row: number): DeflatedBody {
    const place = this.#view.getFloat64(row * ROW_BYTES + BODY_PLACE, true);
    const bytes = this.#sources.body(place, this.#number(row, STORED_LENGTH));
    this.#check(row, bytes, STORED_CRC);
    return {
      bytes,
      byteLength: this.#number(row, BODY_LENGTH),
      crc: this.#number(row, BODY_CRC),
      storedCrc: this.#number(row, STORED_CRC),
    };
  }

  /** Details and head. */
  #checked(row: number): Uint8Array {
    const place = this.#view.getFloat64(row * ROW_BYTES + DETAILS_PLACE, true);
    const length = this.#number(row, DETAILS_LENGTH) + this.#number(row, HEAD_LENGTH);
    const bytes = this.#sources.details(place, length);
    this.#check(row, bytes, DETAILS_CRC);
    return bytes;
  }

  #check(row: number, bytes: Uint8Array, field: number): void {
    if (crc32(bytes) === this.#number(row, field)) return;
    throw new DamagedCache(`What was kept of "${this.path(row)}" is damaged`);
  }

  #number(row: number, field: number): number {
    return this.#view.getUint32(row * ROW_BYTES + field, true);
  }

  #list(row: number, field: number): readonly string[] {
    return this.#lists[this.#number(row, field)] ?? [];
  }

  /** Each list is kept once, since articles of one newspaper have the same. */
  #listNumber(list: readonly string[]): number {
    this.#listNumbers ??= new Map(
      this.#lists.map((each, number) => [JSON.stringify(each), number] as const),
    );
    const text = JSON.stringify(list);
    const known = this.#listNumbers.get(text);
    if (known !== undefined) return known;
    this.#listNumbers.set(text, this.#lists.length);
    return this.#lists.push(list) - 1;
  }

  #makeRoom(rows: number): void {
    if (rows * ROW_BYTES <= this.#bytes.byteLength) return;
    const room = Math.max(rows, FIRST_ROWS, Math.ceil(GROWTH * this.count));
    const bytes = Buffer.allocUnsafeSlow(room * ROW_BYTES);
    this.#bytes.copy(bytes, 0, 0, this.count * ROW_BYTES);
    this.#setBytes(bytes);
  }

  #setBytes(bytes: Buffer): void {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
}

function remembered<Value>(known: Map<number, Value>, row: number, make: () => Value): Value {
  const found = known.get(row);
  if (found !== undefined) return found;
  const value = make();
  if (known.size >= MOST_DECODED) known.clear();
  known.set(row, value);
  return value;
}
