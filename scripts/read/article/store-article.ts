import { inflateRawSync } from "node:zlib";
import type { Article, ArticleHeader } from "../../../src/domain/article.ts";
import { articleKey, encodeArticleHead } from "../../../src/store/article-entry.ts";
import { deflateBody } from "./deflate-body.ts";
import type { PackEntry } from "../../../src/store/pack.ts";
import { lazyPackEntry } from "../../../src/store/pack.ts";
import type { SourceFacts } from "./read-article.ts";

/** An article with the entry that stores it; the entry's hash changes whenever the content does. */
export type StoredArticle = ArticleHeader & { readonly entry: PackEntry };

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

/** Decompresses an article's body for documents that show it. */
export function restoreArticle(article: StoredArticle): Article {
  return { ...article, body: inflateRawSync(article.entry.deflate().bytes) };
}
