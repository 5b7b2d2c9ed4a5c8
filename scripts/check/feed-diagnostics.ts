import { compareNewestFirst } from "../../src/domain/article.ts";
import { feedWindow, reachOf } from "../../src/domain/feed-window.ts";
import { listedAuthors } from "../../src/domain/listed-authors.ts";
import { feedPath } from "../../src/domain/links.ts";
import type { Scope } from "../../src/domain/scope.ts";
import { SITE_SCOPE, scopeKey } from "../../src/domain/scope.ts";
import type { Site } from "../../src/domain/site.ts";
import {
  FEED_ON_REQUEST,
  LARGEST_BODY_BYTES,
  PRERENDERED_FEED,
  withBodiesThatFit,
} from "../../src/render/feed-bodies.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { warningAt } from "../diagnostics/diagnostic.ts";
import type { BundledArticle } from "../read/article/store-article.ts";

type CheckedArticle = Pick<
  BundledArticle,
  "id" | "published" | "authors" | "categories" | "tags" | "path" | "titleLine"
> & { readonly entry: Pick<BundledArticle["entry"], "key" | "head" | "size"> };

type SizedArticle = Omit<CheckedArticle, "entry"> & {
  readonly body: { readonly byteLength: number };
};

const BYTES_PER_KILOBYTE = 1000;
const LEFT_SO = "or leave it so: its page shows the whole text";

/**
 * Warnings for articles of which feeds show the summary and a link only, because the text is too long for any feed, or because
 * newer ones fill the document.
 */
export function feedDiagnostics(
  articles: readonly CheckedArticle[],
  site: Site,
): readonly Diagnostic[] {
  const sized = articles.map((article): SizedArticle => {
    const { size, key, head } = article.entry;
    const { id, published, categories, tags, authors, path, titleLine } = article;
    const body = { byteLength: size - key.byteLength - head.byteLength };
    return { id, published, categories, tags, authors, path, titleLine, body };
  });
  const crowdedOut = new Map<SizedArticle, string>();
  for (const [scope, members] of scopesOf(sized.toSorted(compareNewestFirst), site)) {
    for (const article of withoutRoom(members, scope, site)) {
      if (!crowdedOut.has(article)) crowdedOut.set(article, feedPath(scope, "rss"));
    }
  }
  return sized.flatMap((article) => {
    const kilobytes = Math.round(article.body.byteLength / BYTES_PER_KILOBYTE);
    const feed = crowdedOut.get(article);
    if (article.body.byteLength > LARGEST_BODY_BYTES) {
      const what = `The text is ${kilobytes} KB of HTML, and feeds show summary and link of what is above ${LARGEST_BODY_BYTES / BYTES_PER_KILOBYTE}`;
      return warnAt(article, "feed-text-large", what, `divide it, ${LEFT_SO}`);
    }
    if (feed === undefined) return [];
    const what = `Newer articles fill the feed "${feed}", which shows summary and link of this one, of ${kilobytes} KB`;
    return warnAt(article, "feed-full", what, `divide the longest of them, ${LEFT_SO}`);
  });
}

/** The articles of a feed that would fit into any other one. */
function withoutRoom(
  members: readonly SizedArticle[],
  scope: Scope,
  site: Site,
): readonly SizedArticle[] {
  const window = feedWindow(members, reachOf(scope, site));
  const { bytes } = scope.kind === "site" ? PRERENDERED_FEED : FEED_ON_REQUEST;
  const shown = withBodiesThatFit(window, { bytes, entries: Infinity });
  return window.filter(({ body }, index) => body.byteLength > 0 && shown[index]?.body === null);
}

function scopesOf(
  newestFirst: readonly SizedArticle[],
  site: Site,
): Iterable<readonly [Scope, readonly SizedArticle[]]> {
  const scopes = new Map<string, readonly [Scope, SizedArticle[]]>();
  const add = (scope: Scope, article: SizedArticle): void => {
    const key = scopeKey(scope);
    const known = scopes.get(key) ?? [scope, []];
    known[1].push(article);
    scopes.set(key, known);
  };
  for (const article of newestFirst) {
    add(SITE_SCOPE, article);
    for (const name of new Set(article.categories)) add({ kind: "category", name }, article);
    for (const name of new Set(article.tags)) add({ kind: "tag", name }, article);
    for (const name of listedAuthors(article, site)) add({ kind: "author", name }, article);
  }
  return scopes.values();
}

function warnAt(
  { path, titleLine }: SizedArticle,
  ...[code, what, advice]: [code: string, what: string, advice: string]
): readonly Diagnostic[] {
  return [warningAt(path, titleLine, code, what, advice)];
}
