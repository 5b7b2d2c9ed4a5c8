import type { Combination, FeedTopic } from "../domain/combination.ts";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import type { FeedView } from "../domain/feed-view.ts";
import { feedPath, listPath, subscribePath } from "../domain/links.ts";
import type { LanguageScope } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import type { TitledTopic } from "./feed-links.ts";
import { wholeSite } from "./feed-links.ts";
import type { FeedReader } from "./feed-readers.ts";
import { READER_APPS, webReaders } from "./feed-readers.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { languageOf, renderPage } from "./page.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import { renderQrCode } from "./qr-code.ts";

/** What the page at a feed's address is about. */
export interface SubscribePage extends TitledTopic {
  readonly site: Site;
  /** What the feed shows whose address was opened. */
  readonly view: FeedView;
  /** The feeds by language, of the whole site; empty where it has one language. */
  readonly languages: readonly TitledTopic[];
  /** Absolute address of its share card; null where there is none. */
  readonly cardUrl: string | null;
}

/** The page that people get at a feed's address: what a feed is, and every way to subscribe that needs no script. */
export function renderSubscribePage(shown: SubscribePage): Uint8Array<ArrayBuffer> {
  const { site, topic, title, view, cardUrl } = shown;
  const phrases = phrasesFor(site);
  const words = languageOf(phrases, site.language);
  const { subscribing } = phrases;
  const url = site.url + feedPath(topic, "rss", null, view);
  const name = view === "texts" ? title : `${title} · ${phrases.variants[view]}`;
  const fullTitle = `${phrases.subscribe} · ${topic.kind === "site" ? name : `${name} · ${site.title}`}`;
  return renderPage({
    site,
    preview:
      topic.kind === "search"
        ? fullTitle
        : {
            title: fullTitle,
            description: subscribing.explanation,
            path: subscribePath(topic),
            cardUrl,
          },
    ...(topic.kind === "site" ? {} : { feeds: [{ topic, title }, wholeSite(site)] }),
    main: markup`
      <header class="list">
      <p class="kicker"${words}>${phrases.subscribe}</p>
      <h1>${name}</h1>
      </header>
      <p${words}>${view === "texts" ? subscribing.explanation : phrases.variantHints[view]}</p>
      <section aria-labelledby="address">
      <h2 id="address"${words}>${subscribing.address}</h2>
      <p${words}>${subscribing.copyHint}</p>
      <p class="feed-url" dir="ltr">${url}</p>
      <ul class="row chips"${words}>
      <li><a href="${url.replace(/^https?:/, "feed:")}">${subscribing.open}</a></li>
      ${hasList(topic) ? markup`<li><a href="${listPath(topic)}">${subscribing.read}</a></li>` : null}
      </ul>
      <figure>
      ${renderQrCode(url, subscribing.scan)}
      <figcaption class="meta"${words}>${subscribing.scan}</figcaption>
      </figure>
      </section>
      <section aria-labelledby="web-readers">
      <h2 id="web-readers"${words}>${subscribing.webReaders}</h2>
      ${renderReaders(webReaders(url))}
      </section>
      <section aria-labelledby="apps">
      <h2 id="apps"${words}>${subscribing.apps}</h2>
      ${renderReaders(READER_APPS)}
      </section>
      ${renderOtherWays(shown, phrases, words)}
    `,
  });
}

function hasList(topic: FeedTopic): topic is Exclude<FeedTopic, Combination | LanguageScope> {
  return topic.kind !== "combination" && topic.kind !== "language";
}

/** Folded up, because most people need none of them: other formats, other views and the languages. */
function renderOtherWays(
  { site, topic, view, languages }: SubscribePage,
  phrases: Phrases,
  words: Markup | null,
): Markup {
  const { subscribing, variants, variantHints } = phrases;
  const formats = FEED_FORMAT_NAMES.filter((format) => format !== "rss");
  const views = (["summaries", "digest"] as const).filter(
    (other) => other !== view && (other !== "digest" || topic.kind !== "search"),
  );
  return markup`
    <details>
    <summary${words}>${subscribing.otherFormats}</summary>
    ${renderAddresses(
      formats.map((format) => ({
        name: FEED_FORMATS[format].name,
        url: site.url + feedPath(topic, format, null, view),
      })),
    )}
    </details>
    <details>
    <summary${words}>${subscribing.otherWays}</summary>
    ${renderAddresses(
      views.map((other) => ({
        name: variants[other],
        url: site.url + feedPath(topic, "rss", null, other),
      })),
    )}
    ${views.map((other) => markup`<p class="meta"${words}>${variantHints[other]}</p>`)}
    </details>
    ${
      languages.length === 0
        ? null
        : markup`<details>
    <summary${words}>${phrases.languages}</summary>
    ${renderAddresses(
      languages.map((language) => ({
        name: language.title,
        url: site.url + feedPath(language.topic, "rss", null, view),
      })),
    )}
    </details>`
    }
  `;
}

function renderReaders(readers: readonly FeedReader[]): Markup {
  return markup`<ul class="row chips">
    ${readers.map(({ name, url }) => markup`<li><a href="${url}" rel="noreferrer">${name}</a></li>`)}
    </ul>`;
}

/** Addresses as text to copy, because a browser that followed a link would show such a page again. */
function renderAddresses(
  addresses: readonly { readonly name: string; readonly url: string }[],
): Markup {
  return markup`<dl>
    ${addresses.map(({ name, url }) => markup`<dt>${name}</dt><dd class="feed-url" dir="ltr">${url}</dd>`)}
    </dl>`;
}
