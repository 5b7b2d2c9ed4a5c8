import { FEED_FORMATS } from "../domain/feed-format.ts";
import { SEARCH_PATH, encodeSegment } from "../domain/links.ts";
import { percentDecoded } from "../domain/percent-decoded.ts";
import { NAMED_KINDS } from "../domain/scope.ts";

const SEARCH_WORD = SEARCH_PATH.slice(1);
/** Fixed words in paths. Their case does not matter, unlike that of the names of categories, tags and authors. */
const FIRST_WORDS = new Set<string>(["s", SEARCH_WORD, ...NAMED_KINDS]);
const LAST_WORDS = new Set<string>([
  ...Object.values(FEED_FORMATS).flatMap(({ file, digestFile }) => [file, digestFile]),
  "feed",
  "feeds.opml",
  "sitemap.xml",
  "healthz",
  "robots.txt",
]);

/** The number of segments in a path that may end with a fixed word: `/feed.xml`, `/category/x/feed.xml`. */
const LAST_WORD_DEPTHS = new Set([1, 3]);

/** Nearly all requested paths: plain segments in lower case, which are canonical already. */
const PLAIN_PATH = /^(?:\/|(?:\/[a-z\d._~-]+)+)$/;

/** The path of a URL as it was written. Cutting it out is faster than parsing the URL again. */
export function writtenPath(url: string): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.slice(start).search(/[?#]/);
  return end < 0 ? url.slice(start) : url.slice(start, start + end);
}

/**
 * The canonical spelling of a path: no empty segments, no slash at the end, every segment in NFC and percent-encoded,
 * fixed words in lower case. A path that cannot be decoded is returned unchanged.
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
  return `/${names.map((name, index) => ownWord(name, index, names)).join("/")}`;
}

function ownWord(name: string, index: number, names: readonly string[]): string {
  const word = name.toLowerCase();
  const depth = names.length;
  if (index === 0 && (depth > 1 ? FIRST_WORDS.has(word) : word === SEARCH_WORD)) return word;
  // `/search/feed.xml` has a segment less than the feeds of a category.
  const isOfSearch = depth === 2 && names[0]?.toLowerCase() === SEARCH_WORD;
  const mayBeFixed = index === depth - 1 && (LAST_WORD_DEPTHS.has(depth) || isOfSearch);
  return mayBeFixed && LAST_WORDS.has(word) ? word : name;
}
