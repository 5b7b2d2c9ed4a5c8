/** A program in which people read feeds. */
export interface FeedReader {
  readonly name: string;
  /** The page that subscribes to a feed, or else the program's own page. */
  readonly url: string;
}

/** Readers in the browser, whose links subscribe to the feed at once. */
export function webReaders(feedUrl: string): readonly FeedReader[] {
  const feed = encodeURIComponent(feedUrl);
  return [
    { name: "Feedly", url: `https://feedly.com/i/subscription/feed%2F${feed}` },
    { name: "Inoreader", url: `https://www.inoreader.com/?add_feed=${feed}` },
    { name: "NewsBlur", url: `https://www.newsblur.com/?url=${feed}` },
    { name: "Feedbin", url: `https://feedbin.com/?subscribe=${feed}` },
    { name: "The Old Reader", url: `https://theoldreader.com/feeds/subscribe?url=${feed}` },
  ];
}

/** Readers to install, which take a `feed:` link or the address itself. */
export const READER_APPS: readonly FeedReader[] = [
  { name: "NetNewsWire", url: "https://netnewswire.com/" },
  { name: "Feeder", url: "https://github.com/spacecowboy/Feeder" },
  { name: "Fluent Reader", url: "https://hyliu.me/fluent-reader/" },
  { name: "Newsboat", url: "https://newsboat.org/" },
  { name: "Miniflux", url: "https://miniflux.app/" },
  { name: "FreshRSS", url: "https://freshrss.org/" },
];
