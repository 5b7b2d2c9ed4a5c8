import type { Result } from "../domain/result.ts";
import { ok } from "../domain/result.ts";
import type { Pack, PackFailure } from "./pack.ts";
import { beginsWithTerm, blockKey } from "./search-layout.ts";

/** What is left of the work that a request may do. */
export interface SearchWork {
  /** Bytes that may still be inflated, and read in lists. */
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
    const inPiece = this.#piece === null ? -1 : this.#seekIn(this.#piece, article);
    if (inPiece >= 0) return inPiece;
    for (const piece of this.#piecesFrom(article)) {
      this.#piece = new OpenPiece(piece);
      const found = this.#seekIn(this.#piece, article);
      if (found >= 0) return found;
    }
    this.#end = true;
    return -1;
  }

  #seekIn(piece: OpenPiece, article: number): number {
    const before = piece.at;
    const found = piece.seek(article);
    this.#work.bytes -= piece.at - before;
    return found;
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

/** The pieces of a term in a block. Terms are sorted, so that nothing is read behind the last of them. */
function piecesIn(block: Uint8Array, wanted: Uint8Array): readonly Piece[] {
  const reader = new NumberReader(block);
  const pieces: Piece[] = [];
  /** How many bytes the term has in common with the wanted one, from the start. */
  let common = 0;
  while (!reader.isAtEnd) {
    const shared = reader.next();
    const rest = reader.next();
    // It differs from the one before where that did not differ from the wanted one.
    if (shared < common) break;
    const end = shared + rest;
    let isWanted = false;
    if (shared === common) {
      while (common < end && reader.byteAt(common - shared) === wanted[common]) common += 1;
      if (common < end && reader.byteAt(common - shared) > (wanted[common] ?? -1)) break;
      isWanted = common === end && end === wanted.byteLength;
    }
    reader.skip(rest);
    const newest = reader.next();
    const length = reader.next();
    if (isWanted) pieces.push({ newest, bytes: reader.take(length) });
    else reader.skip(length);
  }
  return pieces;
}

/** A piece that is read from its newest article on. */
class OpenPiece {
  readonly #bytes: Uint8Array;
  /** Behind the number of places of the article. */
  #at = 0;
  #article: number;
  #isStarted = false;
  #count = 0;

  constructor({ newest, bytes }: Piece) {
    this.#bytes = bytes;
    this.#article = newest;
  }

  /** How many bytes were read. */
  get at(): number {
    return this.#at;
  }

  /** -1 where the piece has none. Numbers are read in place: there may be a hundred thousand of them in a search. */
  seek(wanted: number): number {
    if (this.#isStarted && this.#article <= wanted) return this.#article;
    const bytes = this.#bytes;
    let [at, article, count] = [this.#at, this.#article, this.#count];
    do {
      for (; count > 0 && at < bytes.length; at += 1) {
        if ((bytes[at] ?? 0) < CONTINUES) count -= 1;
      }
      if (at >= bytes.length) {
        [this.#at, this.#count] = [at, 0];
        this.#isStarted = false;
        return -1;
      }
      let next = bytes[at] ?? 0;
      at += 1;
      if (next >= CONTINUES) {
        next &= PAYLOAD;
        for (let shift = PAYLOAD_BITS; at < bytes.length; shift += PAYLOAD_BITS) {
          const byte = bytes[at] ?? 0;
          at += 1;
          next |= (byte & PAYLOAD) << shift;
          if (byte < CONTINUES) break;
        }
      }
      article -= next >>> 1;
      count = 1;
      if ((next & 1) === 1) {
        const reader = new NumberReader(bytes, at);
        count = reader.next();
        at = reader.at;
      }
    } while (article > wanted);
    this.#isStarted = true;
    this.#at = at;
    this.#article = article;
    this.#count = count;
    return article;
  }

  places(): readonly number[] {
    const reader = new NumberReader(this.#bytes, this.#at);
    const places: number[] = [];
    let place = 0;
    for (let count = this.#count; count > 0; count -= 1) {
      place += reader.next();
      places.push(place);
    }
    return places;
  }
}

const PAYLOAD_BITS = 7;
const PAYLOAD = 127;
const CONTINUES = 128;

/** Reads numbers of seven bits a byte, below 2^31. */
class NumberReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.byteLength;
  }

  next(): number {
    let number = 0;
    for (let shift = 0; ; shift += PAYLOAD_BITS) {
      const byte = this.#bytes[this.#at] ?? 0;
      this.#at += 1;
      number |= (byte & PAYLOAD) << shift;
      if (byte < CONTINUES) return number;
    }
  }

  /** A byte that was not read yet, so many behind the next one. */
  byteAt(distance: number): number {
    return this.#bytes[this.#at + distance] ?? 0;
  }

  skip(length: number): void {
    this.#at += length;
  }

  take(length: number): Uint8Array {
    const start = this.#at;
    this.#at += length;
    return this.#bytes.subarray(start, this.#at);
  }
}
