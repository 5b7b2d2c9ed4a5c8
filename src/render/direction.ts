import { remembered } from "../domain/remembered.ts";

/** Scripts that are written from right to left (ISO 15924). */
const RIGHT_TO_LEFT_SCRIPTS = new Set("adlm arab hebr mand nkoo rohg syrc thaa".split(" "));
/** Languages that use such a script where their tag names none. */
const RIGHT_TO_LEFT_LANGUAGES = new Set("ar arc ckb dv fa he nqo ps sd syr ug ur yi".split(" "));

const MOST_LANGUAGES = 100;

/** The direction of text in a language, from its BCP 47 tag. A page asks five times, mostly for the same language. */
export const directionOf = remembered(MOST_LANGUAGES, directionOfTag);

function directionOfTag(language: string): "ltr" | "rtl" {
  const [primary = "", ...rest] = language.toLowerCase().split("-");
  const script = rest.find((subtag) => subtag.length === 4 && /^[a-z]+$/.test(subtag));
  const isRightToLeft =
    script === undefined ? RIGHT_TO_LEFT_LANGUAGES.has(primary) : RIGHT_TO_LEFT_SCRIPTS.has(script);
  return isRightToLeft ? "rtl" : "ltr";
}
