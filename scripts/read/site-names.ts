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
type Kind = (typeof KINDS)[number];
const SINGULAR = { categories: "category", tags: "tag", authors: "author" } as const;
const ADVICE = {
  categories: "write one that another article has",
  tags: "write one that another article has",
  authors: "write one that another article has, or authors = false in the settings",
} as const;

type Names = readonly string[];

/** The articles that have one list of names. */
interface Use {
  /** The path of the first. */
  readonly path: string;
  count: number;
}

/** The categories, tags and authors with lists of a site, which are taken from one article after the other. */
export class SiteNames {
  readonly #site: Pick<Site, "authors">;
  readonly #names = { categories: names(), tags: names(), authors: names() };
  /** Lists of names that were taken. Articles of one newspaper share theirs. */
  readonly #uses = { categories: uses(), tags: uses(), authors: uses() };

  constructor(site: Pick<Site, "authors">) {
    this.#site = site;
  }

  /** Lists of names of a kind that were taken, in the order in which they came; a list may be there twice. */
  uses(kind: Kind): ReadonlyMap<Names, Readonly<Use>> {
    return this.#uses[kind];
  }

  /** Takes an article's names, if there is room for all; else says why there is none, and takes no name. */
  take(article: Pick<SourceArticle, "path" | Kind>): Diagnostic | null {
    const { categories, tags, authors } = article;
    const ofCategories = this.#uses.categories.get(categories);
    const ofTags = this.#uses.tags.get(tags);
    const ofAuthors = this.#uses.authors.get(authors);
    if (ofCategories === undefined || ofTags === undefined || ofAuthors === undefined) {
      const fault = this.#takeNew(article);
      if (fault !== null) return fault;
    }
    this.#count("categories", categories, ofCategories, article);
    this.#count("tags", tags, ofTags, article);
    this.#count("authors", authors, ofAuthors, article);
    return null;
  }

  #takeNew(article: Pick<SourceArticle, "path" | Kind>): Diagnostic | null {
    const newKinds = KINDS.filter((kind) => !this.#uses[kind].has(article[kind]));
    const listed = newKinds.map((kind) => ({ kind, names: this.#listed(article, kind) }));
    for (const { kind, names: own } of listed) {
      const known = this.#names[kind];
      // Mostly there is room whatever is new of them.
      if (known.size + own.length <= MOST[kind]) continue;
      const fresh = new Set(own).difference(known);
      const [first] = fresh;
      if (first === undefined || known.size + fresh.size <= MOST[kind]) continue;
      const what = `The ${SINGULAR[kind]} "${first}" is one more than the ${MOST[kind].toLocaleString("en")} that the older articles of the site may have`;
      const advice = `${ADVICE[kind]}; the article was skipped`;
      return errorAt(article.path, 1, "site-names-too-many", what, advice);
    }
    for (const { kind, names: own } of listed) for (const name of own) this.#names[kind].add(name);
    return null;
  }

  #count(kind: Kind, list: Names, use: Use | undefined, { path }: { readonly path: string }): void {
    if (use === undefined) this.#uses[kind].set(list, { path, count: 1 });
    else use.count += 1;
  }

  #listed(article: Pick<SourceArticle, Kind>, kind: Kind): Names {
    return kind === "authors" ? listedAuthors(article, this.#site) : article[kind];
  }
}

const names = (): Set<string> => new Set();
const uses = (): Map<Names, Use> => new Map();
