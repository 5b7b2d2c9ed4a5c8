import type { Result } from "../domain/result.ts";
import { ok } from "../domain/result.ts";
import type { Pack, PackFailure } from "./pack.ts";
import { beginsWithTerm, blockKey } from "./search-layout.ts";

/** What is left of the work that a request may do. */
export interface SearchWork {
  /** Bytes of blocks that may still be inflated. */
  bytes: number;
  /** What could not be read; null while all could. */
  failure: PackFailure | null;
}

interface Piece {
  readonly newest: number;
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();

/** The articles in which a term stands, in one pack, the newest first. Nothing is read before it is asked for. */
export class TermList {
  readonly #pack: Pack;
  readonly #term: Uint8Array;
  readonly #work: SearchWork;
  /** The block that was inflated last: its pieces of this term. */
  #block: { readonly index: number; readonly pieces: readonly Piece[] } | null = null;
  #piece: OpenPiece | null = null;
  #end = false;

  constructor(pack: Pack, term: string, work: SearchWork) {
    this.#pack = pack;
    this.#term = encoder.encode(term);
    this.#work = work;
  }

  /** The newest article that is not above `article`; -1 where there is none. It must not rise from call to call. */
  seek(article: number): number {
    if (this.#end) return -1;
    const inPiece = this.#piece?.seek(article) ?? -1;
    if (inPiece >= 0) return inPiece;
    for (const piece of this.#piecesFrom(article)) {
      const open = new OpenPiece(piece);
      const found = open.seek(article);
      if (found < 0) continue;
      this.#piece = open;
      return found;
    }
    this.#end = true;
    return -1;
  }

  /** Where the term stands in the article that `seek` found last. */
  places(): readonly number[] {
    return this.#piece?.places() ?? [];
  }

  /** The pieces in which an article may be, and those behind. */
  *#piecesFrom(article: number): Generator<Piece> {
    const { keys } = this.#pack;
    let index = Math.max(0, keys.floor(blockKey(this.#term, article)));
    for (; index < keys.count; index += 1) {
      const pieces = this.#piecesOf(index);
      for (const [place, piece] of pieces.entries()) {
        // What is wanted is not above the next one's newest, and so not in this one.
        if ((pieces[place + 1]?.newest ?? -1) >= article) continue;
        yield piece;
      }
      const next = index + 1 < keys.count ? keys.key(index + 1) : null;
      if (next === null || !beginsWithTerm(next, this.#term)) return;
    }
  }

  #piecesOf(index: number): readonly Piece[] {
    if (this.#block?.index === index) return this.#block.pieces;
    const body = this.#readBlock(index);
    if (!body.ok) {
      this.#work.failure = body.failure;
      return [];
    }
    this.#work.bytes -= body.value.byteLength;
    const pieces = piecesIn(body.value, this.#term);
    this.#block = { index, pieces };
    return pieces;
  }

  #readBlock(index: number): Result<Uint8Array, PackFailure> {
    if (index >= this.#pack.keys.count) return ok(new Uint8Array());
    const entry = this.#pack.entry(index);
    return entry.ok ? entry.value.readBody() : entry;
  }
}

/** The pieces of a term in a block. */
function piecesIn(block: Uint8Array, wanted: Uint8Array): readonly Piece[] {
  const reader = new NumberReader(block);
  const pieces: Piece[] = [];
  /** How many bytes the term has in common with the wanted one, from the start. */
  let common = 0;
  while (!reader.isAtEnd) {
    const shared = reader.next();
    const length = shared + reader.next();
    common = Math.min(common, shared);
    const rest = reader.take(length - shared);
    if (common === shared) {
      while (common < length && rest[common - shared] === wanted[common]) common += 1;
    }
    const newest = reader.next();
    const bytes = reader.take(reader.next());
    const isWanted = common === wanted.byteLength && length === wanted.byteLength;
    if (isWanted) pieces.push({ newest, bytes });
  }
  return pieces;
}

/** A piece that is read from its newest article on. */
class OpenPiece {
  readonly #reader: NumberReader;
  #article: number;
  #isStarted = false;
  #count = 0;

  constructor({ newest, bytes }: Piece) {
    this.#reader = new NumberReader(bytes);
    this.#article = newest;
  }

  /** -1 where the piece has none. */
  seek(article: number): number {
    while (!this.#isStarted || this.#article > article) {
      for (; this.#count > 0; this.#count -= 1) this.#reader.next();
      if (this.#reader.isAtEnd) return -1;
      const next = this.#reader.next();
      this.#isStarted = true;
      this.#article -= next >>> 1;
      this.#count = next % 2 === 0 ? 1 : this.#reader.next();
    }
    return this.#article;
  }

  places(): readonly number[] {
    const reader = this.#reader.copy();
    let place = 0;
    return Array.from({ length: this.#count }, () => (place += reader.next()));
  }
}

const PAYLOAD_BITS = 7;
const CONTINUES = 128;

/** Reads numbers of seven bits a byte. */
class NumberReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.byteLength;
  }

  next(): number {
    let number = 0;
    for (let shift = 0; ; shift += PAYLOAD_BITS) {
      const byte = this.#bytes[this.#at] ?? 0;
      this.#at += 1;
      number += (byte % CONTINUES) * 2 ** shift;
      if (byte < CONTINUES) return number;
    }
  }

  take(length: number): Uint8Array {
    const start = this.#at;
    this.#at += length;
    return this.#bytes.subarray(start, this.#at);
  }

  copy(): NumberReader {
    return new NumberReader(this.#bytes, this.#at);
  }
}
