/** A value of `categories`, `tags` and the like as YAML holds it. */
export type WrittenNames = string | boolean | null | readonly WrittenNames[];

/**
 * The names in a value, in order.
 *
 * @param splitsStrings whether a string is several names with blanks between, as Jekyll reads its plural keys
 */
export function flattenNames(written: WrittenNames, splitsStrings: boolean): readonly string[] {
  if (written === null) return [];
  if (typeof written === "string" && splitsStrings) return written.split(/\s+/).filter(Boolean);
  if (typeof written !== "object") return [String(written)];
  return written.flatMap((item) => flattenNames(item, false));
}

/** Characters that no page can show in a name: controls, and halves of surrogate pairs. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u2028\u2029\uFEFF]/gu;

/** A name as it is stored: NFC, trimmed, without characters that no page can show. */
export function cleanName(name: string): string {
  return name
    .replaceAll(/[\r\n\t]+/g, " ")
    .replaceAll(UNSHOWABLE, "")
    .normalize("NFC")
    .trim();
}
