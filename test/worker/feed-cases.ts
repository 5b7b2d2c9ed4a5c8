const FORMATS = {
  "feed.xml": "application/rss+xml",
  "atom.xml": "application/atom+xml",
  "feed.json": "application/feed+json",
} as const;

const DIGESTS = {
  "digest.xml": "application/rss+xml",
  "digest-atom.xml": "application/atom+xml",
  "digest.json": "application/feed+json",
} as const;

/** A feed of each kind: where its documents stand and what their addresses end with. */
const KINDS: Readonly<Record<string, FeedKind>> = {
  "the site's prerendered feed": { scope: "", query: "" },
  "a category's prerendered feed": { scope: "/category/city", query: "" },
  "a rendered category": { scope: "/category/TechWeb", query: "" },
  "a tag": { scope: "/tag/%E6%B1%9F%E5%9F%8E%E6%97%A5%E6%8A%A5%E6%96%B0%E9%97%BB", query: "" },
  "an archive page": { scope: "/category/city", query: "?page=2023-07" },
  "a combination": { scope: "", query: "?category=city&tag=C%2B%2B" },
  "a language": { scope: "", query: "?lang=en" },
  "an archive page of a language": { scope: "", query: "?lang=en&page=2024-03" },
  "the site's prerendered summaries": { scope: "", query: "?only=summary" },
  "a category's prerendered summaries": { scope: "/category/city", query: "?only=summary" },
  "rendered summaries of a category": { scope: "/category/TechWeb", query: "?only=summary" },
  "summaries of an archive page": {
    scope: "/category/city",
    query: "?page=2023-07&only=summary",
  },
  "summaries of a combination": {
    scope: "",
    query: "?category=city&tag=C%2B%2B&only=summary",
  },
  "the site's digest": { scope: "", query: "", files: DIGESTS },
  "a category's digest": { scope: "/category/TechWeb", query: "", files: DIGESTS },
  "a tag's digest": { scope: "/tag/C%2B%2B", query: "", files: DIGESTS },
  "a combination's digest": { scope: "", query: "?category=city&tag=C%2B%2B", files: DIGESTS },
  "a language's digest": { scope: "", query: "?lang=en", files: DIGESTS },
  "a search": { scope: "/search", query: "?q=%E7%81%AF%E5%A1%94" },
  "summaries of a search": { scope: "/search", query: "?q=%E7%81%AF%E5%A1%94&only=summary" },
};

interface FeedKind {
  readonly scope: string;
  readonly query: string;
  /** Files with their media types; those of feeds by default. */
  readonly files?: Readonly<Record<string, string>>;
}

/** One feed document. */
export interface FeedCase {
  readonly kind: string;
  readonly path: string;
  readonly mediaType: string;
}

export const FEED_CASES: readonly FeedCase[] = Object.entries(KINDS).flatMap(
  ([kind, { scope, query, files = FORMATS }]) =>
    Object.entries(files).map(([file, mediaType]) => ({
      kind,
      path: `${scope}/${file}${query}`,
      mediaType,
    })),
);
