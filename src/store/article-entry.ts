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
  // By their places: to take such an array apart by names goes through an iterator, and a feed has fifty.
  const changed = stored[4];
  const recordings = stored[17];
  const header = {
    id,
    entryId: stored[16] ?? null,
    title: stored[1],
    titleBreaks: stored[14],
    published: { epochSeconds: stored[2], offsetMinutes: stored[3] },
    updated: changed === null ? null : { epochSeconds: changed, offsetMinutes: stored[5] },
    categories: stored[0],
    tags: stored[6],
    language: stored[7],
    authors: stored[8],
    source: stored[9],
    sourceUrl: stored[15] ?? null,
    summary: stored[10],
    image: stored[11],
    characterCount: stored[12],
    isPlain: stored[13],
  };
  return recordings === undefined ? header : { ...header, recordings };
}

/** What a link to an article shows. */
export type LinkedArticle = Pick<ArticleHeader, "id" | "title" | "published">;

/** The members of a head that a link needs are the first ones. */
const LINKED_MEMBERS = 4;

/** Reads of a head what a link needs, and not the rest, most of which is the summary. */
export function decodeLinkedArticle(id: ShareId, head: Uint8Array): LinkedArticle {
  const beginning = head.subarray(0, endOfMembers(head, LINKED_MEMBERS));
  const stored = JSON.parse(`${decoder.decode(beginning)}]`) as StoredHead;
  return {
    id,
    title: stored[1],
    published: { epochSeconds: stored[2], offsetMinutes: stored[3] },
  };
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPENING, CLOSING] = [0x5b, 0x5d];

/** Where so many members of an array in JSON end; the members are no objects. */
function endOfMembers(json: Uint8Array, members: number): number {
  let [depth, seen, inText] = [0, 0, false];
  for (let index = 0; index < json.byteLength; index += 1) {
    const byte = json[index];
    if (inText) {
      if (byte === BACKSLASH) index += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === OPENING) depth += 1;
    else if (byte === CLOSING) depth -= 1;
    else if (byte === COMMA && depth === 1) {
      seen += 1;
      if (seen === members) return index;
    }
  }
  return json.byteLength;
}

/** Puts an article together from its head and its body. */
export function decodeArticle<Body>(id: ShareId, head: Uint8Array, body: Body): Article<Body> {
  return { ...decodeArticleHead(id, head), body };
}
