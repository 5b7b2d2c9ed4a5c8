import type { Article, ArticleHeader } from "../domain/article.ts";
import type { Recording } from "../domain/recording.ts";
import type { ShareId } from "../domain/share-id.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The key of an article in the `articles` map. */
export function articleKey(id: ShareId): Uint8Array {
  // An id is short ASCII, so copying it is faster than calling an encoder.
  const key = new Uint8Array(id.length);
  for (let index = 0; index < id.length; index += 1) key[index] = id.charCodeAt(index);
  return key;
}

/** The id of the article with a key. */
export function shareIdOfKey(key: Uint8Array): ShareId {
  let id = "";
  for (const code of key) id += String.fromCharCode(code);
  return id as ShareId;
}

/**
 * What the head of an entry in the `articles` map holds. It is a tuple, because names would be a third of its bytes.
 * Categories come first, so that a head's first bytes show its first category.
 */
function storedHeader(article: ArticleHeader) {
  return [
    article.categories,
    article.title,
    article.published.epochSeconds,
    article.published.offsetMinutes,
    article.updated?.epochSeconds ?? null,
    article.updated?.offsetMinutes ?? 0,
    article.tags,
    article.language,
    article.authors,
    article.source,
    article.summary,
    article.image,
    article.characterCount,
    article.isPlain,
    article.titleBreaks,
    ...storedExtras(article),
  ] as const;
}

/** What few articles have. It is left out behind the last that is there, so that all others are stored as they were. */
function storedExtras({
  sourceUrl,
  entryId,
  recordings,
}: ArticleHeader): readonly [
  sourceUrl?: string | null,
  entryId?: string | null,
  recordings?: readonly Recording[],
] {
  if (recordings !== undefined) return [sourceUrl, entryId, recordings];
  if (entryId !== null) return [sourceUrl, entryId];
  return sourceUrl === null ? [] : [sourceUrl];
}

export function encodeArticleHead(article: ArticleHeader): Uint8Array {
  return encodeStoredHead(storedHeader(article));
}

export function encodeStoredHead(stored: StoredHead): Uint8Array {
  return encoder.encode(JSON.stringify(stored));
}

/** The bytes that begin the head of every article, and of no page of the site's own. */
export const ANY_ARTICLE = encoder.encode("[[");

/** The bytes that begin the head of every article whose first category is this one. */
export function headBeginning(category: string): Uint8Array {
  return encoder.encode(`[[${JSON.stringify(category)}`);
}

/** What a head holds, parsed. */
export type StoredHead = ReturnType<typeof storedHeader>;

/** Reads what `encodeArticleHead` wrote, without validation, because the pack's checksum vouches for the bytes. */
export function decodeArticleHead(id: ShareId, head: Uint8Array): ArticleHeader {
  return headerOfStored(id, JSON.parse(decoder.decode(head)) as StoredHead);
}

export function headerOfStored(id: ShareId, stored: StoredHead): ArticleHeader {
  const [categories, title, epochSeconds, offsetMinutes, changed, offset, ...rest] = stored;
  const [tags, language, authors, source, summary, image, characterCount, isPlain, ...others] =
    rest;
  const [titleBreaks, sourceUrl = null, entryId = null, recordings] = others;
  return {
    id,
    entryId,
    title,
    titleBreaks,
    published: { epochSeconds, offsetMinutes },
    updated: changed === null ? null : { epochSeconds: changed, offsetMinutes: offset },
    categories,
    tags,
    language,
    authors,
    source,
    sourceUrl,
    summary,
    image,
    characterCount,
    isPlain,
    ...(recordings === undefined ? {} : { recordings }),
  };
}

/** Puts an article together from its head and its body. */
export function decodeArticle<Body>(id: ShareId, head: Uint8Array, body: Body): Article<Body> {
  return { ...decodeArticleHead(id, head), body };
}
