import * as v from "valibot";
import { OPML_FEEDS } from "../../src/domain/site.ts";
import { canonicalLanguage } from "../../src/domain/canonical-language.ts";
import { nearestName } from "../terminal/nearest-name.ts";
import { isTimeZone } from "../../src/domain/time-zone.ts";
import { HOST, HTTPS_ADVICE, REFERRER_ADVICE, REFERRER_POLICIES } from "./picture-settings.ts";
import { readPermalink } from "../read/old-urls/permalink.ts";
import { GENRE_NAMES, genreOf } from "./podcast-genres.ts";
import { formerFeedIdsTable } from "./former-feed-ids.ts";
import { PERMALINK_ADVICE, permalinkAdvice } from "./permalink-advice.ts";

/** A schema whose only message is advice on what to write instead. */
function advised<Schema extends v.GenericSchema>(advice: string, schema: Schema): Schema {
  return v.config(schema, { message: advice });
}

function wholeNumber(least: number, most: number) {
  return advised(
    `write a whole number from ${least} to ${most}`,
    v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most)),
  );
}

const words = v.pipe(v.string(), v.trim(), v.nonEmpty());

/** The name of a category, which is a part of addresses. */
const categoryName = v.pipe(
  v.string(),
  v.trim(),
  v.normalize("NFC"),
  v.check((name) => !["", ".", ".."].includes(name)),
);

/** A TOML table of texts. */
function table(
  advice: string,
  text: v.GenericSchema<string, string> = words,
  key: v.GenericSchema<string, string> = v.string(),
) {
  const isTable = v.check((value: unknown) => !Array.isArray(value));
  return advised(advice, v.pipe(v.unknown(), isTable, v.record(key, text)));
}

const languageTag = v.pipe(v.string(), v.transform(canonicalLanguage), v.string());
const listOfWords = v.pipe(v.array(words), v.readonly());

/** What Node would need hours to match, or to write out: `*a*a*a*a*a*b`, `+(a|aa)b`, `{1..100000}`. */
const SLOW_GLOB =
  /\*[^*/]+\*[^*/]+\*[^*/]+\*|(?:\*\*.*){4}|[?*+@!]\(|(?:\{.*){3}|\{[^}]*\.\.[^}]*\}/;
const globs = advised(
  `write a list of globs: ["drafts", "**/README.md"], each with at most three "*" in a name, three "**", two "{a,b}", and no "(" behind "*", "?", "+", "@" or "!"`,
  v.pipe(
    v.array(
      v.pipe(
        words,
        v.check((glob) => !SLOW_GLOB.test(glob)),
      ),
    ),
    v.readonly(),
  ),
);

/** One text, or a list of at least one. */
function oneOrMore(text: v.GenericSchema<unknown, string>) {
  const one = v.pipe(
    text,
    v.transform((only): readonly string[] => [only]),
  );
  return v.union([one, v.pipe(v.array(text), v.minLength(1))]);
}

/** An address that everybody may know: feeds and pages name it, and so do messages. */
function address(isGood: (url: URL) => boolean) {
  return v.pipe(
    v.string(),
    v.check((text) => {
      const url = URL.parse(text);
      return url !== null && url.username + url.password === "" && isGood(url);
    }),
  );
}

const isHttp = ({ protocol }: URL): boolean => protocol === "https:" || protocol === "http:";
const MOST_PER_PACK = 1024;
const isPackSize = (count: number): boolean =>
  count >= 1 && count <= MOST_PER_PACK && Number.isInteger(Math.log2(count));
const isLink = ({ protocol }: URL): boolean => /^(?:https?|mailto|tel):$/.test(protocol);
const ANY_ORIGIN = "https://site.example";

export const TITLE_ADVICE = "write the name of the site";
export const ORIGIN_ADVICE = "write an origin and nothing after it: https://news.example";
const LANGUAGES_ADVICE = `write a table of folders and BCP 47 tags: { "en/_posts" = "en" }`;
const TITLES_ADVICE = `write a table of slugs and titles: { shamenribao = "厦门日报" }`;
export const RENAMED_ADVICE = `write a table of old slugs and new ones: { xmrb = "shamenribao" }`;

export const origin = advised(
  ORIGIN_ADVICE,
  v.pipe(
    address((url) => isHttp(url) && `${url.origin}/` === url.href),
    v.transform((text) => new URL(text).origin),
  ),
);

/** Where a link at the head or foot of a page leads: elsewhere, or to a path on the site, as a page writes it. */
const linkAddress = v.union([
  address(isLink),
  v.pipe(
    v.string(),
    v.regex(/^\/(?![/\\])/),
    v.transform((path) => new URL(path, ANY_ORIGIN).href.slice(ANY_ORIGIN.length)),
  ),
]);
const ADDRESSES_OF_LINKS =
  "whose addresses begin with https:, http:, mailto: or tel:, or are paths on the site: /about.html";

const link = v.strictObject({
  text: words,
  url: linkAddress,
  language: v.exactOptional(languageTag),
});

const footerItem = v.union([
  v.pipe(
    words,
    v.transform((text) => ({ text, url: null })),
  ),
  link,
  v.strictObject({
    text: words,
    url: v.nullish(v.null(), null),
    language: v.exactOptional(languageTag),
  }),
]);

/** What a permalink has been over the years, the one in use first. */
const permalinks = v.pipe(
  advised(PERMALINK_ADVICE, oneOrMore(words)),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const read = dataset.value.map(readPermalink);
    for (const each of read) {
      if (each.ok) continue;
      addIssue({ message: permalinkAdvice(each.failure) });
      return NEVER;
    }
    return read.flatMap((each) => (each.ok ? [each.value] : []));
  }),
);

/** A name as crawlers look for it in `robots.txt`. */
const crawlerName = v.pipe(v.string(), v.regex(/^(?:\*|[\w](?:[\w .-]*[\w])?)$/));
const CRAWLERS_ADVICE = `write a table of crawlers and what they may fetch: { GPTBot = "none", Baiduspider = "all", "*" = ["/tag/"] }, where a list has the beginnings of paths that they may not`;
const crawlerRule = v.union([
  v.picklist(["all", "none"]),
  v.pipe(
    v.array(
      v.pipe(
        v.string(),
        v.regex(/^[/*][^\s#]*$/),
        v.transform((path) => new URL(path, ANY_ORIGIN).href.slice(ANY_ORIGIN.length)),
      ),
    ),
    v.readonly(),
  ),
]);

const PODCAST_ADVICE = `write a table such as { shows = ["talk"], category = "News", image = "/cover.jpg", explicit = false, owner_email = "a@b.example" }`;

/** A category of Apple's directory. */
const genre = v.pipe(
  words,
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    const found = genreOf(dataset.value);
    if (found !== null) return found;
    const near = nearestName(dataset.value, GENRE_NAMES);
    const advice =
      near === null
        ? "write one of https://podcasters.apple.com/support/1691-apple-podcasts-categories, such as News"
        : `did you mean "${near}"?`;
    addIssue({ message: `podcast directories have no category "${dataset.value}"; ${advice}` });
    return NEVER;
  }),
);

export const podcast = v.strictObject(
  {
    shows: v.optional(advised(PODCAST_ADVICE, listOfWords), []),
    category: v.optional(genre),
    image: v.optional(
      advised(
        "write the address of a square JPEG or PNG, or a path on the site: /cover.jpg",
        v.union([address(isHttp), v.pipe(v.string(), v.regex(/^\/[^/]/))]),
      ),
    ),
    explicit: v.optional(advised(PODCAST_ADVICE, v.boolean()), false),
    owner_email: v.optional(advised(PODCAST_ADVICE, v.pipe(v.string(), v.email()))),
  },
  PODCAST_ADVICE,
);

const isFormerUrl = (url: URL): boolean => isHttp(url) && url.search + url.hash === "";
const pathOnSite = v.pipe(v.string(), v.regex(/^\/[^\s?#]+$/));
const FEED_PATH_ADVICE = `write a path, or a list of them: "/blog/atom.xml"`;

/** For the table in docs/settings.md: what a setting means, and its default if the schema does not have one. */
function explained<Input>(meaning: string, without?: string) {
  return v.metadata<Input, { meaning: string; without: string | undefined }>({ meaning, without });
}

/** The keys of `[vars.SITE]`. */
export const SETTING_FIELDS = {
  title: v.pipe(advised(TITLE_ADVICE, words), explained("the name of the site or the paper")),
  url: v.pipe(origin, explained("its origin, such as `https://finews.example`")),
  description: v.pipe(
    v.optional(advised("write one sentence", words)),
    explained("one sentence under the title", "the title"),
  ),
  language: v.pipe(
    v.optional(advised("write a BCP 47 tag such as zh-CN", languageTag), "zh-CN"),
    explained(
      "of most articles, and of the pages' own words: Chinese, English, Japanese, Korean and Arabic are there, others as `phrases`",
    ),
  ),
  time_zone: v.pipe(
    v.optional(
      advised("write an IANA name such as Asia/Shanghai", v.pipe(v.string(), v.check(isTimeZone))),
      "Asia/Shanghai",
    ),
    explained("the clock of dates that name no zone, and of the archive"),
  ),
  author: v.pipe(
    v.optional(advised("write a name", words)),
    explained("who publishes", "the title"),
  ),
  id_authority: v.pipe(
    v.optional(
      advised(
        "write a host name or a mail address that is yours: news.example",
        v.pipe(v.string(), v.regex(/^(?:[\w.+-]+@)?[a-z\d](?:[a-z\d.-]*[a-z\d])?$/)),
      ),
    ),
    explained(
      "the host in the ids of feed entries; keep it when the site moves, or readers get every article again",
      "the host of `url`",
    ),
  ),
  feed_length: v.pipe(
    v.optional(wholeNumber(1, 100), 30),
    explained("entries in a feed, 1 to 100"),
  ),
  feed_hours: v.pipe(
    v.optional(wholeNumber(0, 168), 24),
    explained("all articles of so many hours before the newest are in the feed too; 0 for none"),
  ),
  opml: v.pipe(
    v.optional(
      advised(
        `write a list of ${OPML_FEEDS.map((name) => JSON.stringify(name)).join(", ")}`,
        v.pipe(v.array(v.picklist(OPML_FEEDS)), v.readonly()),
      ),
      [],
    ),
    explained(
      'what `/feeds.opml` names besides: `["summaries", "digest", "languages", "authors"]`',
    ),
  ),
  authors: v.pipe(
    v.optional(advised("write true or false", v.boolean()), true),
    explained(
      "whether those who sign articles have lists and feeds of their own, to which the byline links ([more](feeds.md)); 200,000 of them at most",
    ),
  ),
  icon: v.pipe(
    v.optional(
      advised(
        "write the name of a square picture in the site's folder: icon.svg, img/icon.png; or the address of a PNG",
        v.union([address(isHttp), v.pipe(v.string(), v.regex(/^(?!\/\/)[^\\:]+\.[a-z]+$/i))]),
      ),
    ),
    explained(
      "a square picture in the site's folder, such as `icon.svg` or `img/icon.png`, from which all icons are made ([more](your-own-look.md)); or the address of a PNG for feeds and home screens",
      "Offprint's",
    ),
  ),
  podcast: v.pipe(
    v.optional(podcast),
    explained(
      '`{ shows = ["talk"], category = "News", image = "/cover.jpg", explicit = false, owner_email = "a@b.example" }`: categories whose feeds are podcasts with all their episodes, and what Apple\'s directory asks for ([more](podcasts.md))',
      "none",
    ),
  ),
  hub: v.pipe(
    v.optional(advised("write the address of a WebSub hub", address(isHttp))),
    explained(
      "a WebSub hub that is told about changed feeds; only the site outside of `[env]` names and tells it",
      "none",
    ),
  ),
  news_sitemap: v.pipe(
    v.optional(
      advised(
        "write true, or the name of the publication as it is in Google News",
        v.union([v.boolean(), words]),
      ),
      false,
    ),
    explained(
      "whether there is a news sitemap, `/sitemap-news.xml`, with the articles of two days: `true`, or the publication's name where that is not `title` ([more](deploy.md#search-engines)); only outside of `[env]`",
    ),
  ),
  index_now: v.pipe(
    v.optional(
      advised(
        "write a key of 8 to 128 letters, digits and hyphens: openssl rand -hex 16",
        v.pipe(v.string(), v.regex(/^[\dA-Za-z-]{8,128}$/)),
      ),
    ),
    explained(
      "a key of 8 to 128 letters, digits and hyphens, by which a deploy tells Bing, Yandex and others (IndexNow) of new, changed and removed articles ([more](deploy.md#search-engines)); only outside of `[env]`",
      "none",
    ),
  ),
  baidu_push: v.pipe(
    v.optional(advised("write true or false", v.boolean()), false),
    explained(
      "whether a deploy tells Baidu of new and changed articles, as far as the day's quota reaches; the environment variable `BAIDU_PUSH_TOKEN` has the token ([more](deploy.md#search-engines)); only outside of `[env]`",
    ),
  ),
  publish_hook: v.pipe(
    v.optional(
      advised(
        'write "github:owner/repository", or "url" where the secret PUBLISH_HOOK is the address of a hook',
        v.pipe(v.string(), v.regex(/^(?:url|github:[\w.-]+\/[\w.-]+)$/)),
      ),
    ),
    explained(
      'what the Worker calls when an article dated ahead becomes due, so that it is published on time: `"github:owner/repository"`, or `"url"`; the secret `PUBLISH_HOOK` is the token or the address ([how](often.md#on-time))',
      "none",
    ),
  ),
  indexed: v.pipe(
    v.optional(advised("write true or false", v.boolean())),
    explained(
      "whether search engines may show the site; otherwise every answer says `noindex`",
      "`true`, `false` in `[env.…]`",
    ),
  ),
  crawlers: v.pipe(
    v.optional(advised(CRAWLERS_ADVICE, v.record(crawlerName, crawlerRule))),
    explained(
      'what crawlers may fetch, in `/robots.txt`: `{ GPTBot = "none", CCBot = "none", "*" = ["/tag/"] }`: everything, nothing, or all but what begins so',
      'everything: `{ "*" = "all" }`',
    ),
  ),
  nav: v.pipe(
    v.optional(
      advised(
        `write a list of links: [{ text = "About", url = "/about.html" }], ${ADDRESSES_OF_LINKS}`,
        v.array(link),
      ),
      [],
    ),
    explained(
      'links at the head of every page, behind Offprint\'s own and those of `pages`: `[{ text = "关于", url = "/about.html" }, { text = "English", url = "https://en.news.example", language = "en" }]`',
    ),
  ),
  footer: v.pipe(
    v.optional(
      advised(
        `write a list of texts and links: ["京ICP备1号", { text = "Contact", url = "mailto:a@b.example" }], ${ADDRESSES_OF_LINKS}`,
        v.array(footerItem),
      ),
      [],
    ),
    explained(
      'texts and links at the foot of every page, behind those of `pages`: `["京ICP备1号", { text = "联系我们", url = "mailto:a@b.example" }]`',
    ),
  ),
  sources: v.pipe(
    v.optional(
      advised(`write a list of folders: ["articles"]`, v.pipe(v.array(words), v.minLength(1))),
      ["articles"],
    ),
    explained("folders with articles, relative to `wrangler.toml`"),
  ),
  pages: v.pipe(
    v.optional(advised(`write a list of folders and files: ["about.md"]`, listOfWords), []),
    explained(
      "folders and files with pages that are no articles, such as `about.md`, relative to `wrangler.toml`",
    ),
  ),
  exclude: v.pipe(
    v.optional(globs, []),
    explained(
      'what is not read of `sources` and `pages`, as globs: `["_posts/old", "**/README.md"]`; a folder with all that is in it',
    ),
  ),
  include: v.pipe(
    v.optional(globs, []),
    explained(
      "what is read all the same, as globs: of what `exclude` names, of hidden files and of folders that a Jekyll site does not publish",
    ),
  ),
  collections: v.pipe(
    v.optional(advised(`write a list of names: ["recipes"]`, v.array(words)), []),
    explained(
      "Jekyll's collections whose documents are articles, where the root of a Jekyll site is a source: `_recipes` for `recipes`",
    ),
  ),
  languages: v.pipe(
    v.optional(table(LANGUAGES_ADVICE, languageTag), {}),
    explained('of the articles and pages in a folder that name none: `{ "en/_posts" = "en" }`'),
  ),
  id_prefix: v.pipe(
    v.optional(table(`write a table of folders and names: { "en/_posts" = "en" }`), {}),
    explained(
      'of the articles in a folder whose id an older article of another folder has: `{ "en/_posts" = "en" }`; all others keep theirs',
    ),
  ),
  permalink: v.pipe(
    v.optional(permalinks, "date"),
    explained(
      "Jekyll's setting of the site before, a style such as `pretty` or a template such as `/:year/:title/`, or a list of all that it was, newest first",
    ),
  ),
  permalinks: v.pipe(
    v.optional(
      advised(
        `write a table of folders and permalinks: { "_posts/news" = "/news/:title/" }`,
        v.record(v.string(), permalinks),
      ),
      {},
    ),
    explained(
      'the same by folder, also of collections whose documents are pages: `{ "_posts/news" = "/news/:title/" }`',
    ),
  ),
  baseurl: v.pipe(
    v.optional(
      advised(
        `write a path with a slash in front and none at the end: "/blog"`,
        v.pipe(v.string(), v.regex(/^(?:\/[^/\s?#]+)*$/)),
      ),
      "",
    ),
    explained("Jekyll's setting of the site before: the path that all its addresses began with"),
  ),
  former_urls: v.pipe(
    v.optional(
      advised(
        `write a list of addresses: ["https://old.example", "https://name.github.io/blog"]`,
        v.array(
          v.pipe(
            address(isFormerUrl),
            v.transform((text) => new URL(text).href.replace(/\/+$/, "")),
          ),
        ),
      ),
      [],
    ),
    explained(
      "where the site was before: links to there, and `redirect_from` with it, mean this site",
    ),
  ),
  feed_path: v.pipe(
    v.optional(advised(FEED_PATH_ADVICE, oneOrMore(pathOnSite))),
    explained(
      "where the site's feed was before, if elsewhere than here: a path or a list of them",
      "none",
    ),
  ),
  former_feed_ids: v.pipe(
    v.optional(formerFeedIdsTable),
    explained(
      'that entries of articles before a date keep the ids which Jekyll gave them: `{ before = "2026-01-01" }` ([more](feeds.md#readers-of-the-site-before))',
      "none",
    ),
  ),
  split_names: v.pipe(
    v.optional(advised("write true or false", v.boolean()), true),
    explained(
      "whether a string of categories or tags is several names with blanks between, as in Jekyll",
    ),
  ),
  markdown: v.pipe(
    v.optional(
      advised(
        "write a table such as { typographic = false, parse_block_html = true }",
        v.strictObject({
          typographic: v.optional(v.boolean(), true),
          parse_block_html: v.optional(v.boolean(), false),
          auto_ids: v.optional(v.boolean(), true),
          footnote_nr: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 1),
          footnote_backlink: v.optional(v.string(), "↩"),
        }),
      ),
      {},
    ),
    explained(
      "how Markdown is read: `{ typographic = false }` keeps `\"`, `--` and `...` as typed; `parse_block_html`, `auto_ids`, `footnote_nr` and `footnote_backlink` are kramdown's options",
    ),
  ),
  image_above_text: v.pipe(
    v.optional(advised("write true or false", v.boolean()), true),
    explained("whether the front matter's `image` stands above a text that does not show it"),
  ),
  image_referrer: v.pipe(
    v.optional(table(REFERRER_ADVICE, v.picklist(REFERRER_POLICIES)), {}),
    explained(
      'hosts that give pictures only to pages that say where they are, and what they are told: `{ "img.example" = "origin" }`; all others are told nothing',
    ),
  ),
  https_hosts: v.pipe(
    v.optional(
      advised(HTTPS_ADVICE, v.pipe(v.array(v.pipe(v.string(), v.regex(HOST))), v.readonly())),
      [],
    ),
    explained(
      'hosts, with all below them, whose pictures and films open by https although articles say `http:`: `["img.example"]`, besides [the list](../scripts/read/body/links/https-hosts.ts)',
    ),
  ),
  phrases: v.pipe(
    v.optional(
      advised(
        `write a table of texts: { home = "Inicio" }; docs/phrases.toml has all names`,
        v.record(v.string(), v.union([words, v.record(v.string(), words)])),
      ),
    ),
    explained(
      'the words of the pages, where Offprint lacks the language or you want others ([all of them](phrases.toml)): `{ home = "Inicio" }`',
      "Offprint's",
    ),
  ),
  category_titles: v.pipe(
    v.optional(table(TITLES_ADVICE, words, categoryName), {}),
    explained(
      'titles by slug: `{ shamenribao = "厦门日报" }`; such a category has its feeds before its first article, too',
      "from tags",
    ),
  ),
  renamed_categories: v.pipe(
    v.optional(table(RENAMED_ADVICE, categoryName, categoryName), {}),
    explained(
      'new slugs by old ones, `{ xmrb = "shamenribao" }`: articles that carry the old name are in the new category, and pages and feeds of the old name lead there',
    ),
  ),
  search: v.pipe(
    v.optional(
      advised('write true, false or "text"', v.union([v.boolean(), v.literal("text")])),
      false,
    ),
    explained(
      'whether readers can search titles, names and leads, and follow a search ([more](search.md)); `"text"` for whole texts too, which takes ten times as much storage',
    ),
  ),
  prerendered_feeds: v.pipe(
    v.optional(wholeNumber(0, 1000), 20),
    explained(
      "so many of the busiest categories have their feeds rendered beforehand, as the site has; all others are made on request, with the same bytes",
    ),
  ),
  static_pages: v.pipe(
    v.optional(wholeNumber(0, 20_000), 2000),
    explained(
      "so many of the newest share pages are files of Static Assets, as far as pictures leave room: they cost no request and no read ([why](decisions/0026-pages-as-files.md)); `0` for none",
    ),
  ),
  articles_per_pack: v.pipe(
    v.optional(
      advised(
        `write "auto" or a power of two from 1 to ${MOST_PER_PACK}`,
        v.union([v.literal("auto"), v.pipe(v.number(), v.check(isPackSize))]),
      ),
      "auto",
    ),
    explained("articles in one value of KV, a power of two"),
  ),
  cards: v.pipe(
    v.optional(wholeNumber(0, 1_000_000), 2000),
    explained(
      "share cards for so many of the newest articles; older ones have their category's; `0` for none",
    ),
  ),
  picture_cards: v.pipe(
    v.optional(advised("write true or false", v.boolean()), false),
    explained(
      "whether the card of an article shows its picture, with the headline on it, where that is a file of the site and 900 pixels wide; else chats show the picture without the headline",
    ),
  ),
  allowed_removals_percent: v.pipe(
    v.optional(wholeNumber(0, 100), 0),
    explained("how many per cent of the live articles a deploy may take away without asking"),
  ),
  writes_per_deploy: v.pipe(
    v.optional(wholeNumber(2, 1_000_000), 950),
    explained("values that one deploy may write to KV; the free plan allows 1,000 a day"),
  ),
  kept_releases: v.pipe(
    v.optional(wholeNumber(1, 1000), 10),
    explained("releases that stay in KV to roll back to; all of the last 36 hours stay besides"),
  ),
};
