import type { FeedTopic } from "../domain/combination.ts";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../domain/feed-format.ts";
import { feedPath, listPath, subscribePath } from "../domain/links.ts";
import type { Site } from "../domain/site.ts";
import type { TitledTopic } from "./feed-links.ts";
import { wholeSite } from "./feed-links.ts";
import type { FeedReader } from "./feed-readers.ts";
import { READER_APPS, webReaders } from "./feed-readers.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { languageOf, renderPage } from "./page.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import { renderQrCode } from "./qr-code.ts";

/**
 * The page that people get at a feed's address: what a feed is, and every way to subscribe that needs no script.
 *
 * @param cardUrl absolute address of its share card; null where there is none
 */
export function renderSubscribePage(
  site: Site,
  { topic, title }: TitledTopic,
  cardUrl: string | null,
): Uint8Array<ArrayBuffer> {
  const phrases = phrasesFor(site);
  const words = languageOf(phrases, site.language);
  const { subscribing } = phrases;
  const url = site.url + feedPath(topic, "rss");
  const fullTitle = `${phrases.subscribe} · ${topic.kind === "site" ? title : `${title} · ${site.title}`}`;
  return renderPage({
    site,
    preview: {
      title: fullTitle,
      description: subscribing.explanation,
      path: subscribePath(topic),
      cardUrl,
    },
    ...(topic.kind === "site" ? {} : { feeds: [{ topic, title }, wholeSite(site)] }),
    main: markup`
      <header class="list">
      <p class="kicker"${words}>${phrases.subscribe}</p>
      <h1>${title}</h1>
      </header>
      <p${words}>${subscribing.explanation}</p>
      <section aria-labelledby="address">
      <h2 id="address"${words}>${subscribing.address}</h2>
      <p${words}>${subscribing.copyHint}</p>
      <p class="feed-url" dir="ltr">${url}</p>
      <ul class="row chips"${words}>
      <li><a href="${url.replace(/^https?:/, "feed:")}">${subscribing.open}</a></li>
      ${topic.kind === "combination" ? null : markup`<li><a href="${listPath(topic)}">${subscribing.read}</a></li>`}
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
      <section aria-labelledby="formats">
      <h2 id="formats"${words}>${subscribing.otherFormats}</h2>
      ${renderFormats(site, topic)}
      </section>
    `,
  });
}

function renderReaders(readers: readonly FeedReader[]): Markup {
  return markup`<ul class="row chips">
    ${readers.map(({ name, url }) => markup`<li><a href="${url}" rel="noreferrer">${name}</a></li>`)}
    </ul>`;
}

/** The other formats as text to copy, because a browser that followed a link would show this page again. */
function renderFormats(site: Site, topic: FeedTopic): Markup {
  const others = FEED_FORMAT_NAMES.filter((format) => format !== "rss");
  return markup`<dl>
    ${others.map((format) => markup`<dt>${FEED_FORMATS[format].name}</dt><dd class="feed-url" dir="ltr">${site.url + feedPath(topic, format)}</dd>`)}
    </dl>`;
}
