import { articleCardPath } from "../../src/render/card.ts";
import type { PreviewWarning } from "../../src/render/link-previews.ts";
import { linkPreviews } from "../../src/render/link-previews.ts";
import { sharedPageOf } from "../../src/render/preview-tags.ts";
import type { CardSettings } from "./card-diagnostics.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { warningAt } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "../read/article/read-article.ts";

/** What to say about each warning. A headline that some platform cuts is not a fault. */
const FAULTS: Readonly<Record<Exclude<PreviewWarning, "title-cut">, readonly [string, string]>> = {
  "description-missing": [
    "Previews of links to the article have no description",
    "write a description: in the front matter",
  ],
  "image-missing": [
    "Previews of links to the article have no picture",
    "write an image: in the front matter, or have share cards drawn",
  ],
  "image-small": [
    "The picture is too small for previews of links",
    "name another image: in the front matter",
  ],
  "image-heavy": [
    "The picture is too heavy for previews of links",
    "name another image: in the front matter",
  ],
};

/** What is wrong with how chats and social networks would show links to an article. */
export function previewDiagnostics(
  articles: readonly SourceArticle[],
  { site, cards }: CardSettings,
): readonly Diagnostic[] {
  return articles.flatMap((article) => {
    const ownCard = articleCardPath(article, site);
    // If there are cards at all, an article without its own has its category's or the site's, of the same size.
    const page = sharedPageOf(site, article, cards === 0 ? null : site.url + ownCard);
    const warnings = new Set(linkPreviews(page).flatMap((preview) => preview.warnings));
    return [...warnings].flatMap((warning) => {
      if (warning === "title-cut") return [];
      return warningAt(article.path, article.titleLine, `preview-${warning}`, ...FAULTS[warning]);
    });
  });
}
