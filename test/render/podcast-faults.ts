import type { XmlElement } from "./xml-tree.ts";
import { childrenOf, parseXml, textOf } from "./xml-tree.ts";

/*
 * What directories of podcasts refuse, each fault in words: the required tags and their values of Apple's "A Podcaster's Guide
 * to RSS" and its "Podcast requirements", and what the W3C feed validator says of `itunes:`. The services that check feeds, such
 * as podba.se and castfeedvalidator.com, cannot be installed; these are the rules that they check of a document.
 */

/** Apple plays these and no others. */
const PLAYED = new Set([
  "audio/mpeg",
  "audio/x-m4a",
  "audio/mp4",
  "video/mp4",
  "video/x-m4v",
  "video/quicktime",
]);
const LANGUAGE = /^[a-z]{2}(?:-[a-z0-9]{2,8})*$/i;
const LONGEST_SUMMARY = 4000;

/** @param document a podcast's feed in RSS */
export function podcastFaults(document: Uint8Array | string): readonly string[] {
  const rss = parseXml(document);
  const channel = childrenOf(rss, "channel")[0] ?? rss;
  const episodes = childrenOf(channel, "item").filter(
    (item) => childrenOf(item, "enclosure").length > 0,
  );
  const faults = new Set<string>();
  const report = (rule: string, holds: boolean): void => {
    if (!holds) faults.add(rule);
  };
  report("show has a title", isText(textOf(channel, "title")));
  report("show has a description", isText(textOf(channel, "description")));
  report("show has a language", LANGUAGE.test(textOf(channel, "language") ?? ""));
  report("show has a link", isText(textOf(channel, "link")));
  const [image] = childrenOf(channel, "itunes:image");
  report("show has a picture", /^https?:.+\.(?:jpe?g|png)$/.test(image?.attributes["href"] ?? ""));
  const [category] = childrenOf(channel, "itunes:category");
  report("show has a category", isText(category?.attributes["text"] ?? null));
  const explicit = textOf(channel, "itunes:explicit") ?? "";
  report("show says whether it is explicit", /^(?:true|false)$/.test(explicit));
  report("show has an author", isText(textOf(channel, "itunes:author")));
  report("show has a type", /^(?:episodic|serial)$/.test(textOf(channel, "itunes:type") ?? ""));
  for (const owner of childrenOf(channel, "itunes:owner")) {
    report("owner has a name", isText(textOf(owner, "itunes:name")));
    report("owner has an address", /^\S+@\S+$/.test(textOf(owner, "itunes:email") ?? ""));
  }
  report("show has an episode", episodes.length > 0);
  for (const episode of episodes) checkEpisode(episode, report);
  const files = episodes.map((item) => childrenOf(item, "enclosure")[0]?.attributes["url"]);
  report("no two episodes have one file", new Set(files).size === files.length);
  const owned = [channel, ...episodes];
  report(
    "summaries are short enough",
    owned.every((one) => (textOf(one, "itunes:summary") ?? "").length <= LONGEST_SUMMARY),
  );
  return [...faults];
}

function checkEpisode(item: XmlElement, report: (rule: string, holds: boolean) => void): void {
  report("episode has a title", isText(textOf(item, "title")));
  report("episode has an id", isText(textOf(item, "guid")));
  report("episode has a date", isText(textOf(item, "pubDate")));
  const [enclosure, another] = childrenOf(item, "enclosure");
  const { url = "", type = "", length = "" } = enclosure?.attributes ?? {};
  report("episode has one file", another === undefined);
  report("file has an address", /^https?:/.test(url));
  report("file is of a type that is played", PLAYED.has(type));
  report("file has a length", /^\d+$/.test(length));
  const duration = textOf(item, "itunes:duration");
  report("duration is in seconds", duration === null || /^[1-9]\d*$/.test(duration));
  const kind = textOf(item, "itunes:episodeType");
  report("episode type is one", /^(?:full|trailer|bonus)$/.test(kind ?? "full"));
  for (const { attributes } of childrenOf(item, "itunes:image")) {
    report("episode picture is one", /\.(?:jpe?g|png)$/.test(attributes["href"] ?? ""));
  }
}

function isText(text: string | null): boolean {
  return text !== null && text.trim() !== "" && text === text.trim();
}
