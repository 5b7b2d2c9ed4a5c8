import type { Article } from "../domain/article.ts";
import type { FeedTopic } from "../domain/combination.ts";
import { formatDayNumber } from "../domain/day-number.ts";
import type { DigestDay } from "../domain/digest-days.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import { listPath, sharePath } from "../domain/links.ts";
import type { Moment } from "../domain/moment.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import { clipText } from "./clip-text.ts";
import { directionOf } from "./direction.ts";
import type { FeedEntry } from "./feed-entry.ts";
import type { FeedDescription } from "./feed-head.ts";
import { feedHead, variantName } from "./feed-head.ts";
import { feedPieces } from "./feed-pieces.ts";
import type { FeedWriter } from "./feed-writer.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { counted } from "./phrases/counted.ts";
import { filled } from "./phrases/filled.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import { readerPage } from "./reader-dates.ts";
import { tagUri } from "./tag-uri.ts";

/** A feed with one entry for each day. */
export interface Digest extends FeedDescription {
  /** Newest first. */
  readonly days: readonly ShownDay[];
  readonly words: Phrases;
}

export interface ShownDay extends Omit<DigestDay<unknown>, "articles"> {
  readonly articles: readonly DigestArticle[];
  /** When it was over. */
  readonly end: Moment;
}

/** What a digest says about an article. */
export type DigestArticle = Pick<Article, "id" | "title" | "summary" | "language">;

/** The most bytes of the titles in an entry's own summary. */
const SUMMARY_BYTES = 600;

/** The document of a digest in pieces. */
export function layOutDigest(
  digest: Digest,
  format: FeedFormat,
  writer: FeedWriter,
): readonly Uint8Array[] {
  const head = feedHead(digest, format, digest.days[0]?.end ?? null);
  return feedPieces(writer, head, digest.days, (day) => digestEntry(day, digest));
}

function digestEntry(shown: ShownDay, digest: Digest): FeedEntry {
  const { site, topic, words } = digest;
  const { day, end, articles, isWhole, isDated } = shown;
  const name = formatDayNumber(day);
  const title = readerPage(name, words.dates);
  return {
    id: tagUri(site.idAuthority, `${variantName(topic, "digest")}/${name}`),
    url: site.url + listPath(listed(topic), isDated ? name : null),
    // How many there are is not known of a day that is cut.
    title: isWhole ? `${title} · ${counted(words, articles.length)}` : title,
    summary: clipText(articles.map((article) => article.title).join(" · "), SUMMARY_BYTES),
    published: end,
    updated: end,
    authors: [],
    authorUrl: () => null,
    source: null,
    sourceUrl: null,
    categories: [],
    language: null,
    image: null,
    body: digestBody(shown, digest),
    around: null,
    recordings: [],
    isEpisode: false,
  };
}

/** Titles, summaries and links in elements that mail programs know. */
function digestBody({ articles, isWhole }: ShownDay, digest: Digest): Markup {
  const { site, topic, title, words } = digest;
  const items = articles.map((article) => {
    const own = article.language ?? site.language;
    const isFeeds = topic.kind === "language" || own === site.language;
    const attributes = isFeeds ? null : markup` lang="${own}" dir="${directionOf(own)}"`;
    const link = markup`<h3${attributes}><a href="${site.url + sharePath(article.id)}">${article.title}</a></h3>`;
    return article.summary === ""
      ? markup`${link}\n`
      : markup`${link}\n<p${attributes}>${article.summary}</p>\n`;
  });
  const rest = isWhole
    ? null
    : markup`<p><a href="${site.url + listPath(listed(topic))}">${filled(words.moreFrom, { title })}</a></p>\n`;
  return markup`${items}${rest}`;
}

/** The scope whose list shows the articles of a topic, and where it has none, more. */
function listed(topic: FeedTopic) {
  return topic.kind === "combination" || topic.kind === "language" ? SITE_SCOPE : topic;
}
