/** The three feed formats, by the name of their document. The order is the one in which pages offer them. */
export const FEED_FORMATS = {
  rss: { file: "feed.xml", mediaType: "application/rss+xml", name: "RSS" },
  atom: { file: "atom.xml", mediaType: "application/atom+xml", name: "Atom" },
  json: { file: "feed.json", mediaType: "application/feed+json", name: "JSON Feed" },
} as const;

export type FeedFormat = keyof typeof FEED_FORMATS;

export const FEED_FORMAT_NAMES = ["rss", "atom", "json"] as const satisfies readonly FeedFormat[];
