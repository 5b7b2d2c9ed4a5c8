import { compareNewestFirst } from "../../src/domain/article.ts";
import { articleCard } from "../../src/render/card.ts";
import { LONGEST_TITLE } from "../read/front-matter/article-meta.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticLog } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "../read/article/read-article.ts";
import type { Settings } from "../config/settings.ts";
import type { IsCovered } from "../cards/card-fonts.ts";
import { isCutOff } from "../cards/card-lines.ts";
import type { DrawableCard } from "../cards/card-text.ts";
import { drawableCard } from "../cards/card-text.ts";

export type CardSettings = Pick<Settings, "site" | "cards">;

const MOST_NAMED = 5;

/**
 * Warnings for articles whose share card cannot show all of its text, because the fonts lack characters or because there is
 * no room.
 *
 * @param isCovered whether the fonts have a glyph for a character
 */
export function cardDiagnostics(
  articles: readonly Pick<
    SourceArticle,
    "id" | "title" | "source" | "published" | "language" | "path" | "titleLine"
  >[],
  { site, cards }: CardSettings,
  isCovered: IsCovered,
): readonly Diagnostic[] {
  const newest = articles.toSorted(compareNewestFirst).slice(0, cards);
  return newest.flatMap((article) => {
    const { card, missing, leftOut } = drawableCard(articleCard(article, site), isCovered);
    const log = createDiagnosticLog(article.path);
    if (missing.length > 0) {
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
