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

const TITLE_TAG = new RegExp(`<(/?)(${[...TITLE_ELEMENTS].join("|")})(?:\\s[^<>]*)?>`, "gi");
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
  return withoutPairedTags(written.replaceAll(LINE_BREAK, " ")).replaceAll(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]+));/g,
    resolveReference,
  );
}

/** An end tag belongs to the last start tag of its name that has none. */
function withoutPairedTags(text: string): string {
  const pieces: string[] = [];
  /** By name: where in `pieces` start tags are that have no end tag yet. */
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
