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

/** The categories, tags and authors with lists of a site, which are taken from one article after the other. */
export class SiteNames {
  readonly #site: Pick<Site, "authors">;
  readonly #names = setsOfKinds<string>();
  /** Lists of names that were taken. Articles of one newspaper share theirs. */
  readonly #lists = setsOfKinds<readonly string[]>();

  constructor(site: Pick<Site, "authors">) {
    this.#site = site;
  }

  /** Takes an article's names, if there is room for all; else says why there is none, and takes no name. */
  take(article: Pick<SourceArticle, "path" | Kind>): Diagnostic | null {
    const newKinds = KINDS.filter((kind) => !this.#lists[kind].has(article[kind]));
    if (newKinds.length === 0) return null;
    const listed = newKinds.map((kind) => ({ kind, names: this.#listed(article, kind) }));
    for (const { kind, names } of listed) {
      const known = this.#names[kind];
      // Mostly there is room whatever is new of them.
      if (known.size + names.length <= MOST[kind]) continue;
      const fresh = new Set(names).difference(known);
      const [first] = fresh;
      if (first === undefined || known.size + fresh.size <= MOST[kind]) continue;
      const what = `The ${SINGULAR[kind]} "${first}" is one more than the ${MOST[kind].toLocaleString("en")} that the older articles of the site may have`;
      const advice = `${ADVICE[kind]}; the article was skipped`;
      return errorAt(article.path, 1, "site-names-too-many", what, advice);
    }
    for (const { kind, names } of listed) {
      this.#lists[kind].add(article[kind]);
      for (const name of names) this.#names[kind].add(name);
    }
    return null;
  }

  #listed(article: Pick<SourceArticle, Kind>, kind: Kind): readonly string[] {
    return kind === "authors" ? listedAuthors(article, this.#site) : article[kind];
  }
}

function setsOfKinds<Value>(): Readonly<Record<Kind, Set<Value>>> {
  return { categories: new Set(), tags: new Set(), authors: new Set() };
}
