/** What a segment of a path may hold besides letters and digits (RFC 3986, section 3.3). */
const NOT_IN_PATH = /[^\w.~!$&'()*+,;=:@-]/gu;
const NOT_IN_QUERY = /[^\w.~!$&'()*+,;=:@/?-]/gu;

/**
 * An address as Jekyll's `absolute_url` writes it, which has the library Addressable normalize it: each part decoded, brought to
 * a form of Unicode and encoded anew, so that some characters which other programs encode stay as they are.
 *
 * @param base an origin, with a base path behind it or none
 * @param path with a slash in front; it may be encoded in part
 * @param unicode NFKC is what the library did before its version 2.8.2
 */
export function normalizedAddress(base: string, path: string, unicode: "NFC" | "NFKC"): string {
  const { origin } = new URL(base);
  const below = base.replace(/^[^/]*\/\/[^/]*/, "") + path;
  const [, plain = "", query = "", fragment = ""] = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(below) ?? [];
  const part = (text: string, unwanted: RegExp): string =>
    decoded(text)
      .normalize(unicode)
      .toWellFormed()
      .replaceAll(unwanted, (character) =>
        [...Buffer.from(character)].map((byte) => `%${hexadecimal(byte)}`).join(""),
      );
  const rest = [query, fragment].map((text) =>
    text.length > 1 ? text.charAt(0) + part(text.slice(1), NOT_IN_QUERY) : "",
  );
  const segments = plain.trim().split("/");
  return origin + segments.map((segment) => part(segment, NOT_IN_PATH)).join("/") + rest.join("");
}

function hexadecimal(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}

/** The text without percent-encoding; as it is where that stands for no text. What only looks like encoding stays. */
function decoded(text: string): string {
  const guarded = text.replaceAll(/%(?![0-9a-f]{2})/gi, "%25");
  try {
    return decodeURIComponent(guarded);
  } catch {
    return text;
  }
}
