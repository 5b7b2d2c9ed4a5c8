import { FEED_FORMATS } from "../domain/feed-format.ts";
import { encodeSegment } from "../domain/links.ts";
import { percentDecoded } from "../domain/percent-decoded.ts";

/** Words of our own in paths. They are found in any case; names of categories and tags keep theirs. */
const FIRST_WORDS = new Set(["s", "category", "tag"]);
const LAST_WORDS = new Set<string>([
  ...Object.values(FEED_FORMATS).map(({ file }) => file),
  "feed",
  "feeds.opml",
  "sitemap.xml",
  "healthz",
  "robots.txt",
]);

/** Where the last word stands in a path of so many segments: `/feed.xml`, `/category/x/feed.xml`. */
const LAST_WORD_DEPTHS = new Set([1, 3]);

/** What nearly everybody asks for: plain segments in lower case, which are spelled as they should be. */
const PLAIN_PATH = /^(?:\/|(?:\/[a-z\d._~-]+)+)$/;

/** The path of a request's address, as it was written. `URL` would read all of it anew. */
export function writtenPath(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

/**
 * The one spelling of a path: no double slash, none at the end, every segment percent-encoded as a URL parser leaves it
 * and in NFC, words of ours in lower case. A path that cannot be decoded is returned as it came.
 */
export function canonicalPath(path: string): string {
  if (PLAIN_PATH.test(path)) return path;
  const segments = path.split("/").filter((segment) => segment !== "");
  const names: string[] = [];
  for (const segment of segments) {
    const name = percentDecoded(segment);
    if (name === null) return path;
    names.push(encodeSegment(name));
  }
  return `/${names.map((name, index) => ownWord(name, index, names.length)).join("/")}`;
}

function ownWord(name: string, index: number, depth: number): string {
  const word = name.toLowerCase();
  if (index === 0 && depth > 1 && FIRST_WORDS.has(word)) return word;
  if (index === depth - 1 && LAST_WORD_DEPTHS.has(depth) && LAST_WORDS.has(word)) return word;
  return name;
}
