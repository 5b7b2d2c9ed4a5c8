import { listedAuthors } from "../../src/domain/listed-authors.ts";
import type { Site } from "../../src/domain/site.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { errorAt } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "./article/read-article.ts";

/**
 * How many a site may have. Each category has a card that is drawn, and a place in what the Worker carries: 200,000 would be
 * drawn for hours. Tags and authors have lists and feeds only: 200,000 tags were bundled in five minutes.
 */
const MOST = { categories: 20_000, tags: 200_000, authors: 200_000 } as const;
const KINDS = ["categories", "tags", "authors"] as const;
const SINGULAR = { categories: "category", tags: "tag", authors: "author" } as const;
const ADVICE = {
  categories: "write one that another article has",
  tags: "write one that another article has",
  authors: "write one that another article has, or authors = false in the settings",
} as const;

/** The categories, tags and authors with lists of a site, which are taken from one article after the other. */
export class SiteNames {
  readonly #site: Pick<Site, "authors">;
  readonly #names = {
    categories: new Set<string>(),
    tags: new Set<string>(),
    authors: new Set<string>(),
  };

  constructor(site: Pick<Site, "authors">) {
    this.#site = site;
  }

  /** Takes an article's names, if there is room for all; else says why there is none, and takes no name. */
  take(
    article: Pick<SourceArticle, "path" | "categories" | "tags" | "authors">,
  ): Diagnostic | null {
    // An article that came out of the cache has getters, which cannot be spread.
    const { categories, tags } = article;
    const named = { categories, tags, authors: listedAuthors(article, this.#site) };
    for (const key of KINDS) {
      const fresh = new Set(named[key]).difference(this.#names[key]);
      const [first] = fresh;
      if (first === undefined || this.#names[key].size + fresh.size <= MOST[key]) continue;
      const what = `The ${SINGULAR[key]} "${first}" is one more than the ${MOST[key].toLocaleString("en")} that the older articles of the site may have`;
      const advice = `${ADVICE[key]}; the article was skipped`;
      return errorAt(article.path, 1, "site-names-too-many", what, advice);
    }
    for (const key of KINDS) {
      for (const name of named[key]) this.#names[key].add(name);
    }
    return null;
  }
}
