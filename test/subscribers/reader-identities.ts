import { createHash } from "node:crypto";
import * as v from "valibot";

/** An entry as readers find it in a document. */
export interface FoundEntry {
  /** Empty where there is none. */
  readonly id: string;
  readonly link: string;
  readonly title: string;
  readonly date: string;
  readonly content: string;
}

/** By what a reader knows an entry again, in the order of the document. */
export type Identify = (entries: readonly FoundEntry[], subscription: string) => readonly string[];

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

const firstOf = (...texts: readonly string[]): string => texts.find((text) => text !== "") ?? "";

/**
 * What the sources of five readers say, as of November 2026. None of them asks what kind of text an id is, or whether it is a
 * permalink. `subscription` is the address that the reader has, which a redirect may change.
 */
export const READER_IDENTITIES: Readonly<Record<string, Identify>> = {
  /** SimplePie's `Item::get_id`: the id without blanks around, else a hash of address, title and content. */
  FreshRSS: (entries) =>
    entries.map(({ id, link, title, content }) => firstOf(id.trim(), md5(link + title + content))),
  /** `internal/reader/rss/adapter.go` and `atom_10_adapter.go`; an id that comes twice counts with the address. */
  Miniflux: (entries) => {
    const seen = new Set<string>();
    return entries.map(({ id, link }) => {
      const isFirst = !seen.has(id);
      seen.add(id);
      return sha256(id === "" ? link : isFirst ? id : `${id}|${link}`);
    });
  },
  /** `FeedParser.buildEntries`: what ROME calls the URI, else the address. */
  CommaFeed: (entries) => entries.map(({ id, link }) => firstOf(id, link)),
  /** `Article.calculatedArticleID`: the feed and the id, else address and date. */
  NetNewsWire: (entries, subscription) =>
    entries.map(({ id, link, date }) => md5(`${subscription} ${firstOf(id, md5(link + date))}`)),
  /** `RssParser::get_guid`: the id, else the address with the date. */
  newsboat: (entries) =>
    entries.map(({ id, link, date, title }) => firstOf(id, link + date, title)),
};

const JsonItems = v.object({
  items: v.array(
    v.object({
      id: v.string(),
      url: v.string(),
      title: v.string(),
      date_published: v.string(),
      content_html: v.string(),
    }),
  ),
});

/** The entries of a document in RSS, Atom or JSON Feed. */
export function findEntries(document: string): readonly FoundEntry[] {
  if (document.startsWith("{")) {
    return v.parse(JsonItems, JSON.parse(document)).items.map((item) => ({
      ...item,
      link: item.url,
      date: item.date_published,
      content: item.content_html,
    }));
  }
  return [...document.matchAll(/<(item|entry)[ >].*?<\/\1>/gs)].map(([whole]) => ({
    id: textOf(whole, /<(?:guid|id)(?: [^>]*)?>([^<]*)</),
    link: textOf(whole, /<link>([^<]*)<|<link [^>]*href="([^"]*)"/),
    title: textOf(whole, /<title(?: [^>]*)?>([^<]*)</),
    date: textOf(whole, /<(?:pubDate|published)>([^<]*)</),
    content: textOf(whole, /<(?:description|content)(?: [^>]*)?>([^<]*)</),
  }));
}

const NAMED = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

function textOf(entry: string, element: RegExp): string {
  const [, first, second] = element.exec(entry) ?? [];
  const text = first ?? second ?? "";
  return text.replaceAll(/&(#?\w+);/g, (whole, name: string) => {
    const [, hex, decimal] = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name) ?? [];
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return NAMED.get(name) ?? (Number.isNaN(code) ? whole : String.fromCodePoint(code));
  });
}
