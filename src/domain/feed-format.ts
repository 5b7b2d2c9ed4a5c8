/** The feed formats, in the order in which pages offer them. */
export const FEED_FORMATS = {
  rss: {
    file: "feed.xml",
    digestFile: "digest.xml",
    mediaType: "application/rss+xml",
    name: "RSS",
  },
  atom: {
    file: "atom.xml",
    digestFile: "digest-atom.xml",
    mediaType: "application/atom+xml",
    name: "Atom",
  },
  json: {
    file: "feed.json",
    digestFile: "digest.json",
    mediaType: "application/feed+json",
    name: "JSON Feed",
  },
} as const;

export type FeedFormat = keyof typeof FEED_FORMATS;

export const FEED_FORMAT_NAMES = ["rss", "atom", "json"] as const satisfies readonly FeedFormat[];
