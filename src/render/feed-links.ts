import type { FeedTopic } from "../domain/combination.ts";
import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMAT_NAMES, FEED_FORMATS } from "../domain/feed-format.ts";
import { feedPath, subscribePath } from "../domain/links.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";

/** A topic with its title for people. */
export interface TitledTopic<Topic extends FeedTopic = FeedTopic> {
  readonly topic: Topic;
  readonly title: string;
}

/** The site itself as a topic. */
export function wholeSite({ title }: Pick<Site, "title">): TitledTopic {
  return { topic: SITE_SCOPE, title };
}

/** The links in a page's head by which feed readers find its feeds. */
export function renderFeedDiscovery(
  { topic, title }: TitledTopic,
  formats: readonly FeedFormat[],
): Markup {
  const links = formats.map((format) => {
    const { mediaType, name } = FEED_FORMATS[format];
    return markup`<link rel="alternate" type="${mediaType}" title="${title} · ${name}" href="${feedPath(topic, format)}">`;
  });
  return markup`${links}`;
}

/** The same feeds as links for people, after a link to the page that explains them. */
export function renderFeedLinks(topic: FeedTopic, phrases: Phrases): Markup {
  const items = FEED_FORMAT_NAMES.map((format) => {
    const { mediaType, name } = FEED_FORMATS[format];
    return markup`<li><a href="${feedPath(topic, format)}" type="${mediaType}">${name}</a></li>`;
  });
  return markup`<ul class="row chips">
    <li><a href="${subscribePath(topic)}">${phrases.subscribing.how}</a></li>
    ${items}
  </ul>`;
}
