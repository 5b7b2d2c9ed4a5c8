import type { Article } from "../../src/domain/article.ts";
import { articleKey, encodeArticleHead } from "../../src/store/article-entry.ts";
import { inflateEntry, packEntry } from "../../src/store/pack.ts";
import type { PlannedArticle } from "./plan-collections.ts";

/** An article as a release takes it: its body compressed, which is all that most releases need of it. */
export function storeArticle({ body, ...header }: Article): PlannedArticle {
  return { ...header, entry: packEntry(articleKey(header.id), encodeArticleHead(header), body) };
}

/** The article with its body, for documents that show it. */
export function restoreArticle(article: PlannedArticle): Article {
  return { ...article, body: inflateEntry(article.entry) };
}
