import type { FeedTopic } from "../../src/domain/combination.ts";
import { combine } from "../../src/domain/combination.ts";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import type { FeedView } from "../../src/domain/feed-view.ts";
import { feedPath } from "../../src/domain/links.ts";
import type { NamedScope, Scope } from "../../src/domain/scope.ts";
import { SITE_SCOPE } from "../../src/domain/scope.ts";
import { DAY_TAGS } from "./generated-site.ts";
import type { Route } from "./route.ts";
import { IDENTITY, routeAt } from "./route.ts";

/** An archive page and whose it is. */
export type PageOf = readonly [scope: Scope, page: string];

/** What there are feeds of. */
export interface FeedTopics {
  /** The site, and categories whose feeds are finished. */
  readonly prerendered: readonly Scope[];
  /** Categories whose feeds are made on request. */
  readonly onRequest: readonly NamedScope[];
  readonly tags: readonly NamedScope[];
  readonly rareTag: NamedScope;
  readonly combinations: readonly FeedTopic[];
  readonly languages: readonly Scope[];
  /** Pages of the site's archive, of large categories and of large tags. */
  readonly pages: readonly PageOf[];
  readonly pagesOfLanguages: readonly PageOf[];
  /** A category of long articles. */
  readonly long: NamedScope;
  readonly pagesOfLong: readonly PageOf[];
}

const DAYS_TEXTS: Readonly<Record<FeedView, string>> = {
  texts: "a day",
  summaries: "summaries of a day",
  digest: "digest of a day",
};

/** The feeds with texts, in one format. */
export function feedRoutes(format: FeedFormat, topics: FeedTopics): readonly Route[] {
  const { prerendered, long, rareTag } = topics;
  const prerenderedPaths = prerendered.map((scope) => feedPath(scope, format));
  const longPath = feedPath(combine(long, rareTag), format);
  return [
    routeAt(`${format}: site, prerendered categories`, prerenderedPaths),
    routeAt(`${format}: the same without gzip`, prerenderedPaths, IDENTITY),
    routeAt(
      `${format}: categories on request`,
      topics.onRequest.map((scope) => feedPath(scope, format)),
    ),
    routeAt(
      `${format}: tags`,
      topics.tags.map((scope) => feedPath(scope, format)),
    ),
    routeAt(
      `${format}: archive pages`,
      topics.pages.map(([scope, page]) => feedPath(scope, format, page)),
    ),
    routeAt(
      `${format}: five scopes together`,
      topics.combinations.map((topic) => feedPath(topic, format)),
    ),
    routeAt(
      `${format}: languages`,
      topics.languages.map((scope) => feedPath(scope, format)),
    ),
    routeAt(
      `${format}: archive pages of languages`,
      topics.pagesOfLanguages.map(([scope, page]) => feedPath(scope, format, page)),
    ),
    ...dayRoutes(format, "texts", rareTag),
    routeAt(`${format}: a megabyte`, [longPath]),
    routeAt(`${format}: a megabyte without gzip`, [longPath], IDENTITY),
    routeAt(
      `${format}: archive pages of long articles`,
      topics.pagesOfLong.map(([scope, page]) => feedPath(scope, format, page)),
    ),
  ];
}

/** The feeds without texts (`?only=summary`), in one format. */
export function summaryRoutes(format: FeedFormat, topics: FeedTopics): readonly Route[] {
  const { prerendered, onRequest, tags, languages, pages, combinations, rareTag } = topics;
  return [
    routeAt(
      `${format}: summaries of site, prerendered categories`,
      prerendered.map((scope) => feedPath(scope, format, null, "summaries")),
    ),
    routeAt(
      `${format}: summaries on request`,
      [...onRequest, ...tags, ...languages].map((scope) =>
        feedPath(scope, format, null, "summaries"),
      ),
    ),
    routeAt(
      `${format}: summaries of archive pages`,
      pages.map(([scope, page]) => feedPath(scope, format, page, "summaries")),
    ),
    routeAt(
      `${format}: summaries of five scopes together`,
      combinations.map((topic) => feedPath(topic, format, null, "summaries")),
    ),
    ...dayRoutes(format, "summaries", rareTag),
  ];
}

/** The feeds with an entry for each day, in one format. */
export function digestRoutes(format: FeedFormat, topics: FeedTopics): readonly Route[] {
  const { prerendered, onRequest, tags, languages, combinations, rareTag } = topics;
  const digestPath = (topic: FeedTopic): string => feedPath(topic, format, null, "digest");
  return [
    routeAt(`${format}: digest of site`, [digestPath(SITE_SCOPE)]),
    routeAt(
      `${format}: digests of scopes`,
      [...prerendered, ...onRequest, ...tags].map(digestPath),
    ),
    routeAt(`${format}: digests of languages`, languages.map(digestPath)),
    routeAt(`${format}: digests of five scopes together`, combinations.map(digestPath)),
    ...dayRoutes(format, "digest", rareTag),
  ];
}

/** Of a combination, because the feed of one large scope is prerendered. */
function dayRoutes(format: FeedFormat, view: FeedView, rareTag: NamedScope): readonly Route[] {
  return DAY_TAGS.flatMap(({ name, count }) => {
    const path = feedPath(combine({ kind: "tag", name }, rareTag), format, null, view);
    const what = `${format}: ${DAYS_TEXTS[view]} of ${count}`;
    return [routeAt(what, [path]), routeAt(`${what} without gzip`, [path], IDENTITY)];
  });
}
