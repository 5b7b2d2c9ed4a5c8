import { inflateRawSync } from "node:zlib";
import type { Article, ArticleHeader } from "../../../src/domain/article.ts";
import { articleKey, encodeArticleHead } from "../../../src/store/article-entry.ts";
import type { PackEntry } from "../../../src/store/pack.ts";
import { packEntry } from "../../../src/store/pack.ts";
import type { SourceFacts } from "./read-article.ts";

/** An article with the entry that stores it; the entry's hash changes whenever the content does. */
export type StoredArticle = ArticleHeader & { readonly entry: PackEntry };

/** A stored article with the facts about its file that a release needs. */
export type BundledArticle = StoredArticle & SourceFacts;

/** Compresses an article's body into a store entry; most releases need the body only in this form. */
export function storeArticle<Stored extends Article>({
  body,
  ...header
}: Stored): Omit<Stored, "body"> & Pick<StoredArticle, "entry"> {
  return { ...header, entry: packEntry(articleKey(header.id), encodeArticleHead(header), body) };
}

/** Decompresses an article's body for documents that show it. */
export function restoreArticle(article: StoredArticle): Article {
  return { ...article, body: inflateRawSync(article.entry.deflate().bytes) };
}
