const FORMATS = {
  "feed.xml": "application/rss+xml",
  "atom.xml": "application/atom+xml",
  "feed.json": "application/feed+json",
} as const;

/** A feed of each kind: where its documents stand and what their addresses end with. */
const KINDS = {
  "the site's prerendered feed": { scope: "", query: "" },
  "a category's prerendered feed": { scope: "/category/city", query: "" },
  "a rendered category": { scope: "/category/TechWeb", query: "" },
  "a tag": { scope: "/tag/%E6%B1%9F%E5%9F%8E%E6%97%A5%E6%8A%A5%E6%96%B0%E9%97%BB", query: "" },
  "an archive page": { scope: "/category/city", query: "?page=2023-07" },
  "a combination": { scope: "", query: "?category=city&tag=C%2B%2B" },
} as const;

/** One feed document. */
export interface FeedCase {
  readonly kind: string;
  readonly path: string;
  readonly mediaType: string;
}

export const FEED_CASES: readonly FeedCase[] = Object.entries(KINDS).flatMap(
  ([kind, { scope, query }]) =>
    Object.entries(FORMATS).map(([file, mediaType]) => ({
      kind,
      path: `${scope}/${file}${query}`,
      mediaType,
    })),
);
