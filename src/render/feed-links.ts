import type { FeedFormat } from "../domain/feed-format.ts";
import { FEED_FORMAT_NAMES, FEED_FORMATS } from "../domain/feed-format.ts";
import { feedPath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";

/** A scope as people know it. */
export interface TitledScope {
  readonly scope: Scope;
  readonly title: string;
}

/** The links in a page's head by which feed readers find its feeds. */
export function renderFeedDiscovery(
  { scope, title }: TitledScope,
  formats: readonly FeedFormat[],
): Markup {
  const links = formats.map((format) => {
    const { mediaType, name } = FEED_FORMATS[format];
    return markup`<link rel="alternate" type="${mediaType}" title="${title} · ${name}" href="${feedPath(scope, format)}">`;
  });
  return markup`${links}`;
}

/** The same feeds as links for people. */
export function renderFeedLinks(scope: Scope): Markup {
  const items = FEED_FORMAT_NAMES.map((format) => {
    const { mediaType, name } = FEED_FORMATS[format];
    return markup`<li><a href="${feedPath(scope, format)}" type="${mediaType}">${name}</a></li>`;
  });
  return markup`<ul class="row chips">
    ${items}
  </ul>`;
}
