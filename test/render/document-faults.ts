import type { XmlElement } from "./xml-tree.ts";
import { childrenOf, parseXml, textOf } from "./xml-tree.ts";

/*
 * The rules of the W3C feed validator that apply to our documents, each broken one in words. The validator cannot be
 * installed from a registry; its rules were read in its source.
 */

/** Namespaces by the prefix that the validator expects. */
const NAMESPACES: Readonly<Record<string, string>> = {
  atom: "http://www.w3.org/2005/Atom",
  content: "http://purl.org/rss/1.0/modules/content/",
  dc: "http://purl.org/dc/elements/1.1/",
  itunes: "http://www.itunes.com/dtds/podcast-1.0.dtd",
  fh: "http://purl.org/syndication/history/1.0",
  media: "http://search.yahoo.com/mrss/",
};

const ABSOLUTE_URL = /^https?:\/\/[a-z0-9.-]+(?::\d+)?\/[\w;/?:@&=+$.\-!~*'()%,#]*$/i;
const TAG_URI = /^tag:[a-z0-9.-]+,\d{4}:[\w;/?:@&=+$.\-!~*'()%,]+$/;
/** What an article had on the site before is an address mostly, ours a tag URI. */
const IRI = /^(?:https?:\/\/|tag:)[^\s<>"{}|\\^`]+$/;
const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;
const MEDIA_TYPE = /^[\w.+-]+\/[\w.+-]+$/;
const RFC_822 =
  /^(?<day>[MTWFS][a-z]{2}), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} [+-]\d{2}[03]0$/;
const RFC_3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/;
const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

type Report = (rule: string, holds: boolean) => void;

/** @param location where the document is fetched */
export function rssFaults(document: Uint8Array | string, location: string): readonly string[] {
  return collect((report) => {
    const rss = parseXml(document);
    const channel = childrenOf(rss, "channel")[0] ?? rss;
    const items = childrenOf(channel, "item");
    checkNamespaces(rss, report);
    checkReferences(document, report);
    report("rss is version 2.0", rss.attributes["version"] === "2.0");
    for (const name of ["title", "link", "description", "language", "lastBuildDate", "generator"]) {
      report(`channel has one ${name}`, hasOne(channel, name));
    }
    report("channel link is absolute", ABSOLUTE_URL.test(textOf(channel, "link") ?? ""));
    report("channel language is a language", LANGUAGE.test(textOf(channel, "language") ?? ""));
    report("lastBuildDate is a date", isRfc822(textOf(channel, "lastBuildDate")));
    const firstItem = channel.children.findIndex(({ name }) => name === "item");
    const behind = firstItem === -1 ? [] : channel.children.slice(firstItem);
    reportEach(report, "nothing but items follows an item", behind, ({ name }) => name === "item");
    checkLinks(channel, "atom:link", location, "application/rss+xml", report);
    for (const image of childrenOf(channel, "image")) {
      report("image title matches", textOf(image, "title") === textOf(channel, "title"));
      report("image link matches", textOf(image, "link") === textOf(channel, "link"));
      report("image is a PNG", /\.(?:png|jpe?g|gif)$/.test(textOf(image, "url") ?? ""));
    }
    for (const item of items) checkItem(item, report);
    report("guids are unique", areUnique(items.map((item) => textOf(item, "guid"))));
  });
}

function checkItem(item: XmlElement, report: Report): void {
  const names = item.children.map(({ name }) => name);
  for (const name of ["title", "link", "guid", "pubDate", "description", "content:encoded"]) {
    report(`item has one ${name}`, hasOne(item, name));
  }
  report(
    "description comes before content:encoded",
    names.indexOf("description") < names.indexOf("content:encoded"),
  );
  report("item link is absolute", ABSOLUTE_URL.test(textOf(item, "link") ?? ""));
  const [guid] = childrenOf(item, "guid");
  report("guid is no permalink", guid?.attributes["isPermaLink"] === "false");
  report("guid is an IRI", IRI.test(guid?.text ?? ""));
  report("pubDate is a date", isRfc822(textOf(item, "pubDate")));
  const changes = childrenOf(item, "atom:updated").map(({ text }) => text);
  report("item has at most one change", changes.length < 2);
  reportEach(report, "atom:updated is a date", changes, (text) => RFC_3339.test(text));
  report("author stands in dc:creator", !names.includes("author"));
  report("source stands in dc:source", !names.includes("source"));
  report("item has at most one dc:source", names.filter((name) => name === "dc:source").length < 2);
  const categories = childrenOf(item, "category").map(({ text }) => text);
  reportEach(report, "categories are not blank", categories, (text) => text.trim() !== "");
  report("categories are unique", areUnique(categories));
  const language = textOf(item, "dc:language");
  report("item language is a language", language === null || LANGUAGE.test(language));
  const enclosures = childrenOf(item, "enclosure").map(({ attributes }) => attributes);
  report("item has at most one enclosure", enclosures.length < 2);
  reportEach(report, "enclosure is absolute", enclosures, ({ url }) =>
    ABSOLUTE_URL.test(url ?? ""),
  );
  reportEach(report, "enclosure has a type", enclosures, ({ type }) => MEDIA_TYPE.test(type ?? ""));
  // 0 is what the validator wants of a length that nobody knows.
  reportEach(report, "enclosure has a length", enclosures, ({ length }) =>
    /^\d+$/.test(length ?? ""),
  );
  checkHtml(textOf(item, "content:encoded") ?? "", report);
  checkMedia(item, report);
}

/** @param location where the document is fetched */
export function atomFaults(document: Uint8Array | string, location: string): readonly string[] {
  return collect((report) => {
    const feed = parseXml(document);
    const entries = childrenOf(feed, "entry");
    checkNamespaces(feed, report);
    checkReferences(document, report);
    report("feed is Atom without a prefix", feed.namespace === NAMESPACES["atom"]);
    for (const name of ["id", "title", "updated", "author", "generator", "icon"]) {
      report(`feed has one ${name}`, hasOne(feed, name));
    }
    report("feed id is a tag URI", TAG_URI.test(textOf(feed, "id") ?? ""));
    report("feed updated is a date", RFC_3339.test(textOf(feed, "updated") ?? ""));
    report("feed has a language", LANGUAGE.test(feed.attributes["xml:lang"] ?? ""));
    checkLinks(feed, "link", location, "application/atom+xml", report);
    report(
      "feed has one alternate",
      childrenOf(feed, "link").filter(({ attributes }) => attributes["rel"] === "alternate")
        .length === 1,
    );
    for (const entry of entries) checkEntry(entry, report);
    const ids = [feed, ...entries].map((element) => textOf(element, "id"));
    report("ids are unique", areUnique(ids));
  });
}

function checkEntry(entry: XmlElement, report: Report): void {
  for (const name of ["id", "title", "published", "updated", "content"]) {
    report(`entry has one ${name}`, hasOne(entry, name));
  }
  report("entry id is an IRI", IRI.test(textOf(entry, "id") ?? ""));
  for (const name of ["published", "updated"]) {
    report(`entry ${name} is a date`, RFC_3339.test(textOf(entry, name) ?? ""));
  }
  const links = childrenOf(entry, "link").map(({ attributes }) => attributes);
  const enclosures = links.filter(({ rel }) => rel === "enclosure");
  reportEach(
    report,
    "enclosure is absolute and has a type",
    enclosures,
    ({ href, type, length }) =>
      ABSOLUTE_URL.test(href ?? "") &&
      MEDIA_TYPE.test(type ?? "") &&
      /^[1-9]\d*$/.test(length ?? "1"),
  );
  const [link, via, ...others] = links.filter((each) => !enclosures.includes(each));
  report("entry link is its alternate", link?.["rel"] === "alternate");
  report("another entry link is the original's", via === undefined || via["rel"] === "via");
  report("entry has at most these links", others.length === 0);
  for (const href of [link?.["href"], via?.["href"] ?? link?.["href"]]) {
    report("entry link is absolute", ABSOLUTE_URL.test(href ?? ""));
  }
  for (const author of childrenOf(entry, "author")) {
    report("author has one name", hasOne(author, "name"));
  }
  const categories = childrenOf(entry, "category").map(({ attributes }) => attributes);
  reportEach(
    report,
    "categories have a term",
    categories,
    ({ term }) => term !== undefined && term !== "",
  );
  report(
    "categories are unique",
    areUnique(categories.map(({ scheme, term }) => `${scheme ?? ""} ${term ?? ""}`)),
  );
  const language = entry.attributes["xml:lang"];
  report("entry language is a language", language === undefined || LANGUAGE.test(language));
  const [content] = childrenOf(entry, "content");
  report("content is HTML", content?.attributes["type"] === "html");
  checkHtml(content?.text ?? "", report);
  checkMedia(entry, report);
}

/** @param location where the document is fetched */
export function jsonFeedFaults(document: Uint8Array | string, location: string): readonly string[] {
  return collect((report) => {
    const text = typeof document === "string" ? document : new TextDecoder().decode(document);
    const feed = JSON.parse(text) as JsonObject;
    const items = objectsIn(feed["items"]);
    report("version is 1.1", feed["version"] === "https://jsonfeed.org/version/1.1");
    report("feed has a title", isText(feed["title"]));
    report("feed_url is the location", feed["feed_url"] === location);
    report("items is a list", Array.isArray(feed["items"]));
    report("feed has a language", LANGUAGE.test(String(feed["language"])));
    reportEach(report, "feed has authors", objectsIn(feed["authors"]), ({ name }) => isText(name));
    for (const name of ["home_page_url", "favicon", "icon", "next_url"]) {
      report(`${name} is absolute`, feed[name] === undefined || isUrl(feed[name]));
    }
    report("nothing is null", !text.includes(":null"));
    for (const item of items) {
      report("item id is an IRI", IRI.test(String(item["id"])));
      report("item has a title", isText(item["title"]));
      report("item url is absolute", isUrl(item["url"]));
      report("item has HTML", typeof item["content_html"] === "string");
      report("date_published is a date", RFC_3339.test(String(item["date_published"])));
      report("date_modified is a date", RFC_3339.test(String(item["date_modified"])));
      reportEach(report, "item authors have names", objectsIn(item["authors"]), ({ name }) =>
        isText(name),
      );
      report("image is absolute", item["image"] === undefined || isUrl(item["image"]));
      for (const attachment of objectsIn(item["attachments"])) {
        report("attachment is absolute", isUrl(attachment["url"]));
        report("attachment has a type", MEDIA_TYPE.test(String(attachment["mime_type"])));
      }
      checkHtml(String(item["content_html"]), report);
    }
    report("ids are unique", areUnique(items.map(({ id }) => id)));
  });
}

type JsonObject = Readonly<Record<string, unknown>>;

function objectsIn(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? (value as readonly JsonObject[]) : [];
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function isUrl(value: unknown): boolean {
  return ABSOLUTE_URL.test(String(value));
}

function collect(check: (report: Report) => void): readonly string[] {
  const faults = new Set<string>();
  check((rule, holds) => {
    if (!holds) faults.add(rule);
  });
  return [...faults];
}

function reportEach<Value>(
  report: Report,
  rule: string,
  values: readonly Value[],
  holds: (value: Value) => boolean,
): void {
  report(rule, values.every(holds));
}

function checkNamespaces(element: XmlElement, report: Report): void {
  const [prefix, local] = element.name.split(":");
  if (local !== undefined) {
    report(
      `${prefix ?? ""} is its usual namespace`,
      element.namespace === NAMESPACES[prefix ?? ""],
    );
  }
  for (const child of element.children) checkNamespaces(child, report);
}

/** In plain text the validator takes `&` and `<` for HTML unless they are written as `&#x26;` and `&#x3C;`. */
function checkReferences(document: Uint8Array | string, report: Report): void {
  const text = typeof document === "string" ? document : new TextDecoder().decode(document);
  const withoutHtml = text.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, "");
  report("references in text are hexadecimal", !/&(?!#x)/.test(withoutHtml));
}

/** Links of the document itself; RFC 5005 allows one of each archive relation. */
function checkLinks(
  parent: XmlElement,
  name: string,
  location: string,
  mediaType: string,
  report: Report,
): void {
  const links = childrenOf(parent, name).map(({ attributes }) => attributes);
  const selves = links.filter(({ rel }) => rel === "self");
  report("document has one self link", selves.length === 1);
  report("self link is the location", selves[0]?.["href"] === location);
  report("self link has the media type", selves[0]?.["type"] === mediaType);
  report("links are unique by relation", areUnique(links.map(({ rel }) => rel)));
  reportEach(report, "links are absolute", links, ({ href }) => ABSOLUTE_URL.test(href ?? ""));
  const isArchive = childrenOf(parent, "fh:archive").length === 1;
  report(
    "an archive page, and nothing else, says where the feed is",
    isArchive === links.some(({ rel }) => rel === "current"),
  );
}

function checkMedia(parent: XmlElement, report: Report): void {
  const groups = childrenOf(parent, "media:group");
  reportEach(report, "a group is of several", groups, (group) => {
    return childrenOf(group, "media:content").length > 1;
  });
  const contents = [parent, ...groups].flatMap((element) => childrenOf(element, "media:content"));
  for (const { attributes, children } of contents) {
    report("media is absolute", ABSOLUTE_URL.test(attributes["url"] ?? ""));
    report("media is of a kind", /^(?:image|audio|video)$/.test(attributes["medium"] ?? ""));
    report("media type is a type", MEDIA_TYPE.test(attributes["type"] ?? "image/png"));
    for (const name of ["width", "height", "fileSize", "duration"]) {
      report(`media ${name} is a number`, /^[1-9]\d*$/.test(attributes[name] ?? "1"));
    }
    reportEach(report, "media has descriptions", children, ({ name }) =>
      /^media:(?:description|thumbnail)$/.test(name),
    );
  }
}

function checkHtml(html: string, report: Report): void {
  // Inside tags only: an article about HTML shows such references as text.
  const tags = [...html.matchAll(/<\w[^<>]*>/g)].map(([tag]) => tag).join("");
  const references = [...tags.matchAll(/\s(?:href|src|poster)="([^"]*)"/g)];
  reportEach(report, "content has no relative references", references, ([, url]) =>
    /^\w+:/.test(url ?? ""),
  );
}

function hasOne(parent: XmlElement, name: string): boolean {
  const [first, second] = childrenOf(parent, name);
  const isEmpty = first?.text.trim() === "" && first.children.length === 0;
  return first !== undefined && second === undefined && !isEmpty;
}

function isRfc822(text: string | null): boolean {
  const day = RFC_822.exec(text ?? "")?.groups?.["day"];
  if (text === null || day === undefined) return false;
  const [, date = "", month = "", year = ""] = text.split(/[ ,]+/);
  return DAYS[new Date(`${date} ${month} ${year} 00:00:00 GMT`).getUTCDay()] === day;
}

function areUnique(values: readonly unknown[]): boolean {
  return new Set(values).size === values.length;
}
