import type { ArticleHeader } from "../domain/article.ts";
import type { SearchTopic } from "../domain/combination.ts";
import { listPath, searchPath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import type { QueryFailure, SearchQuery } from "../domain/search-query.ts";
import { shorterQueries, spelledQuery } from "../domain/search-query.ts";
import type { Site } from "../domain/site.ts";
import type { TitledTopic } from "./feed-links.ts";
import { renderFeedLinks, wholeSite } from "./feed-links.ts";
import { markedText } from "./marked-text.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { languageOf, renderPage } from "./page.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import { filled } from "./phrases/filled.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import { readerPage, renderTime } from "./reader-dates.ts";

/** What was found, and how to go on. */
export interface SearchResults {
  readonly query: SearchQuery;
  /** Newest first. */
  readonly articles: readonly ArticleHeader[];
  /** The number before which older ones are; null where there are none. */
  readonly older: number | null;
  /** Whether nobody looked at them yet, so that there may be none. */
  readonly isUnfinished: boolean;
  /** Whether newer ones stand on another page. */
  readonly hasNewer: boolean;
  /** The years of all articles, the newest first. */
  readonly years: readonly number[];
  readonly categoryTitle: (slug: string) => string;
}

export interface SearchPage {
  readonly site: Site;
  /** What was typed. */
  readonly typed: string;
  /** What was found, or why nothing was looked for. */
  readonly outcome: SearchResults | QueryFailure;
  /** Categories, tags and people whose names are like the words, where nothing was found. */
  readonly near: readonly TitledTopic<Scope>[];
}

const SENTENCES = {
  "too-long": "tooLong",
  "no-words": "noWords",
  "no-year": "noYear",
  "no-name": "noName",
  "one-character": "oneCharacter",
} as const;

/** How many categories and years are offered to narrow a search. */
const MOST_CHOICES = 12;

/** The page of a search. Search engines keep out: it has no address that people share, and there is no end to queries. */
export function renderSearchPage(shown: SearchPage): Uint8Array<ArrayBuffer> {
  const { site, typed, outcome, near } = shown;
  const phrases = phrasesFor(site);
  const words = languageOf(phrases, site.language);
  const isSearch = "query" in outcome;
  const title = typed === "" ? phrases.search : searchTitle({ text: typed }, phrases);
  return renderPage({
    site,
    query: typed,
    preview: `${title} · ${site.title}`,
    ...(isSearch && { feeds: [topicOf(outcome.query, phrases), wholeSite(site)] }),
    main: isSearch ? renderResults({ ...shown, outcome }, phrases, words) : renderFailure(),
  });

  function renderFailure(): Markup {
    const { searching } = phrases;
    const character = "character" in outcome ? outcome.character : "";
    const sentence =
      "reason" in outcome && outcome.reason !== "empty"
        ? filled(searching[SENTENCES[outcome.reason]], { characters: character })
        : null;
    return markup`
      <header class="list"${words}>
      <h1>${phrases.search}</h1>
      </header>
      ${sentence === null ? null : markup`<p role="status"${words}>${sentence}</p>`}
      ${renderNames(near, phrases, words)}
      <p class="help meta"${words}>${searching.help}</p>
    `;
  }
}

/** What a search is called. */
export function searchTitle({ text }: Pick<SearchQuery, "text">, { searching }: Phrases): string {
  return filled(searching.heading, { query: text });
}

function topicOf(query: SearchQuery, phrases: Phrases): TitledTopic<SearchTopic> {
  return {
    topic: { kind: "search", query: query.text },
    title: searchTitle({ text: spelledQuery(query) }, phrases),
  };
}

function renderResults(
  { site, typed, outcome: results, near }: SearchPage & { readonly outcome: SearchResults },
  phrases: Phrases,
  words: Markup | null,
): Markup {
  const { query, articles, older, hasNewer } = results;
  const { searching } = phrases;
  const isEmpty = articles.length === 0 && older === null && !hasNewer;
  const leftOut = query.leftOut.join("");
  return markup`
    <header class="list">
    <p class="kicker"${words}>${phrases.search}</p>
    <h1>${typed}</h1>
    </header>
    ${leftOut === "" ? null : markup`<p role="status"${words}>${filled(searching.leftOut, { characters: leftOut })}</p>`}
    ${query.isCut ? markup`<p role="status"${words}>${filled(searching.shortened, { query: spelledQuery(query) })}</p>` : null}
    ${isEmpty ? renderNothing(query, near, site.search, phrases, words) : renderArticles(results, phrases, words)}
    ${isEmpty ? null : renderNarrower(results, phrases, words)}
    <section class="subscribe" aria-labelledby="follow">
    <h2 id="follow"${words}>${searching.follow}</h2>
    <p${words}>${searching.followHint}</p>
    ${renderFeedLinks(topicOf(query, phrases).topic, phrases)}
    </section>
    <p class="help meta"${words}>${searching.help}</p>
  `;
}

function renderArticles(
  { query, articles, older, isUnfinished, hasNewer }: SearchResults,
  phrases: Phrases,
  words: Markup | null,
): Markup {
  const marked = query.phrases.map(({ units }) => units);
  const items = articles.map(
    ({ id, title, summary, source, authors, published }) => markup`
      <li>
      <h3><a href="/s/${id}">${markedText(title, marked)}</a></h3>
      ${summary === "" ? null : markup`<p>${markedText(summary, marked)}</p>`}
      <p class="row meta">${[source, ...authors].map((name) => (name === null ? null : markup`<span>${markedText(name, marked)}</span>`))} ${renderTime(published, phrases.dates)}</p>
      </li>`,
  );
  const { results, nothing } = phrases.searching;
  const isEnd = items.length === 0 && older === null;
  const heading = isEnd ? filled(nothing, { query: spelledQuery(query) }) : results;
  const newest = hasNewer
    ? markup`<li><a href="${searchPath(spelledQuery(query))}">${phrases.newest}</a></li>`
    : null;
  const next =
    older === null
      ? null
      : markup`<li><a href="${searchPath(spelledQuery(query), older)}" rel="next">${phrases.older}</a></li>`;
  return markup`
    <section aria-labelledby="articles">
    <h2 id="articles"${words}>${heading}</h2>
    ${
      items.length === 0
        ? null
        : markup`<ol class="articles">${items}
    </ol>`
    }
    ${isUnfinished ? markup`<p role="status"${words}>${phrases.searching.notYet}</p>` : null}
    ${newest === null && next === null ? null : markup`<ul class="row chips">${[newest, next]}</ul>`}
    </section>
  `;
}

/** Links to what is found in one category or of one year only, and back; null where they would narrow nothing. */
function renderNarrower(
  { query, articles, older, isUnfinished, hasNewer, years, categoryTitle }: SearchResults,
  phrases: Phrases,
  words: Markup | null,
): Markup | null {
  const { searching } = phrases;
  const chosen = query.choices.filter(({ kind }) => kind === "category");
  const others = query.choices.filter(({ kind }) => kind !== "category");
  const inCategory = (name: string): string =>
    spelledQuery({ ...query, choices: [...others, { kind: "category", name, term: "" }] });
  const everywhere = spelledQuery({ ...query, choices: others });
  const isAll = older === null && !isUnfinished && !hasNewer;
  const slugs = [...new Set(articles.flatMap((article) => article.categories))].filter(
    (slug) => !isAll || articles.some((article) => !article.categories.includes(slug)),
  );
  const categories =
    chosen.length > 0
      ? everywhere === ""
        ? []
        : [{ name: `${phrases.categories}: ${searching.all}`, text: everywhere }]
      : slugs.map((slug) => ({ name: categoryTitle(slug), text: inCategory(slug) }));
  const always = spelledQuery({ ...query, year: null });
  const ofYears =
    query.year === null
      ? years.map((year) => ({
          name: readerPage(String(year), phrases.dates),
          text: spelledQuery({ ...query, year }),
        }))
      : always === ""
        ? []
        : [
            {
              name: `${readerPage(String(query.year), phrases.dates)} → ${searching.all}`,
              text: always,
            },
          ];
  if (categories.length + ofYears.length === 0) return null;
  return markup`
    <nav aria-labelledby="narrow">
    <h2 id="narrow"${words}>${searching.narrow}</h2>
    ${renderQueries(categories.slice(0, MOST_CHOICES))}
    ${renderQueries(ofYears.slice(0, MOST_CHOICES))}
    </nav>
  `;
}

/** What may be found in place of nothing. */
function renderNothing(
  query: SearchQuery,
  near: SearchPage["near"],
  mode: Site["search"],
  phrases: Phrases,
  words: Markup | null,
): Markup {
  const { searching } = phrases;
  const shorter = shorterQueries(query).map((text) => ({ name: text, text }));
  return markup`
    <h2 role="status"${words}>${filled(searching.nothing, { query: spelledQuery(query) })}</h2>
    ${mode === "leads" ? markup`<p${words}>${searching.onlyLeads}</p>` : null}
    <p${words}>${searching.fewer}</p>
    ${
      shorter.length === 0
        ? null
        : markup`<nav aria-labelledby="fewer">
    <h2 id="fewer"${words}>${searching.fewerWords}</h2>
    ${renderQueries(shorter)}
    </nav>`
    }
    ${renderNames(near, phrases, words)}
  `;
}

function renderNames(
  near: SearchPage["near"],
  { searching }: Phrases,
  words: Markup | null,
): Markup | null {
  if (near.length === 0) return null;
  const names = near.map(
    ({ topic, title }) => markup`<li><a href="${listPath(topic)}">${title}</a></li>`,
  );
  return markup`
    <nav aria-labelledby="near">
    <h2 id="near"${words}>${searching.nearNames}</h2>
    <ul class="row chips">
    ${names}
    </ul>
    </nav>
  `;
}

function renderQueries(
  queries: readonly { readonly name: string; readonly text: string }[],
): Markup | null {
  if (queries.length === 0) return null;
  const items = queries.map(
    ({ name, text }) => markup`<li><a href="${searchPath(text)}">${name}</a></li>`,
  );
  return markup`<ul class="row chips">
    ${items}
    </ul>`;
}

/** How many articles stand on a page. */
export const PAGE_LENGTH = 20;
