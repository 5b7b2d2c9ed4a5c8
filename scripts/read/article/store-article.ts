import type { Article, ArticleHeader } from "../../../src/domain/article.ts";
import { articleKey, encodeArticleHead } from "../../../src/store/article-entry.ts";
import type { PackEntry } from "../../../src/store/pack.ts";
import { inflateEntry, packEntry } from "../../../src/store/pack.ts";
import type { SourceFacts } from "./read-article.ts";

/** An article with the entry that stores it, whose hash says when its content changed. */
export type StoredArticle = ArticleHeader & { readonly entry: PackEntry };

/** An article of a folder, on its way into a release. */
export type BundledArticle = StoredArticle & SourceFacts;

/** An article as a release takes it: its body compressed, which is all that most releases need of it. */
export function storeArticle<Stored extends Article>({
  body,
  ...header
}: Stored): Omit<Stored, "body"> & Pick<StoredArticle, "entry"> {
  return { ...header, entry: packEntry(articleKey(header.id), encodeArticleHead(header), body) };
}

/** The article with its body, for documents that show it. */
export function restoreArticle(article: StoredArticle): Article {
  return { ...article, body: inflateEntry(article.entry) };
}
