import type { Article } from "../../../src/domain/article.ts";
import { articleKey, encodeArticleHead } from "../../../src/store/article-entry.ts";
import { inflateEntry, packEntry } from "../../../src/store/pack.ts";
import type { PlannedArticle } from "../../bundle/plan-collections.ts";
import type { SourceFacts } from "./read-article.ts";

/** An article of a folder, on its way into a release. */
export type BundledArticle = PlannedArticle & SourceFacts;

/** An article as a release takes it: its body compressed, which is all that most releases need of it. */
export function storeArticle<Stored extends Article>({
  body,
  ...header
}: Stored): Omit<Stored, "body"> & Pick<PlannedArticle, "entry"> {
  return { ...header, entry: packEntry(articleKey(header.id), encodeArticleHead(header), body) };
}

/** The article with its body, for documents that show it. */
export function restoreArticle(article: PlannedArticle): Article {
  return { ...article, body: inflateEntry(article.entry) };
}
