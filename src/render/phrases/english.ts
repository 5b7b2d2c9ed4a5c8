import type { DatePatterns } from "../../domain/site.ts";
import type { Phrases } from "./simplified-chinese.ts";

const MONTHS =
  "January February March April May June July August September October November December".split(
    " ",
  );

const DATES: DatePatterns = {
  months: MONTHS,
  monthsAlone: MONTHS,
  year: "{year}",
  month: "{month} {year}",
  day: "{day} {month} {year}",
  dayOfMonth: "{day}",
  dayAndTime: "{day}, {time}",
};

export const ENGLISH: Phrases = {
  preview: {
    heading: "Link previews",
    explanation:
      "How a link to this article would look, from the rules that each platform publishes. WeChat shows a card only where the page is forwarded from within it.",
    pictureReplaced:
      "The article's own picture is not used: all platforms take a JPEG or PNG file of this site, at least 900 pixels wide and 315 high, of at most 300 KB. The share card stands in for it.",
    back: "Back to the article",
  },
  previewWarnings: {
    "title-cut": "The headline is cut",
    "description-missing": "There is no summary",
    "image-missing": "There is no picture",
    "image-small": "The picture is small and may not be shown",
    "image-heavy": "The picture is heavy and may not be shown",
  },
  language: "en",
  skipToContent: "Skip to the text",
  home: "Home",
  newest: "Newest",
  categories: "Sections",
  category: "Section",
  tag: "Tag",
  tags: "Tags",
  author: "Author",
  authors: "Authors",
  related: "Read next",
  languages: "Languages",
  archive: "Archive",
  newer: "Newer articles",
  older: "Older articles",
  readOn: "Read on",
  subscribe: "Subscribe",
  subscribeHint:
    "Paste one of these addresses into your feed reader, and new articles come to you. Every section and every tag has addresses of its own on its page.",
  subscribing: {
    explanation:
      "This is a feed (RSS). Add its address to any feed reader, and new articles come to you, whole: no account, no algorithm, and you can leave at any time.",
    how: "How to subscribe",
    address: "The feed’s address",
    copyHint: "Select the address, copy it, and paste it into your reader:",
    open: "Open in a reader",
    read: "Read the articles here",
    scan: "Scan to get the address on your phone",
    webReaders: "Subscribe in a reader on the web",
    apps: "Readers to install",
    otherFormats: "Other formats",
    otherWays: "Summaries only, or once a day",
  },
  variants: { summaries: "Summaries", digest: "Daily digest" },
  variantHints: {
    summaries:
      "The summaries are titles, summaries and links: little to fetch, quick to look through.",
    digest:
      "The daily digest has one entry a day, after midnight. A service that turns RSS into mail makes it a letter.",
  },
  updated: "Updated",
  listSeparator: ", ",
  thousands: ",",
  dates: DATES,
  articleCount: { one: "1 article", other: "{count} articles" },
  allCategories: "All {count} sections",
  byInitial: "By initial",
  pages: "Pages",
  moreFrom: "More from {title}",
  subscribeTo: "Subscribe to {title}",
  search: "Search",
  searching: {
    label: "Search articles",
    heading: "Search: {query}",
    nothing: "Nothing found for “{query}”",
    fewer: "Try fewer words, or others.",
    fewerWords: "Fewer words",
    nearNames: "Names like it",
    narrow: "Narrow down",
    all: "All",
    leftOut:
      "“{characters}” was left out: a single character cannot be searched. Write what stands beside it too.",
    oneCharacter: "“{characters}” is one character, and would find too much. Write at least two.",
    tooLong: "That is too long to search for: 16 words, or 32 Chinese characters, are the most.",
    noWords: "There are no words in it to search for.",
    noYear: "Write one year, like year:2024.",
    noName: "Write a name after the colon, like author:name.",
    results: "Results",
    onlyLeads: "Only titles, names, tags, sections and summaries are searched, not whole texts.",
    shortened:
      "That is long: only “{query}” was searched for, since 16 words, or 32 Chinese characters, are the most.",
    notYet:
      "These words are so common that older articles were not looked at yet: go on with “Older articles”.",
    help: "Articles have all of the words. “Quotes” keep words together, -word leaves articles out; author:name, category:“two words” and year:2024 narrow it down.",
    follow: "Follow this search",
    followHint: "Your feed reader brings you every new article that it finds.",
  },
  notFound: {
    title: "There is no such page",
    text: "The address may be incomplete, or the article was never published here. The home page is a good place to start again.",
  },
  gone: {
    title: "This article was withdrawn",
    text: "It was published here, and its editors have since taken it back for good.",
  },
  unavailable: {
    title: "Please try again shortly",
    text: "This page cannot be fetched right now. It usually returns within a minute or two; nothing is lost.",
  },
  methodNotAllowed: {
    title: "This place is for reading",
    text: "Addresses here answer only to reading requests (GET and HEAD).",
  },
};
