import { compareNewestFirst } from "../../src/domain/article.ts";
import { articleCard } from "../../src/render/card.ts";
import { LONGEST_TITLE } from "../read/front-matter/article-meta.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticLog, warningAt } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "../read/article/read-article.ts";
import type { Settings } from "../config/settings.ts";
import type { IsCovered } from "../cards/card-fonts.ts";
import { isCutOff } from "../cards/card-lines.ts";
import type { DrawableCard } from "../cards/card-text.ts";
import { drawableCard } from "../cards/card-text.ts";

export type CardSettings = Pick<Settings, "site" | "cards">;

const MOST_NAMED = 5;

/** The scripts of living languages of which the card's types have no letter: they have Han, kana, Latin, Greek, Cyrillic, Arabic. */
const MISSING_SCRIPTS =
  "Hangul Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Thai Lao Khmer Myanmar Tibetan Mongolian Hebrew Armenian Georgian Ethiopic Syriac Thaana Nko Tifinagh Cherokee Javanese Balinese Yi"
    .split(" ")
    .map((name) => ({ name, letter: new RegExp(String.raw`\p{Script=${name}}`, "u") }));

type CheckedArticle = Pick<
  SourceArticle,
  "id" | "title" | "source" | "published" | "language" | "path" | "titleLine"
>;

/**
 * Warnings for articles whose share card cannot show all of its text, because the fonts lack characters or because there is
 * no room. A script that the fonts lack is one warning for all articles.
 *
 * @param isCovered whether the fonts have a glyph for a character
 */
export function cardDiagnostics(
  articles: readonly CheckedArticle[],
  { site, cards }: CardSettings,
  isCovered: IsCovered,
): readonly Diagnostic[] {
  const newest = articles.toSorted(compareNewestFirst).slice(0, cards);
  const inMissingScripts = new Map<string, CheckedArticle[]>();
  const ofArticles = newest.flatMap((article) => {
    const { card, missing, leftOut } = drawableCard(articleCard(article, site), isCovered);
    const log = createDiagnosticLog(article.path);
    const scripts = MISSING_SCRIPTS.filter(({ letter }) =>
      missing.some((character) => letter.test(character)),
    );
    for (const { name } of scripts) {
      const others = inMissingScripts.get(name);
      if (others === undefined) inMissingScripts.set(name, [article]);
      else others.push(article);
    }
    if (missing.length > 0 && scripts.length === 0) {
      const what = `The type of the share card has no ${describeAll(missing)}: ${consequence(leftOut)}`;
      const advice = "write it without, or leave it so: pages and feeds show it";
      log.warn(article.titleLine, "card-glyph-missing", what, advice);
    }
    // A longer title has a warning of its own already.
    if (article.title.length <= LONGEST_TITLE && isCutOff(card.headline)) {
      const what = "The share card has no room for the whole headline, and ends it with …";
      const advice = "write a shorter one, or leave it so: pages and feeds show it";
      log.warn(article.titleLine, "card-headline-cut", what, advice);
    }
    return log.diagnostics;
  });
  return [...ofArticles, ...[...inMissingScripts].flatMap(describeScript)];
}

/** One warning for all articles in a script, at the newest of them. */
function describeScript([script, articles]: readonly [
  string,
  readonly CheckedArticle[],
]): readonly Diagnostic[] {
  const [newest] = articles;
  if (newest === undefined) return [];
  const more = articles.length - 1;
  const cards =
    more === 0 ? "the card of this article does" : `the cards of this article and ${more} more do`;
  const what = `The type of the share card has no ${script}: ${cards} without the headline or the source that is in it`;
  const advice = "leave it so: pages and feeds show it, and the card has the site's name";
  return [warningAt(newest.path, newest.titleLine, "card-script-missing", what, advice, script)];
}

function consequence(leftOut: DrawableCard["leftOut"]): string {
  if (leftOut.includes("headline")) return "it shows the site's name instead of the headline";
  return leftOut.includes("note") ? "it is drawn without the source" : "it is drawn without";
}

function describeAll(characters: readonly string[]): string {
  const few = characters.slice(0, MOST_NAMED).map(describe).join(", ");
  const more = characters.length - MOST_NAMED;
  return more > 0 ? `${few} and ${more} more` : few;
}

/** A character with its code points, those of its accents included: `“𠮷” (U+20BB7)`. */
function describe(character: string): string {
  const codePoints = Array.from(character, (single) =>
    (single.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0"),
  );
  return `“${character}” (U+${codePoints.join(" U+")})`;
}
