import { resolvePlainScalar } from "./ruby-yaml.ts";

/** `key: value` with a value that cannot mean anything else in YAML: quoted without escapes, plain, or missing. */
const ENTRY =
  /^([A-Za-z][\w-]*):(?:[ ]+(?:"([^"\\\p{C}\u2028\u2029]*)"|([\p{L}\p{N}](?:[^\p{C}\u2028\u2029]*[^ \p{C}\u2028\u2029])?)))?[ ]*$/u;

/** What ends a plain value or starts a comment inside it. */
const SPECIAL = /:(?: |$)| #/;

/**
 * Reads headers of nothing but plain `key: value` lines, as newspapers write them, 20 times as fast as a YAML library;
 * null for all others. Where there is an answer, it is the same as `parseRubyYaml`'s.
 */
export function readPlainHeader(text: string): Record<string, unknown> | null {
  const header: Record<string, unknown> = {};
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const match = ENTRY.exec(line);
    if (match === null) return null;
    const [, key = "", quoted, plain] = match;
    if (Object.hasOwn(header, key) || typeof resolvePlainScalar(key) !== "string") return null;
    if (plain !== undefined && SPECIAL.test(plain)) return null;
    header[key] = quoted ?? resolvePlainScalar(plain ?? "");
  }
  return header;
}
