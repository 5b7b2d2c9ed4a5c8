import { inflateRawSync } from "node:zlib";
import type { Article, ArticleHeader } from "../../../src/domain/article.ts";
import { articleKey, encodeArticleHead } from "../../../src/store/article-entry.ts";
import { deflateBody } from "./deflate-body.ts";
import type { DeflatedBody, PackEntry } from "../../../src/store/pack.ts";
import { lazyPackEntry } from "../../../src/store/pack.ts";
import type { SourceFacts } from "./read-article.ts";

/** The entry that stores an article. */
export interface ArticleEntry extends PackEntry {
  /** Of an article that was read elsewhere: brings its body, without which `deflate` throws. */
  readonly bring?: () => Promise<DeflatedBody>;
}

/** An article with the entry that stores it; the entry's hash changes whenever the content does. */
export type StoredArticle = ArticleHeader & { readonly entry: ArticleEntry };

/** A stored article with the facts about its file that a release needs. */
export type BundledArticle = StoredArticle & SourceFacts;

/** Makes a store entry of an article. Its body is compressed when it is asked for first, and kept in this form only. */
export function storeArticle<Stored extends Article>({
  body,
  ...header
}: Stored): Omit<Stored, "body"> & Pick<StoredArticle, "entry"> {
  const head = encodeArticleHead(header);
  const entry = lazyPackEntry(articleKey(header.id), head, body, deflateBody);
  return { ...header, entry: { ...entry, deflate: once(entry.deflate) } };
}

/** Calls a function once, and keeps what it gives instead of it. */
function once<Value>(make: () => Value): () => Value {
  let get = make;
  return () => {
    const value = get();
    get = () => value;
    return value;
  };
}

/** An entry with its body, which is kept no longer than the entry that this gives. */
export async function withBody(entry: ArticleEntry): Promise<PackEntry> {
  if (entry.bring === undefined) return entry;
  const body = await entry.bring();
  const { key, head, hash, size } = entry;
  return { key, head, hash, size, deflate: () => body };
}

/** Decompresses an article's body for documents that show it. */
export function restoreArticle(article: StoredArticle): Article {
  return withBodyOf(article, article.entry);
}

/** The same of an article that may have been read elsewhere. */
export async function bringArticle(article: StoredArticle): Promise<Article> {
  return withBodyOf(article, await withBody(article.entry));
}

function withBodyOf(article: StoredArticle, entry: PackEntry): Article {
  return { ...headerOf(article), body: inflateRawSync(entry.deflate().bytes) };
}

/** A copy of an article's header. An article that came out of the cache cannot be spread, since its properties are getters. */
export function headerOf(article: ArticleHeader): ArticleHeader {
  const { id, entryId, title, titleBreaks, published, updated, categories, tags } = article;
  const { language, authors, source, sourceUrl, summary, image, recordings } = article;
  const { characterCount, isPlain } = article;
  const names = { categories, tags, language, authors, source, sourceUrl };
  const text = { summary, image, characterCount, isPlain };
  const header = { id, entryId, title, titleBreaks, published, updated, ...names, ...text };
  return recordings === undefined ? header : { ...header, recordings };
}

/** A copy of the facts about an article's file, likewise. */
export function factsOf(article: SourceFacts): SourceFacts {
  const { path, titleLine, identity, redirects, guessedRedirects } = article;
  const { localFiles, mediaHosts, links } = article;
  const found = { localFiles, mediaHosts, links };
  return { path, titleLine, identity, redirects, guessedRedirects, ...found };
}
