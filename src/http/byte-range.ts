/** The bytes that a request wants, the last included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** One range of RFC 9110, section 14.1.2. Several at once may be ignored, and hardly any player asks for them. */
const ONE_RANGE = /^bytes=\s*(?<first>\d*)-(?<last>\d*)\s*$/i;

/**
 * The range that a `Range` header asks for; null where it asks for none in a way that counts, so that the whole file answers, and
 * `unsatisfiable` where it lies behind the end.
 *
 * @param size the bytes of the file
 */
export function byteRange(header: string, size: number): ByteRange | "unsatisfiable" | null {
  const { first = "", last = "" } = ONE_RANGE.exec(header)?.groups ?? {};
  if (first === "" && last === "") return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { first: size - length, last: size - 1 };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return null;
  if (start >= size) return "unsatisfiable";
  return { first: start, last: last === "" ? size - 1 : Math.min(Number(last), size - 1) };
}
