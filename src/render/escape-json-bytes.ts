const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const FIRST_PRINTABLE = 0x20;
/** From here on a byte begins a character of three bytes or four, as nearly all of a Chinese article is. */
const FIRST_OF_THREE = 0xe0;

/** The letter behind the backslash of the control characters that XML, and so an article, may hold. */
const LETTERS: Readonly<Record<number, number>> = { 0x09: 0x74, 0x0a: 0x6e, 0x0d: 0x72 };

/**
 * What stands between the quotes of a JSON string (RFC 8259 7), from UTF-8 to UTF-8: making a JavaScript string of an
 * article, escaping that and encoding it costs half as much again. Other control characters than tab and line ends are
 * dropped.
 */
export function escapeJsonBytes(utf8: Uint8Array): Uint8Array {
  // Every byte may need a backslash.
  const escaped = new Uint8Array(utf8.byteLength * 2);
  let at = 0;
  for (let index = 0; index < utf8.byteLength; index += 1) {
    const byte = utf8[index] ?? 0;
    if (byte >= FIRST_OF_THREE) {
      escaped[at] = byte;
      escaped[at + 1] = utf8[index + 1] ?? 0;
      escaped[at + 2] = utf8[index + 2] ?? 0;
      at += 3;
      index += 2;
    } else if (byte >= FIRST_PRINTABLE && byte !== QUOTE && byte !== BACKSLASH) {
      escaped[at] = byte;
      at += 1;
    } else {
      const letter = byte < FIRST_PRINTABLE ? LETTERS[byte] : byte;
      if (letter !== undefined) {
        escaped[at] = BACKSLASH;
        escaped[at + 1] = letter;
        at += 2;
      }
    }
  }
  return escaped.subarray(0, at);
}
