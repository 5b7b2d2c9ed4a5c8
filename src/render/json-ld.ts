import type { ArticleHeader } from "../domain/article.ts";
import { sharePath } from "../domain/links.ts";
import { formatRfc3339 } from "../domain/moment.ts";
import type { Site } from "../domain/site.ts";
import { Markup } from "./markup.ts";

/** An article in schema.org's words, for search engines: a data block, which no browser runs. */
export function renderJsonLd(site: Site, header: ArticleHeader, section: string | null): Markup {
  const publisher = {
    "@type": "Organization",
    name: site.author ?? site.title,
    url: `${site.url}/`,
  };
  const source = header.source === null ? null : { "@type": "Organization", name: header.source };
  const authors = header.authors.map((name) => ({ "@type": "Person", name }));
  return dataBlock({
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    headline: header.title,
    datePublished: formatRfc3339(header.published),
    dateModified: formatRfc3339(header.updated ?? header.published),
    author: authors.length > 0 ? authors : [source ?? publisher],
    publisher,
    ...(source === null ? {} : { sourceOrganization: source }),
    ...(header.image === null ? {} : { image: [header.image.url] }),
    ...(section === null ? {} : { articleSection: section }),
    inLanguage: header.language ?? site.language,
    mainEntityOfPage: `${site.url}${sharePath(header.id)}`,
    isAccessibleForFree: true,
  });
}

/** `<` is escaped so that no text can close the block or open a comment in it (HTML, section 4.12.1.3). */
function dataBlock(data: object): Markup {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return Markup.trusted(`<script type="application/ld+json">${json}</script>`);
}
