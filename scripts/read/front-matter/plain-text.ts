import { TITLE_ELEMENTS } from "../body/html/html-elements.ts";

/** By their names in HTML: what people write in titles. */
const NAMED_CHARACTERS: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["apos", "'"],
  ["gt", ">"],
  ["hellip", "…"],
  ["ldquo", "“"],
  ["lsquo", "‘"],
  ["lt", "<"],
  ["mdash", "—"],
  ["middot", "·"],
  ["nbsp", " "],
  ["ndash", "–"],
  ["quot", '"'],
  ["rdquo", "”"],
  ["rsquo", "’"],
]);

const PAIRED_ELEMENT = new RegExp(
  `<(${[...TITLE_ELEMENTS].join("|")})(?:\\s[^<>]*)?>([^]*?)</\\1\\s*>`,
  "gi",
);
const LINE_BREAK = /<(?:br|wbr)\s*\/?>/gi;

/**
 * What XML 1.0 cannot hold (section 2.2), halves of pairs among it, C1 controls, and U+202D and U+202E, which turn around
 * what stands beside a headline too.
 */
const UNWANTED_CHARACTERS =
  /[\u202D\u202E\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\uFEFF\uFFFE\uFFFF\p{Cs}]/gu;

/** Whether a text holds characters that `plainText` removes because documents cannot hold them or break by them. */
export function hasUnwantedCharacters(text: string): boolean {
  return text.search(UNWANTED_CHARACTERS) !== -1;
}

/**
 * A header's text on one line: paired inline elements lose their tags and character references are resolved, as a browser
 * would show the text where Jekyll's templates print it.
 */
export function plainText(written: string): string {
  return (/[<&]/.test(written) ? withoutMarkup(written) : written)
    .replaceAll(UNWANTED_CHARACTERS, "")
    .replaceAll(/\s+/g, " ")
    .normalize("NFC")
    .trim();
}

function withoutMarkup(written: string): string {
  let text = written.replaceAll(LINE_BREAK, " ");
  // From the inside out.
  for (let previous = ""; previous !== text;) {
    previous = text;
    text = text.replaceAll(PAIRED_ELEMENT, "$2");
  }
  return text.replaceAll(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]+));/g, resolveReference);
}

function resolveReference(
  reference: string,
  decimal: string | undefined,
  hexadecimal: string | undefined,
  name: string | undefined,
): string {
  if (name !== undefined) return NAMED_CHARACTERS.get(name) ?? reference;
  const codePoint = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  const isCharacter = codePoint > 0 && codePoint <= 0x10_ff_ff && (codePoint & 0xf800) !== 0xd800;
  return isCharacter ? String.fromCodePoint(codePoint) : reference;
}
