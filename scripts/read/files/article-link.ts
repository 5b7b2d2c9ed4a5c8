/** How a link in an article names another article, or a page of the site's own. */
export interface ArticleReference {
  /**
   * `post`: the name in `{% post_url %}`. `file`: a file's path from the folder of `wrangler.toml`, as of `{% link %}` and links
   * to Markdown files. `address`: a plain path on the site, new or old.
   */
  readonly kind: "post" | "file" | "address";
  readonly target: string;
  /** Whether Jekyll builds no site where the target is missing, as with `{% post_url %}` and `{% link %}`. */
  readonly isStrict: boolean;
}

/** A link to another article or a page, or to what may be one. */
export interface ArticleLink extends ArticleReference {
  /** The path that it led to when the file was read, percent-encoded; null if none was known. */
  readonly path: string | null;
  /** As it is written in the article. */
  readonly written: string;
  /** The line of the file, the first being 1; known only where there is no article, and not of too many links. */
  readonly line: number;
}

/**
 * Finds the path of the article or page that a link names, percent-encoded; null if there is none, or none has been read
 * yet.
 */
export type FindArticle = (reference: ArticleReference) => string | null;

/** The name of a reference in a table of known articles. */
export function referenceKey({ kind, target }: ArticleReference): string {
  return `${kind}:${target}`;
}

/** Collects the links of one article, each once. */
export interface ArticleLinks {
  /** Leaves out a path that only stands for a link that was collected already. */
  readonly ignore: (plainPath: string) => void;
  /** Asks for an article; `lineOf` tells the line of the link, and is called only if there is none. */
  readonly find: (
    reference: ArticleReference,
    written: string,
    lineOf: () => number,
  ) => string | null;
  readonly found: () => readonly ArticleLink[];
}

/** Finding a line takes a search of the text; whoever has looked at so many knows what is wrong with the others. */
const MOST_LINES = 50;

export function collectArticleLinks(find: FindArticle): ArticleLinks {
  const links = new Map<string, ArticleLink>();
  let line = 1;
  let lines = 0;
  const ignored = new Set<string>();
  return {
    ignore: (path) => void ignored.add(path),
    find(reference, written, lineOf) {
      if (reference.kind === "address" && ignored.has(reference.target)) return null;
      const key = referenceKey(reference);
      const known = links.get(key);
      if (known !== undefined) return known.path;
      const path = find(reference);
      if (path === null && lines < MOST_LINES) {
        line = lineOf();
        lines += 1;
      }
      links.set(key, { ...reference, path, written, line });
      return path;
    },
    found: () => [...links.values()],
  };
}
