import fc from "fast-check";
import type { Article } from "../../src/domain/article.ts";
import { withoutForbiddenCharacters } from "../../src/domain/xml-characters.ts";
import type { Recording } from "../../src/domain/recording.ts";
import type { Scope } from "../../src/domain/scope.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import type { Feed } from "../../src/render/feed-document.ts";
import type { WholeFeed } from "./sample-feeds.ts";
import { SITE_FEED } from "./sample-feeds.ts";

const encoder = new TextEncoder();

/** What breaks careless documents, and any other characters that an article may hold. */
export const arbitraryText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "]]>",
        "&amp;",
        "&#x26;",
        "<b>",
        "\"'",
        "𠮷",
        "👨‍👩‍👧",
        "العربية",
        "中文",
        "\\",
        "\n",
      ),
      fc.string({ unit: "binary", maxLength: 5 }),
    ),
    { maxLength: 6 },
  )
  .map((parts) => withoutForbiddenCharacters(parts.join("")));

/** Text that is not blank. */
const arbitraryName = arbitraryText.map((text) => `甲${text}`);

const arbitrarySummary = fc.oneof(fc.constant(""), arbitraryName);

const arbitraryMoment = fc.record({
  epochSeconds: fc.integer({ min: -2_000_000_000, max: 4_000_000_000 }),
  offsetMinutes: fc.integer({ min: -720, max: 840 }),
});

const arbitraryUrl = fc.webUrl({ withQueryParameters: true }).map((url) => new URL(url).href);

const arbitraryImage = fc.record({
  url: arbitraryUrl,
  alt: arbitraryText,
  type: fc.option(fc.constantFrom("image/jpeg", "image/webp")),
  width: fc.option(fc.integer({ min: 1, max: 5000 })),
  height: fc.option(fc.integer({ min: 1, max: 5000 })),
  length: fc.option(fc.integer({ min: 1, max: 5_000_000 })),
});

const arbitraryFile = fc.record({
  url: arbitraryUrl,
  type: fc.constantFrom("audio/mpeg", "audio/x-m4a", "video/mp4"),
  length: fc.option(fc.integer({ min: 1, max: 50_000_000 })),
});

const arbitraryRecording: fc.Arbitrary<Recording> = fc.record({
  kind: fc.constantFrom("audio", "video"),
  files: fc.oneof(fc.tuple(arbitraryFile), fc.tuple(arbitraryFile, arbitraryFile)),
  duration: fc.option(fc.integer({ min: 1, max: 100_000 })),
  poster: fc.option(arbitraryUrl),
  isShown: fc.boolean(),
});

const arbitraryBody = arbitraryText.map((text) => {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return encoder.encode(`<p>${escaped.replaceAll("\r", "")}</p>`);
});

export const arbitraryArticle: fc.Arbitrary<Article> = fc.record({
  id: fc.uuid().map((name) => shareIdOf({ name, day: null })),
  title: arbitraryName,
  published: arbitraryMoment,
  updated: fc.option(arbitraryMoment),
  categories: fc.array(arbitraryName, { maxLength: 3 }),
  tags: fc.array(arbitraryName, { maxLength: 3 }),
  language: fc.option(fc.constantFrom("zh-CN", "ar", "en")),
  authors: fc.array(arbitraryName, { maxLength: 3 }),
  source: fc.option(arbitraryName),
  sourceUrl: fc.option(fc.webUrl({ withQueryParameters: true }).map((url) => new URL(url).href)),
  summary: arbitrarySummary,
  image: fc.option(arbitraryImage),
  recordings: fc.option(fc.array(arbitraryRecording, { minLength: 1, maxLength: 3 }), {
    nil: undefined,
  }),
  characterCount: fc.constant(1),
  isPlain: fc.constant(true),
  entryId: fc.option(fc.webUrl().map((url) => new URL(url).href)),
  titleBreaks: fc.constant([]),
  body: arbitraryBody,
});

const arbitraryScope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant<Scope>({ kind: "site" }),
  fc.record({ kind: fc.constantFrom("category", "tag"), name: arbitraryName }),
);

export const arbitraryFeed: fc.Arbitrary<WholeFeed> = fc.record({
  site: fc.record({
    ...Object.fromEntries(
      Object.entries(SITE_FEED.site).map(([key, value]) => [key, fc.constant(value)]),
    ),
    title: arbitraryName,
    description: arbitrarySummary,
    author: fc.option(arbitraryName),
  }) as fc.Arbitrary<Feed["site"]>,
  hubUrl: fc.constant(SITE_FEED.hubUrl),
  topic: arbitraryScope,
  title: arbitraryName,
  articles: fc.uniqueArray(arbitraryArticle, { selector: ({ id }) => id, maxLength: 4 }),
  readOn: fc.constant("阅读全文"),
  categoryTitle: fc.constant((slug: string) => `栏目 ${slug}`),
  page: fc.option(fc.constant("2022-02")),
  previousPage: fc.option(fc.constant("2022-01")),
  nextPage: fc.option(fc.constant("2022-03")),
});
