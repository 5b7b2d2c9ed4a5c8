import { decodeHTMLStrict } from "entities/decode";
import { TITLE_ELEMENTS } from "../body/html/html-elements.ts";

const TITLE_TAG = new RegExp(`<(/?)(${[...TITLE_ELEMENTS].join("|")})(?:\\s[^<>]*)?>`, "gi");
/** No name of HTML's is longer than 31 characters. */
const REFERENCE = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|[a-zA-Z][a-zA-Z\d]{0,30});/g;
const LINE_BREAK = /<(?:br|wbr)\s*\/?>/gi;

/**
 * Characters that XML 1.0 forbids (section 2.2), unpaired surrogates included, C1 control characters, and U+202D and
 * U+202E, which would also reverse the text beside a headline.
 */
const UNWANTED_CHARACTERS =
  /[\u202D\u202E\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uFEFF\uFFFE\uFFFF\p{Cs}]/gu;

/** Whether a text holds characters that `plainText` removes because they would break documents. */
export function hasUnwantedCharacters(text: string): boolean {
  return text.search(UNWANTED_CHARACTERS) !== -1;
}

/**
 * A header's text on one line, without the tags of paired inline elements and with character references resolved, as a
 * browser shows it in a page of Jekyll's.
 */
export function plainText(written: string): string {
  return (/[<&]/.test(written) ? withoutMarkup(written) : written)
    .replaceAll(UNWANTED_CHARACTERS, "")
    .replaceAll(/\s+/g, " ")
    .normalize("NFC")
    .trim();
}

function withoutMarkup(written: string): string {
  return withoutReferences(withoutPairedTags(written.replaceAll(LINE_BREAK, " ")));
}

/** A text with HTML's character references resolved, each once: `&amp;deg;` becomes `&deg;`. */
export function withoutReferences(text: string): string {
  return text.replaceAll(REFERENCE, resolveReference);
}

/** Removes tags in pairs: an end tag belongs to the last start tag of its name that has none yet. */
function withoutPairedTags(text: string): string {
  const pieces: string[] = [];
  /** By name, the indexes in `pieces` of start tags that have no end tag yet. */
  const open = new Map<string, number[]>();
  let copied = 0;
  for (const { 0: tag, 1: slash, 2: written = "", index } of text.matchAll(TITLE_TAG)) {
    const name = written.toLowerCase();
    const starts = open.get(name) ?? [];
    open.set(name, starts);
    const start = slash === "" ? undefined : starts.pop();
    if (start !== undefined) pieces[start] = "";
    pieces.push(text.slice(copied, index), start === undefined ? tag : "");
    if (slash === "") starts.push(pieces.length - 1);
    copied = index + tag.length;
  }
  return pieces.join("") + text.slice(copied);
}

/** What stands for no character stays as it is written. */
function resolveReference(
  reference: string,
  decimal: string | undefined,
  hexadecimal: string | undefined,
): string {
  if (decimal === undefined && hexadecimal === undefined) return decodeHTMLStrict(reference);
  const codePoint = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  const isCharacter =
    codePoint > 0 && codePoint <= 0x10_ff_ff && (codePoint & 0x1f_f8_00) !== 0xd800;
  // The numbers of Windows' quotation marks and dashes, 128 to 159, are read as browsers read them (HTML, 13.2.5.80).
  return isCharacter ? decodeHTMLStrict(reference) : reference;
}
