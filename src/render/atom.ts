import { formatRfc3339 } from "../domain/moment.ts";
import type { MediaFile } from "../domain/recording.ts";
import type { Sized } from "./chunk.ts";
import type { FeedEntry } from "./feed-entry.ts";
import type { FeedHead, XmlFeedWriter } from "./feed-writer.ts";
import { GENERATOR } from "./feed-writer.ts";
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

const ATOM_NAMESPACES = { xmlns: "http://www.w3.org/2005/Atom", ...NAMESPACES };

/** Writes Atom 1.0 (RFC 4287). */
export const ATOM: XmlFeedWriter = {
  entry: renderEntry,
  separator: "\n",
  frame: (head) => ({
    start: lines([
      prolog(head.stylesheetUrl),
      startTag("feed", { ...ATOM_NAMESPACES, "xml:lang": head.language }),
      ...feedHead(head),
    ]),
    end: lines([endTag("feed")]),
  }),
};

function feedHead(head: FeedHead): readonly (Xml | null)[] {
  return [
    textElement("id", head.id),
    textElement("title", head.title),
    head.description === "" ? null : textElement("subtitle", head.description),
    textElement("updated", formatRfc3339(head.updated)),
    // RFC 4287, section 4.1.1: this is the author of every entry that names none.
    author(head.author, null),
    textElement("generator", GENERATOR),
    textElement("icon", head.iconUrl),
    // This link comes first, because some programs read no further.
    linkToPage(head.homeUrl),
    ...feedLinks("link", head, "atom"),
  ];
}

function renderEntry<Body extends Sized>(entry: FeedEntry<Body>): XmlAround<Body> {
  const published = formatRfc3339(entry.published);
  const updated = entry.updated === entry.published ? published : formatRfc3339(entry.updated);
  const before = [
    textElement("id", entry.id),
    textElement("title", entry.title),
    linkToPage(entry.url),
    viaLink("link", entry.sourceUrl),
    // RFC 4287, section 4.2.7.2; unlike an item of RSS an entry may have several.
    ...entry.recordings.flatMap(({ files }) => files.map(enclosureLink)),
    textElement("published", published),
    textElement("updated", updated),
    ...entry.authors.map((name) => author(name, entry.authorUrl(name))),
    // Atom's own `source` would be a whole feed with an id.
    entry.source === null ? null : textElement("dc:source", entry.source),
    ...entry.categories.map(({ scheme, term, label }) =>
      emptyElement("category", { term, scheme, label }),
    ),
    entry.summary === "" ? null : textElement("summary", entry.summary),
  ];
  const content = htmlElement("content", entry.body, entry.around, { type: "html" });
  const behind = [
    entry.image === null ? null : mediaContent(entry.image),
    ...entry.recordings.map(mediaOfRecording),
  ];
  return parentAround("entry", before, content, behind, { "xml:lang": entry.language });
}

function author(name: string, url: string | null): Xml {
  return parentElement("author", [
    textElement("name", name),
    url === null ? null : textElement("uri", url),
  ]);
}

function enclosureLink({ url, type, length }: MediaFile): Xml {
  return emptyElement("link", { rel: "enclosure", href: url, type, length });
}

function linkToPage(href: string): Xml {
  return emptyElement("link", { rel: "alternate", href, type: "text/html" });
}
