import type { Site } from "../../domain/site.ts";
import { remembered } from "../../domain/remembered.ts";
import { ARABIC } from "./arabic.ts";
import { ENGLISH } from "./english.ts";
import { JAPANESE } from "./japanese.ts";
import { KOREAN } from "./korean.ts";
import { withOwnPhrases } from "./own-phrases.ts";
import type { Phrases } from "./simplified-chinese.ts";
import { SIMPLIFIED_CHINESE } from "./simplified-chinese.ts";
import { TRADITIONAL_CHINESE } from "./traditional-chinese.ts";

const BY_LANGUAGE: Readonly<Record<string, Phrases>> = {
  ar: ARABIC,
  en: ENGLISH,
  ja: JAPANESE,
  ko: KOREAN,
};
const TRADITIONAL_CHINESE_SUBTAGS = new Set(["hant", "tw", "hk", "mo"]);

/** The words of a site's pages, made once for each. */
const phrasesOfSites = new WeakMap<object, Phrases>();

/** The words of a site's pages: its own, else those of its language, else English ones. */
export function phrasesFor({
  language,
  phrases: own,
}: Pick<Site, "language" | "phrases">): Phrases {
  const base = spokenPhrases(language) ?? ENGLISH;
  if (own === undefined) return base;
  const phrases = phrasesOfSites.get(own) ?? withOwnPhrases(base, own);
  phrasesOfSites.set(own, phrases);
  return phrases;
}

const MOST_LANGUAGES = 100;

/** Offprint's own words in a language (a BCP 47 tag); null where it has none. */
export const spokenPhrases = remembered(MOST_LANGUAGES, phrasesOfTag);

function phrasesOfTag(language: string): Phrases | null {
  const [primary = "", ...rest] = language.toLowerCase().split("-");
  if (primary !== "zh") return BY_LANGUAGE[primary] ?? null;
  const isTraditional =
    !rest.includes("hans") && rest.some((subtag) => TRADITIONAL_CHINESE_SUBTAGS.has(subtag));
  return isTraditional ? TRADITIONAL_CHINESE : SIMPLIFIED_CHINESE;
}
