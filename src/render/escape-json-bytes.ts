const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
/** From here on a byte begins a character of three or four bytes, as nearly all characters of a Chinese article do. */
const FIRST_OF_THREE = 0xe0;

/** The escape letters of the control characters that XML, and so an article, may hold. */
const LETTERS: Readonly<Record<number, number>> = { 0x09: 0x74, 0x0a: 0x6e, 0x0d: 0x72 };

/**
 * Escapes UTF-8 for the inside of a JSON string (RFC 8259, section 7). Making a JavaScript string of an article,
 * escaping it and encoding it would take more than twice as long. Control characters other than tab and line ends are
 * dropped.
 */
export function escapeJsonBytes(utf8: Uint8Array): Uint8Array {
  const specials = findSpecials(utf8);
  const escaped = new Uint8Array(utf8.byteLength + specials.length);
  let at = 0;
  let from = 0;
  for (const index of specials) {
    escaped.set(utf8.subarray(from, index), at);
    at += index - from;
    from = index + 1;
    const byte = utf8[index] ?? 0;
    const letter = byte < FIRST_PRINTABLE ? LETTERS[byte] : byte;
    if (letter !== undefined) {
      escaped[at] = BACKSLASH;
      escaped[at + 1] = letter;
      at += 2;
    }
  }
  escaped.set(utf8.subarray(from), at);
  return escaped.subarray(0, at + utf8.byteLength - from);
}

/** The indexes of characters that must be escaped in a JSON string. */
function findSpecials(utf8: Uint8Array): readonly number[] {
  const specials: number[] = [];
  for (let index = 0; index < utf8.byteLength; index += 1) {
    const byte = utf8[index] ?? 0;
    if (byte >= FIRST_OF_THREE) index += 2;
    else if (byte < FIRST_PRINTABLE || byte === QUOTE || byte === BACKSLASH) specials.push(index);
  }
  return specials;
}
