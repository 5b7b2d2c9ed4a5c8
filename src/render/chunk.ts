/** Something of known size that a document holds unchanged, such as an article's body. */
export interface Sized {
  /** Its bytes in the finished document. */
  readonly byteLength: number;
}

/** A piece of a document: text, or an article's body, which never becomes text. */
export type Chunk<Body extends Sized = Uint8Array> = string | Body;

/** UTF-8 needs at most three bytes for one UTF-16 unit of a string. */
export const MAXIMUM_BYTES_PER_UNIT = 3;

const encoder = new TextEncoder();

/** A document whose texts may be longer gets a buffer of its own. */
const MOST_KEPT_BYTES = 1_000_000;
let kept = new Uint8Array();

/**
 * A buffer that is overwritten by the next call. How long texts are in UTF-8 is known only when they are encoded, and to cut
 * out what they filled is cheaper than a new array of three times as many bytes for each document.
 */
function bufferOf(leastBytes: number): Uint8Array<ArrayBuffer> {
  if (leastBytes <= kept.byteLength) return kept;
  const buffer = new Uint8Array(leastBytes);
  if (leastBytes <= MOST_KEPT_BYTES) kept = buffer;
  return buffer;
}

/** Joins the pieces of a document into its bytes. */
export function encodeChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  // Encoding into one large buffer is twice as fast as encoding every text on its own and joining the results.
  const buffer = bufferOf(chunks.reduce((sum, chunk) => sum + maximumBytes(chunk), 0));
  let at = 0;
  for (const chunk of chunks) {
    if (typeof chunk === "string") {
      at += encoder.encodeInto(chunk, buffer.subarray(at)).written;
    } else {
      buffer.set(chunk, at);
      at += chunk.byteLength;
    }
  }
  return buffer.slice(0, at);
}

/** The same document in pieces: texts between two bodies are joined and encoded, bodies stay as they are. */
export function encodeTexts<Body extends Sized>(
  chunks: readonly Chunk<Body>[],
): readonly (Uint8Array | Body)[] {
  const [texts, bodies]: [string[], Body[]] = [[], []];
  let text = "";
  for (const chunk of chunks) {
    if (typeof chunk === "string") {
      text += chunk;
    } else {
      texts.push(text);
      bodies.push(chunk);
      text = "";
    }
  }
  texts.push(text);
  const buffer = bufferOf(texts.reduce((sum, each) => sum + maximumBytes(each), 0));
  let end = 0;
  const ends = texts.map((each) => {
    end += encoder.encodeInto(each, buffer.subarray(end)).written;
    return end;
  });
  const encoded = buffer.slice(0, end);
  const pieces: (Uint8Array | Body)[] = [];
  let start = 0;
  for (const [index, next] of ends.entries()) {
    const body = bodies[index];
    pieces.push(encoded.subarray(start, next));
    if (body !== undefined) pieces.push(body);
    start = next;
  }
  return pieces;
}

/** The length of all pieces together. */
export function byteLengthOf(pieces: readonly Sized[]): number {
  return pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
}

function maximumBytes(chunk: Chunk): number {
  return typeof chunk === "string" ? chunk.length * MAXIMUM_BYTES_PER_UNIT : chunk.byteLength;
}
