import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "./article/read-article.ts";

/**
 * How many a site may have. Each category has a card that is drawn, and a place in what the Worker carries: 200,000 would be
 * drawn for hours. Tags have lists and feeds only: 200,000 were bundled in five minutes.
 */
const MOST = { categories: 20_000, tags: 200_000 } as const;
const SINGULAR = { categories: "category", tags: "tag" } as const;

/** The categories and tags of a site, which are taken from one article after the other. */
export class SiteNames {
  readonly #names = { categories: new Set<string>(), tags: new Set<string>() };
  /** Lists of names that were taken. Articles of one newspaper share theirs. */
  readonly #lists = {
    categories: new Set<readonly string[]>(),
    tags: new Set<readonly string[]>(),
  };

  /** Takes an article's names, if there is room for all; else says why there is none, and takes no name. */
  take(article: Pick<SourceArticle, "path" | "categories" | "tags">): Diagnostic | null {
    const { categories, tags } = article;
    if (this.#lists.categories.has(categories) && this.#lists.tags.has(tags)) return null;
    for (const key of ["categories", "tags"] as const) {
      const fresh = new Set(article[key]).difference(this.#names[key]);
      const [first] = fresh;
      if (first === undefined || this.#names[key].size + fresh.size <= MOST[key]) continue;
      const what = `The ${SINGULAR[key]} "${first}" is one more than the ${MOST[key].toLocaleString("en")} that the older articles of the site may have`;
      const advice = "write one that another article has; the article was skipped";
      return errorAt(article.path, 1, "site-names-too-many", what, advice);
    }
    for (const name of categories) this.#names.categories.add(name);
    for (const name of tags) this.#names.tags.add(name);
    this.#lists.categories.add(categories);
    this.#lists.tags.add(tags);
    return null;
  }
}
