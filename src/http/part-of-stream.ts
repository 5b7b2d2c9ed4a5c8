import type { ByteRange } from "./byte-range.ts";

/** Bytes that are looked at at once: few enough for memory, and so many that a file of 25 MiB takes a hundred reads. */
const CHUNK_BYTES = 256 * 1024;

/** A part of a stream of bytes, without waiting for it: what comes before it is read and dropped. */
export function partOfStream(
  whole: ReadableStream<unknown>,
  { first, last }: ByteRange,
): ReadableStream<Uint8Array> {
  const { readable, writable } = new FixedLengthStream(last - first + 1);
  const writer = writable.getWriter();
  const pass = async (): Promise<void> => {
    const reader = whole.getReader({ mode: "byob" });
    await readBytes(reader, first, async () => undefined);
    await readBytes(reader, last - first + 1, async (bytes) => writer.write(bytes));
    await writer.close();
    await reader.cancel();
  };
  // Whoever reads is told by the stream itself, and who has stopped needs not to be.
  pass().catch(async (error: unknown) => writer.abort(error).catch(() => undefined));
  return readable;
}

/** Reads so many bytes, and throws where there are not so many. */
async function readBytes(
  reader: ReadableStreamBYOBReader,
  count: number,
  use: (bytes: Uint8Array) => Promise<void>,
): Promise<void> {
  for (let left = count; left > 0;) {
    const length = Math.min(left, CHUNK_BYTES);
    const { value, done } = await reader.readAtLeast(length, new Uint8Array(length));
    if (done || value === undefined) throw new RangeError("The file is shorter than its size");
    left -= value.byteLength;
    await use(value);
  }
}
