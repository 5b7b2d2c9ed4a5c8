/** The YAML value of `categories`, `tags` and similar keys. */
export type WrittenNames = string | boolean | null | readonly WrittenNames[];

/**
 * The names in a value, in order.
 *
 * @param splitsStrings whether a string is split into names at blanks, as Jekyll does with its plural keys
 */
export function flattenNames(written: WrittenNames, splitsStrings: boolean): readonly string[] {
  if (written === null) return [];
  if (typeof written === "string" && splitsStrings) return written.split(/\s+/).filter(Boolean);
  if (typeof written !== "object") return [String(written)];
  return written.flatMap((item) => flattenNames(item, false));
}

/** Characters that no page can show in a name: control characters and unpaired surrogates. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u2028\u2029\uFEFF]/gu;

/** A name in its stored form: NFC, trimmed, without characters that no page can show. */
export function cleanName(name: string): string {
  return name
    .replaceAll(/[\r\n\t]+/g, " ")
    .replaceAll(UNSHOWABLE, "")
    .normalize("NFC")
    .trim();
}
