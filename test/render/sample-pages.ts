import type { ArchivePage } from "../../src/domain/archive.ts";
import type { Article, ArticleRef } from "../../src/domain/article.ts";
import { cardPath } from "../../src/domain/links.ts";
import { articleCard, cardHash, namedSiteCard } from "../../src/render/card.ts";
import { renderErrorPage } from "../../src/render/error-page.ts";
import { renderCategoriesPage, renderCategoryIndex } from "../../src/render/category-index.ts";
import { sharedPageOf } from "../../src/render/preview-tags.ts";
import {
  renderHomeBlocks,
  renderHomeCategories,
  renderHomePage,
} from "../../src/render/home-page.ts";
import { renderLinkPreviewPage } from "../../src/render/link-preview-page.ts";
import { renderListPage } from "../../src/render/list-page.ts";
import { renderSitePage } from "../../src/render/site-page.ts";
import { renderSubscribePage } from "../../src/render/subscribe-page.ts";
import type { SharePage } from "../../src/render/share-page.ts";
import { renderSharePage } from "../../src/render/share-page.ts";
import { EVERY_ELEMENT_ARTICLE } from "./every-element-article.ts";
import {
  ARABIC_ARTICLE,
  NEWSPAPER_ARTICLE,
  REFS,
  SITE,
  TECHNICAL_ARTICLE,
} from "./sample-articles.ts";

const CATEGORY_TITLES: ReadonlyMap<string, string> = new Map([
  ["huchengribao", "湖城日报新闻"],
  ["jishu", "技术"],
  ["thaqafa", "ثقافة"],
]);

const NAVIGATION = [
  { text: "关于", url: "/about.html" },
  { text: "投稿", url: "/write-to-us/" },
] as const;

const ARCHIVE: readonly ArchivePage[] = [
  { name: "2022-01-10T07", count: 96 },
  { name: "2022-01-10T06", count: 88 },
  { name: "2022-01-09", count: 97 },
  { name: "2022-01-08", count: 91 },
  { name: "2021-12", count: 42 },
  { name: "2021-11", count: 12 },
];

const PICTURED_REFS: readonly ArticleRef[] = REFS.map((ref, index) =>
  index % 3 === 0
    ? { ...ref, picture: { path: "/media/p/0123456789abcdef.jpg", width: 1600 } }
    : ref,
);

const HEADLINE_REFS = REFS.map((ref) => ({ ...ref, lead: null }));

const SITE_CARD = namedSiteCard(SITE);
const SITE_CARD_URL = `${SITE.url}${cardPath(SITE_CARD.id, cardHash(SITE_CARD.card))}`;

export function sharePage(article: Article, related: SharePage["related"] = []): Uint8Array {
  return renderSharePage({
    site: SITE,
    article,
    categoryTitle: (slug) => CATEGORY_TITLES.get(slug) ?? slug,
    related,
    cardUrl: `${SITE.url}${cardPath(article.id, cardHash(articleCard(article, SITE)))}`,
  });
}

const LIST = {
  site: SITE,
  refs: REFS,
  page: null,
  archive: ARCHIVE,
  cardUrl: SITE_CARD_URL,
  newer: null,
} as const;

const [CATEGORY_LIST = new Uint8Array()] = renderCategoryIndex(SITE, [
  {
    scope: { kind: "category", name: "huchengribao" },
    title: "湖城日报新闻",
    count: 4210,
    newest: NEWSPAPER_ARTICLE.published,
    initial: "H",
  },
  {
    scope: { kind: "category", name: "R&D 报" },
    title: "R&D 报",
    count: 1,
    newest: TECHNICAL_ARTICLE.published,
    initial: "R",
  },
]);

/** Every kind of page, by the name of its file in `expected`. */
export const SAMPLE_PAGES: Readonly<Record<string, Uint8Array>> = {
  "share-newspaper.html": sharePage(NEWSPAPER_ARTICLE),
  "share-technical.html": sharePage(TECHNICAL_ARTICLE),
  "share-arabic.html": sharePage(ARABIC_ARTICLE),
  "share-every-element.html": sharePage(EVERY_ELEMENT_ARTICLE, REFS.slice(0, 2)),
  "preview.html": renderLinkPreviewPage(
    SITE,
    { ...NEWSPAPER_ARTICLE, titleBreaks: [8] },
    sharedPageOf(SITE, NEWSPAPER_ARTICLE, SITE_CARD_URL),
  ),
  "site-page.html": renderSitePage(
    { ...SITE, navigation: NAVIGATION },
    {
      address: "/about.html",
      title: "关于湖畔晚读",
      titleBreaks: [2],
      language: null,
      summary: "湖城各报的文章，每天收在一处。",
      image: null,
      isPlain: true,
      body: new TextEncoder().encode(
        "<p>湖城各报的文章，每天收在一处。</p>\n<p>来信请寄编辑部。</p>",
      ),
    },
    SITE_CARD_URL,
  ),
  "home.html": renderHomePage({
    site: SITE,
    refs: REFS,
    categories: renderHomeCategories(SITE, [
      { scope: { kind: "category", name: "jishu" }, title: "技术", count: 85 },
      { scope: { kind: "category", name: "huchengribao" }, title: "湖城日报新闻", count: 4210 },
      { scope: { kind: "category", name: "R&D 报" }, title: "R&D 报", count: 1 },
    ]),
    archive: ARCHIVE,
    cardUrl: SITE_CARD_URL,
  }),
  "home-blocks.html": renderHomePage({
    site: { ...SITE, navigation: NAVIGATION },
    refs: PICTURED_REFS.slice(0, 6),
    categories: renderHomeBlocks(SITE, [
      {
        scope: { kind: "category", name: "jishu" },
        title: "技术",
        count: 85,
        refs: HEADLINE_REFS.slice(6, 9),
      },
      {
        scope: { kind: "category", name: "huchengribao" },
        title: "湖城日报",
        count: 4210,
        refs: PICTURED_REFS.slice(9).map((ref) => ({ ...ref, lead: null })),
      },
      {
        scope: { kind: "category", name: "R&D 报" },
        title: "R&D 报",
        count: 1,
        refs: HEADLINE_REFS.slice(2, 3),
      },
    ]),
    archive: ARCHIVE,
    cardUrl: SITE_CARD_URL,
  }),
  "categories.html": renderCategoriesPage(SITE, 1, CATEGORY_LIST, SITE_CARD_URL),
  "subscribe.html": renderSubscribePage({
    site: SITE,
    topic: { kind: "category", name: "huchengribao" },
    title: "湖城日报",
    view: "texts",
    languages: [],
    cardUrl: SITE_CARD_URL,
  }),
  "subscribe-to-digest.html": renderSubscribePage({
    site: { ...SITE, language: "en" },
    topic: { kind: "site" },
    title: SITE.title,
    view: "digest",
    languages: [
      { topic: { kind: "language", name: "ar" }, title: "العربية" },
      { topic: { kind: "language", name: "en" }, title: "English" },
    ],
    cardUrl: SITE_CARD_URL,
  }),
  "category.html": renderListPage({
    ...LIST,
    scope: { kind: "category", name: "huchengribao" },
    title: "湖城日报",
    count: 4210,
    older: "2022-01-09",
  }),
  "tag.html": renderListPage({
    ...LIST,
    site: { ...SITE, language: "ja" },
    scope: { kind: "tag", name: "C++ & <b>/feed.xml" },
    title: "C++ & <b>/feed.xml",
    count: 1,
    refs: REFS.slice(0, 1),
    archive: [],
    cardUrl: null,
    older: null,
  }),
  "archive-page.html": renderListPage({
    ...LIST,
    scope: { kind: "site" },
    title: SITE.title,
    count: 14210,
    refs: REFS.map((ref) => ({ ...ref, lead: null })),
    page: "2022-01-10T06",
    newer: "2022-01-10T07",
    older: "2022-01-09",
  }),
  "error-not-found.html": renderErrorPage(SITE, "notFound", {
    newest: REFS.slice(0, 3),
    categories: [
      { topic: { kind: "category", name: "huchengribao" }, title: "湖城日报" },
      { topic: { kind: "category", name: "R&D 报" }, title: "R&D 报" },
    ],
  }),
  "error-gone.html": renderErrorPage({ ...SITE, language: "en-GB" }, "gone"),
  "error-unavailable.html": renderErrorPage({ ...SITE, language: "ar" }, "unavailable"),
  "error-method-not-allowed.html": renderErrorPage(
    { ...SITE, language: "zh-TW" },
    "methodNotAllowed",
  ),
};
