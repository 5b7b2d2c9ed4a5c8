import type { Moment } from "../domain/moment.ts";
import { formatRfc3339, formatRfc822 } from "../domain/moment.ts";
import type { MediaFile } from "../domain/recording.ts";
import { mainRecording } from "../domain/recording.ts";
import type { Sized } from "./chunk.ts";
import type { FeedEntry } from "./feed-entry.ts";
import { labelsOf } from "./feed-entry.ts";
import { htmlText } from "./markup.ts";
import type { FeedHead, XmlFeedWriter } from "./feed-writer.ts";
import { GENERATOR } from "./feed-writer.ts";
import { PODCAST_NAMESPACE, episodeElements, podcastChannel } from "./podcast.ts";
import type { Xml, XmlAround } from "./xml.ts";
import {
  emptyElement,
  endTag,
  htmlElement,
  lines,
  parentAround,
  parentElement,
  prolog,
  startTag,
  textElement,
} from "./xml.ts";
import { NAMESPACES, feedLinks, mediaContent, mediaOfRecording, viaLink } from "./xml-feed.ts";

const RSS_ATTRIBUTES = {
  version: "2.0",
  "xmlns:atom": "http://www.w3.org/2005/Atom",
  "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
  ...NAMESPACES,
};

const PODCAST_ATTRIBUTES = { ...RSS_ATTRIBUTES, ...PODCAST_NAMESPACE };

/** Writes RSS 2.0 by the RSS Advisory Board's best practices. */
export const RSS: XmlFeedWriter = {
  entry: renderItem,
  separator: "\n",
  frame: (head) => ({
    start: lines([
      prolog(head.stylesheetUrl),
      startTag("rss", head.podcast === null ? RSS_ATTRIBUTES : PODCAST_ATTRIBUTES),
      startTag("channel"),
      ...channelHead(head),
    ]),
    end: lines([endTag("channel"), endTag("rss")]),
  }),
};

function channelHead(head: FeedHead): readonly (Xml | null)[] {
  const { title, homeUrl, timeToLiveMinutes } = head;
  return [
    textElement("title", title),
    textElement("link", homeUrl),
    // RSS requires a description, so an empty one becomes the title.
    textElement("description", head.description === "" ? title : head.description),
    textElement("language", head.language),
    textElement("dc:creator", head.author),
    textElement("lastBuildDate", rssDate(head.updated)),
    textElement("generator", GENERATOR),
    timeToLiveMinutes === null ? null : textElement("ttl", String(timeToLiveMinutes)),
    // RSS allows only JPEG, GIF and PNG. The W3C validator wants the channel's own title and link here, and some podcast programs
    // take a show's picture from here.
    parentElement("image", [
      textElement("url", head.podcast?.imageUrl ?? head.iconUrl),
      textElement("title", title),
      textElement("link", homeUrl),
    ]),
    ...podcastChannel(head),
    ...feedLinks("atom:link", head, "rss"),
  ];
}

function renderItem<Body extends Sized>(entry: FeedEntry<Body>): XmlAround<Body> {
  const before = [
    textElement("title", entry.title),
    textElement("link", entry.url),
    textElement("guid", entry.id, { isPermaLink: "false" }),
    textElement("pubDate", rssDate(entry.published)),
    // RSS has no element of its own for a change.
    entry.updated.epochSeconds > entry.published.epochSeconds
      ? textElement("atom:updated", formatRfc3339(entry.updated))
      : null,
    // RSS's own `author` must be an e-mail address.
    ...entry.authors.map((name) => textElement("dc:creator", name)),
    // RSS's own `source` needs the address of the newspaper's feed.
    sourceElement(entry.source ?? entry.sourceUrl),
    viaLink("atom:link", entry.sourceUrl),
    entry.language === null ? null : textElement("dc:language", entry.language),
    ...labelsOf(entry).map((label) => textElement("category", label)),
    // The summary is escaped as HTML, because readers take it for HTML; it must precede `content:encoded`.
    textElement("description", htmlText(entry.summary === "" ? entry.title : entry.summary)),
  ];
  const content = htmlElement("content:encoded", entry.body, entry.around);
  const behind = [
    entry.image === null ? null : mediaContent(entry.image),
    ...(entry.recordings.length === 0 ? NOTHING : recordingElements(entry)),
  ];
  return parentAround("item", before, content, behind);
}

const NOTHING: readonly Xml[] = [];

function recordingElements(entry: Omit<FeedEntry, "body">): readonly (Xml | null)[] {
  const { recordings } = entry;
  return [
    enclosure(mainRecording(recordings)?.files[0]),
    ...recordings.map(mediaOfRecording),
    ...episodeElements(entry),
  ];
}

/**
 * The one file that podcast programs play; they take one of an item, so all recordings are in Media RSS besides. Of a length
 * that nobody says the RSS Advisory Board wants 0, and so does the W3C validator.
 */
function enclosure(file: MediaFile | undefined): Xml | null {
  if (file === undefined) return null;
  return emptyElement("enclosure", { url: file.url, length: file.length ?? 0, type: file.type });
}

function sourceElement(source: string | null): Xml | null {
  return source === null ? null : textElement("dc:source", source);
}

/** The W3C validator takes only zones of whole and half hours, so other moments are written in UTC. */
function rssDate(moment: Moment): string {
  return formatRfc822(moment.offsetMinutes % 30 === 0 ? moment : { ...moment, offsetMinutes: 0 });
}
