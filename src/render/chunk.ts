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

/** Joins the pieces of a document into its bytes. */
export function encodeChunks(chunks: readonly Chunk[]): Uint8Array<ArrayBuffer> {
  // Encoding into one large buffer is twice as fast as encoding every text on its own and joining the results.
  const buffer = new Uint8Array(chunks.reduce((sum, chunk) => sum + maximumBytes(chunk), 0));
  let at = 0;
  for (const chunk of chunks) {
    if (typeof chunk === "string") {
      at += encoder.encodeInto(chunk, buffer.subarray(at)).written;
    } else {
      buffer.set(chunk, at);
      at += chunk.byteLength;
    }
  }
  return buffer.subarray(0, at);
}

/** The same document in pieces: texts between two bodies are joined and encoded, bodies stay as they are. */
export function encodeTexts<Body extends Sized>(
  chunks: readonly Chunk<Body>[],
): readonly (Uint8Array | Body)[] {
  const texts = chunks.filter((chunk) => typeof chunk === "string");
  const buffer = new Uint8Array(texts.reduce((sum, text) => sum + maximumBytes(text), 0));
  const pieces: (Uint8Array | Body)[] = [];
  let [start, end] = [0, 0];
  for (const chunk of chunks) {
    if (typeof chunk === "string") {
      end += encoder.encodeInto(chunk, buffer.subarray(end)).written;
    } else {
      pieces.push(buffer.subarray(start, end), chunk);
      start = end;
    }
  }
  return [...pieces, buffer.subarray(start, end)];
}

/** The length of all pieces together. */
export function byteLengthOf(pieces: readonly Sized[]): number {
  return pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
}

function maximumBytes(chunk: Chunk): number {
  return typeof chunk === "string" ? chunk.length * MAXIMUM_BYTES_PER_UNIT : chunk.byteLength;
}
