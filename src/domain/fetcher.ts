/** A program that fetches feeds, as its `User-Agent` tells of it. */
export interface Fetcher {
  /** Without a version, so that a program is one whatever its owner installed. */
  readonly name: string;
  /** For how many people it fetches; null where it does not say. */
  readonly subscribers: number | null;
  /** By what it tells apart the addresses of a feed to which its people subscribed; null where it does not say. */
  readonly feedId: string | null;
}

/** Whoever wants to be known says so at the beginning. */
const MOST_CHARACTERS = 512;

/** `Mozilla/5.0 (compatible; inoreader.com; …)`: the name is the first in brackets, behind that word or as a host name. */
const IN_BRACKETS = /^Mozilla[/ ][\d.]+ \((?:compatible[;,] ?([^;)/+]+)|([\w-]+\.[a-z]{2,})[;)])/;
const BROWSER = /^Mozilla[/ ]/;
/** What stands in the `User-Agent` of any browser. */
const PARTS_OF_BROWSERS =
  /^(?:mozilla|applewebkit|khtml|gecko|version|mobile|safari|chrome|crios|firefox|fxios|edg\w*|opr|msie|trident)$/i;
const PRODUCT = /([A-Za-z][\w.-]*)\/\d/g;
/** Everything before a version, a comment, a number of the feed, or a remark. */
const FIRST_WORDS = /^(?:(?! feed-?id| - )[^/(;,])+/i;
const NAME = /^[A-Za-z0-9][\w .-]{0,30}/;

/** The names that are other than the beginning of what they send. */
const NAMES: Readonly<Record<string, string>> = {
  "dreamwidth studios": "Dreamwidth",
  "feeder.co": "Feeder",
  "inoreader.com": "Inoreader",
  "newsblur feed fetcher": "NewsBlur",
  "newsblur page fetcher": "NewsBlur",
  "theoldreader.com": "The Old Reader",
};

const SUBSCRIBERS = /(?<![\w,./])(\d{1,3}(?:,\d{3}){1,2}|\d{1,8})\s{1,2}(?:subscriber|readers\b)/i;
/** NewsBlur names its page about the feed. */
const FEED_ID = /\bfeed-?id[=:]([\w-]{1,64})|newsblur\.com\/site\/(\d{1,16})/i;

/** Reads a `User-Agent`. No standard says how a number of subscribers is written; `test/domain/fetcher.test.ts` has what is sent. */
export function readFetcher(userAgent: string): Fetcher {
  const text = userAgent.slice(0, MOST_CHARACTERS);
  const told = SUBSCRIBERS.exec(text)?.[1];
  const [, feedId, page] = FEED_ID.exec(text) ?? [];
  return {
    name: nameIn(text),
    subscribers: told === undefined ? null : Number(told.replaceAll(",", "")),
    feedId: feedId ?? page ?? null,
  };
}

function nameIn(text: string): string {
  if (text.trim() === "") return "without a name";
  const [, program, host] = IN_BRACKETS.exec(text) ?? [];
  const inBrackets = program ?? host;
  const written =
    inBrackets !== undefined && !/^msie/i.test(inBrackets)
      ? inBrackets
      : BROWSER.test(text)
        ? (lastProduct(text) ?? "browsers")
        : (FIRST_WORDS.exec(text)?.[0] ?? "");
  const name = NAME.exec(written.trim())?.[0].trim() ?? "other";
  return NAMES[name.toLowerCase()] ?? name;
}

/** A program that calls itself a browser and then says what it is, such as Thunderbird. */
function lastProduct(text: string): string | undefined {
  return [...text.matchAll(PRODUCT)]
    .map(([, name = ""]) => name)
    .findLast((name) => !PARTS_OF_BROWSERS.test(name));
}
