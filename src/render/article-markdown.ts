import type { Article } from "../domain/article.ts";
import { sharePath } from "../domain/links.ts";
import { formatRfc3339 } from "../domain/moment.ts";
import type { Site } from "../domain/site.ts";
import { writeMarkdown } from "./markdown-writer.ts";

const decoder = new TextDecoder();

/** Above it, the text stays HTML, which Markdown may hold: turning it would take more than a request may cost. */
const MOST_BYTES = 100_000;

/** `/s/{id}.md`: an article as Markdown with front matter, for programs that read. */
export function renderArticleMarkdown(site: Site, article: Article): string {
  const html = decoder.decode(article.body);
  const text = article.body.length > MOST_BYTES ? html : writeMarkdown(html);
  return `---\n${frontMatterOf(site, article)}---\n\n${text}\n`;
}

/** Texts and lists are written as JSON, which is YAML (YAML 1.2, section 1.3). */
function frontMatterOf(site: Site, article: Article): string {
  const { updated, source, sourceUrl, image, authors, tags, recordings = [] } = article;
  const fields = {
    title: article.title,
    date: formatRfc3339(article.published),
    last_modified_at: updated === null ? null : formatRfc3339(updated),
    url: site.url + sharePath(article.id),
    lang: article.language ?? site.language,
    authors: authors.length === 0 ? null : authors,
    source,
    source_url: sourceUrl,
    categories: article.categories,
    tags: tags.length === 0 ? null : tags,
    description: article.summary === "" ? null : article.summary,
    image: image?.url ?? null,
    recordings:
      recordings.length === 0
        ? null
        : recordings.flatMap(({ files }) => files.map(({ url }) => url)),
  };
  return Object.entries(fields)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`)
    .join("");
}
