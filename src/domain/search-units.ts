import { simplifiedHan } from "./simplified-han.ts";

/**
 * What search reads in a text: a character of a script that writes without blanks (Han, kana, hangul), or a run of letters or of
 * digits of any other script.
 */
export interface SearchUnit {
  /**
   * Folded, so that what readers take for the same is the same: case, accents, full-width forms, and simplified and traditional
   * Han.
   */
  readonly text: string;
  /** Whether it is a character of a script without blanks. Alone it says too little, so it is found with a neighbour only. */
  readonly isCharacter: boolean;
  /** Whether it continues what is before it: nothing stands between them at which a reader would stop. */
  readonly isJoined: boolean;
  /** Where it stands in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

type Kind = "character" | "letter" | "digit" | "mark" | "blank" | "other";

interface Folded {
  readonly text: string;
  readonly kind: Kind;
}

const CHARACTER = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;
/** Accents of Latin, Greek and Cyrillic; points of Hebrew and Arabic, and what stretches Arabic words. */
const ACCENTS = /[\u0300-\u036F]|[\u0591-\u05C7]|[\u0610-\u061A]|\u0640|[\u064B-\u065F]|\u0670/g;
/** Sound marks of kana that are characters of their own change the one before. */
const SOUND_MARKS = /\u3099|\u309A|\uFF9E|\uFF9F/;

/** Han without a decomposition, case or accent, nearly all of a Chinese text: a new isolate meets a thousand of them on the first page. */
const [FIRST_IDEOGRAPH, LAST_IDEOGRAPH] = [0x4e_00, 0x9f_ff];
const LAST_OF_ONE_UNIT = 0xff_ff;

/** By code point, since there are few and normalizing is slow. */
const known = new Map<number, Folded>();

/** The units of a text, in its order. */
export function searchUnits(text: string): readonly SearchUnit[] {
  const units: SearchUnit[] = [];
  /** Of the unit that is not complete or was last. */
  let before: Kind = "other";
  let between: Kind = "other";
  let word = "";
  let wordStart = 0;
  let isWordJoined = false;
  let at = 0;
  const endWord = (end: number): void => {
    if (word === "") return;
    const isJoined = isWordJoined;
    units.push({ text: word, isCharacter: false, isJoined, start: wordStart, end });
    word = "";
  };
  const composed = SOUND_MARKS.test(text) ? text.normalize("NFKC") : text;
  while (at < composed.length) {
    const start = at;
    const codePoint = composed.codePointAt(at) ?? 0;
    at += codePoint > LAST_OF_ONE_UNIT ? 2 : 1;
    const { text: unit, kind } = folded(codePoint);
    if (kind === "mark") continue;
    if (kind === "blank" || kind === "other") {
      endWord(start);
      if (between !== "other") between = kind;
      continue;
    }
    const isNearCharacter = kind === "character" || before === "character";
    const isJoined =
      between === "mark" ||
      (between === "blank" && !(kind === "character" && before === "character")) ||
      (!isNearCharacter && before !== "other");
    if (kind === "character") {
      endWord(start);
      let joins = isJoined;
      for (const character of unit) {
        units.push({ text: character, isCharacter: true, isJoined: joins, start, end: at });
        joins = true;
      }
    } else if (word !== "" && kind === before) {
      word += unit;
    } else {
      endWord(start);
      word = unit;
      wordStart = start;
      isWordJoined = isJoined;
    }
    before = kind;
    between = "mark";
  }
  endWord(at);
  return units;
}

function folded(codePoint: number): Folded {
  const before = known.get(codePoint);
  if (before !== undefined) return before;
  const found = fold(codePoint);
  known.set(codePoint, found);
  return found;
}

/** A text in which what readers take for the same is the same, with its marks and blanks. */
export function foldedText(written: string): string {
  const plain = written
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(ACCENTS, "")
    .normalize("NFC")
    .replaceAll("ς", "σ");
  return Array.from(plain, (character) =>
    String.fromCodePoint(simplifiedHan(character.codePointAt(0) ?? 0)),
  ).join("");
}

function fold(codePoint: number): Folded {
  if (codePoint >= FIRST_IDEOGRAPH && codePoint <= LAST_IDEOGRAPH) {
    return { text: String.fromCodePoint(simplifiedHan(codePoint)), kind: "character" };
  }
  const written = String.fromCodePoint(codePoint);
  if (/^\s$/u.test(written)) return { text: "", kind: "blank" };
  const plain = foldedText(written);
  if (plain === "") return { text: "", kind: "mark" };
  const text = plain.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, "");
  if (CHARACTER.test(text)) {
    return { text, kind: "character" };
  }
  // A variation selector or a joiner is in the middle of what people see as one.
  if (/^\p{M}$/u.test(text)) return { text, kind: "letter" };
  if (text === "") return { text, kind: /^\p{Cf}$/u.test(written) ? "mark" : "other" };
  return { text, kind: /^\p{N}/u.test(text) ? "digit" : "letter" };
}
