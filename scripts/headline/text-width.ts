/** Full-width characters of Chinese and Japanese, which put no blanks between words. */
export const HAN_OR_KANA = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々〇]/u;

/** Widths in ems, of which the first match counts; measured in Noto Serif SC Bold, and hardly ever too narrow. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [HAN_OR_KANA, 1],
  // Full-width punctuation is set half as wide, and this kind with a little room behind it.
  [/[，：；。！？、]/u, 0.75],
  [/[“”‘’〈〉《》「」『』【】〔〕（）．［］｛｝]/u, 0.5],
  [/[\p{Mn}\p{Cf}]/u, 0],
  [/\s/u, 0.25],
  [/\p{Script=Arabic}/u, 0.45],
  [/[²³¹\u2070-\u209F]/u, 0.42],
  [/[fijltIJ.,:;!|'"()[\]/·°-]/u, 0.42],
  [/[acegrsvxyz0-9?*]/u, 0.59],
  [/[wH—жЮюш]/u, 0.9],
  [/[mMW%@…ЖШЩщΩω]/u, 1.06],
  [/\p{Lu}/u, 0.8],
  [/[\u2E80-\uFFEF\u{20000}-\u{3FFFF}\p{So}]/u, 1],
];
const OTHER_WIDTH = 0.69;

/** Headlines have few different characters, and each is measured many times. */
const known = new Map<string, number>();
/** More are not kept. */
const MOST_KNOWN = 20_000;

/** The approximate width of a text on a card, in ems. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += known.get(character) ?? measure(character);
  return width;
}

function measure(character: string): number {
  const width = WIDTHS.find(([kind]) => kind.test(character))?.[1] ?? OTHER_WIDTH;
  if (known.size < MOST_KNOWN) known.set(character, width);
  return width;
}
