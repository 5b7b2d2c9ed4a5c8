import type { ArchivePage } from "../domain/archive.ts";
import type { ArticleRef } from "../domain/article.ts";
import type { Scope } from "../domain/scope.ts";
import { SITE_SCOPE, scopeKey } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import type { ContentHash } from "./content-hash.ts";
import { joinedBytes, u32s } from "./joined-bytes.ts";

/*
 * The `collections` map. Its keys are ordered so that one publish, which touches many scopes but one month, rewrites
 * few packs: archive pages by time first and scope second, heads and page indexes by scope.
 *
 *     h/{scope} NUL          the head: title, count, newest articles
 *     h/{scope} NUL pages    the list of its archive pages, beside the head and so mostly in the same pack
 *     p/{page}/{scope}       an archive page of a category or tag: digest, articles
 *     s/{page}               an archive page of the site, apart so that a sitemap finds a month in few packs
 *
 * Where the site publishes so much that its head does not reach back three days:
 *
 *     h/ NUL days            its newest articles with leads, for digests
 *
 * Documents that grow with the number of scopes, or of articles a day, are finished when the release is made:
 *
 *     h/ NUL categories      the categories on the home page, beside the site's head and mostly in the same pack
 *     h/ NUL categories/2    a page of the list of all categories
 *     h/ NUL news            the articles of the news sitemap; head: when each was published and where its element ends
 *     o/feeds                the list of all feeds
 */

/** What a list's first page and a feed need, in one read. */
export interface CollectionHead {
  readonly title: string;
  /** All articles in the scope. */
  readonly count: number;
  /** Changes exactly when the content of the scope's feeds does. */
  readonly digest: ContentHash;
  readonly newestPage: string;
  /**
   * The newest articles, newest first: of the site as many as a list shows, of other scopes all that a feed shows because of
   * their dates, and so many that digests know three days. A lead have the first few, those behind what a list shows, and those that lie in more packs than a feed may read.
   */
  readonly newest: readonly ArticleRef[];
}

/** An archive page with what is on it. */
export interface CollectionPage {
  /** Changes exactly when the content of the page's feeds does, apart from their links to neighbouring pages. */
  readonly digest: ContentHash;
  /** Newest first. */
  readonly refs: readonly ArticleRef[];
}

/** An article as lists hold it. */
export type StoredRef = readonly [
  id: ShareId,
  title: string,
  publishedSeconds: number,
  publishedOffset: number,
  source: string | null,
  lead?: string | null,
  updatedSeconds?: number | null,
  updatedOffset?: number,
  entryId?: string | null,
  picture?: readonly [path: string, width: number],
];

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function headKey(scope: Scope): Uint8Array {
  return encoder.encode(`h/${scopeKey(scope)}\0`);
}

export function pageIndexKey(scope: Scope): Uint8Array {
  return encoder.encode(`h/${scopeKey(scope)}\0pages`);
}

/** The beginning of the keys of all whose names begin so. */
export function authorKeysPrefix(beginning: string): Uint8Array {
  return encoder.encode(`h/${scopeKey({ kind: "author", name: beginning })}`);
}

/** The name of an author out of a key that begins with `authorKeysPrefix`. */
export function authorOfKey(key: Uint8Array): string {
  const [, name = ""] = /^h\/a\/([^\0]*)/.exec(decoder.decode(key)) ?? [];
  return name;
}

/** The key of the categories on the home page, as markup. */
export const HOME_CATEGORIES_KEY = encoder.encode(`h/${scopeKey(SITE_SCOPE)}\0categories`);

/** The categories on the home page. */
export interface HomeCategories {
  readonly html: Uint8Array;
  /** How many of the newest articles the page shows above them; null for all that the site's head has. */
  readonly newest: number | null;
}

export function encodeHomeCategoriesHead(newest: number | null): Uint8Array {
  return newest === null ? new Uint8Array() : Uint8Array.of(newest);
}

export function decodeHomeCategoriesHead(head: Uint8Array): number | null {
  return head[0] ?? null;
}

/** The key of a page of the list of all categories, as markup; pages count from 1. */
export function categoryIndexKey(page: number): Uint8Array {
  return encoder.encode(`h/${scopeKey(SITE_SCOPE)}\0categories/${page}`);
}

/** The key of the site's newest articles for digests. */
export const SITE_DAYS_KEY = encoder.encode(`h/${scopeKey(SITE_SCOPE)}\0days`);

/** The key of the news sitemap's articles, as XML. */
export const NEWS_SITEMAP_KEY = encoder.encode(`h/${scopeKey(SITE_SCOPE)}\0news`);

/** Two numbers. */
const NEWS_RECORD_BYTES = 8;

/** The articles of the news sitemap. */
export interface StoredNews {
  /** An element for each, newest first. */
  readonly xml: Uint8Array;
  readonly ends: readonly (readonly [published: number, end: number])[];
}

/** Numbers in a row: when each article was published, in seconds since 1970, and where its element ends. */
export function encodeNewsHead(ends: StoredNews["ends"]): Uint8Array {
  return u32s(ends.flat());
}

export function decodeNewsHead(bytes: Uint8Array): StoredNews["ends"] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / NEWS_RECORD_BYTES }, (_, index) => [
    view.getUint32(index * NEWS_RECORD_BYTES, true),
    view.getUint32(index * NEWS_RECORD_BYTES + NEWS_RECORD_BYTES / 2, true),
  ]);
}

/** The key of the list of all feeds, as OPML. */
export const OPML_KEY = encoder.encode("o/feeds");

export function pageKey(scope: Scope, page: string): Uint8Array {
  return encoder.encode(scope.kind === "site" ? `s/${page}` : `p/${page}/${scopeKey(scope)}`);
}

/** The beginning of the keys of the site's archive pages in one period, such as `2022-01`. */
export function sitePagesPrefix(period: string): Uint8Array {
  return pageKey(SITE_SCOPE, period);
}

function storedHead({ title, count, digest, newestPage, newest }: CollectionHead) {
  return [title, count, digest, newestPage, newest.map(storedRef)] as const;
}

export function encodeHead(head: CollectionHead): Uint8Array {
  return encoder.encode(JSON.stringify(storedHead(head)));
}

export function decodeHead(bytes: Uint8Array): CollectionHead {
  const stored = JSON.parse(decoder.decode(bytes)) as ReturnType<typeof storedHead>;
  const [title, count, digest, newestPage, newest] = stored;
  return { title, count, digest, newestPage, newest: newest.map(readRef) };
}

/** The pages come newest first. */
export function encodePageIndex(pages: readonly ArchivePage[]): Uint8Array {
  return encoder.encode(JSON.stringify(pages.map(({ name, count }) => [name, count])));
}

export function decodePageIndex(bytes: Uint8Array): readonly ArchivePage[] {
  const stored = JSON.parse(decoder.decode(bytes)) as readonly (readonly [string, number])[];
  return stored.map(([name, count]) => ({ name, count }));
}

export function encodePage({ digest, refs }: CollectionPage): Uint8Array {
  return joinedPage(
    digest,
    refs.map((ref) => encoder.encode(refText(ref))),
  );
}

/** An article as a page holds it, as text: an article is on pages of several scopes, where it mostly looks the same. */
export function refText(ref: ArticleRef): string {
  return JSON.stringify(storedRef(ref));
}

const COMMA = encoder.encode(",");

/** Encodes a page out of what `refText` gave, in UTF-8. */
export function joinedPage(digest: ContentHash, refs: readonly Uint8Array[]): Uint8Array {
  const start = encoder.encode(`[${JSON.stringify(digest)},[`);
  const listed = refs.flatMap((ref, index) => (index === 0 ? [ref] : [COMMA, ref]));
  return joinedBytes([start, ...listed, encoder.encode("]]")]);
}

export function decodePage(bytes: Uint8Array): CollectionPage {
  type StoredPage = readonly [digest: ContentHash, refs: readonly StoredRef[]];
  const [digest, refs] = JSON.parse(decoder.decode(bytes)) as StoredPage;
  return { digest, refs: refs.map(readRef) };
}

export function encodeRefs(refs: readonly ArticleRef[]): Uint8Array {
  return encoder.encode(JSON.stringify(refs.map(storedRef)));
}

export function decodeRefs(bytes: Uint8Array): readonly ArticleRef[] {
  return (JSON.parse(decoder.decode(bytes)) as readonly StoredRef[]).map(readRef);
}

/** Null values at the end are left out, because most articles were never changed, and pages show no leads. */
export function storedRef(ref: ArticleRef): StoredRef {
  const { id, entryId, title, published, source, lead, updated, picture } = ref;
  const shown = [id, title, published.epochSeconds, published.offsetMinutes, source] as const;
  if (picture !== undefined) {
    const changed = [updated?.epochSeconds ?? null, updated?.offsetMinutes ?? 0] as const;
    return [...shown, lead, ...changed, entryId, [picture.path, picture.width]];
  }
  if (entryId !== null) {
    return [...shown, lead, updated?.epochSeconds ?? null, updated?.offsetMinutes ?? 0, entryId];
  }
  if (updated !== null) return [...shown, lead, updated.epochSeconds, updated.offsetMinutes];
  return lead === null ? shown : [...shown, lead];
}

/** Reads what `storedRef` wrote. */
export function readRef(stored: StoredRef): ArticleRef {
  // By their places: to take such an array apart by names goes through an iterator, and a head has fifty and more.
  const changed = stored[6] ?? null;
  const picture = stored[9];
  const ref = {
    id: stored[0],
    entryId: stored[8] ?? null,
    title: stored[1],
    published: { epochSeconds: stored[2], offsetMinutes: stored[3] },
    updated: changed === null ? null : { epochSeconds: changed, offsetMinutes: stored[7] ?? 0 },
    source: stored[4],
    lead: stored[5] ?? null,
  };
  return picture === undefined ? ref : { ...ref, picture: { path: picture[0], width: picture[1] } };
}
