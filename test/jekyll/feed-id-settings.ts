import type { FormerFeedIds } from "../../scripts/read/old-urls/address-settings.ts";
import type { JekyllSetting } from "./jekyll-posts.ts";

/** A setting of a Jekyll site, and how its feeds name their entries. */
export interface FeedIdSetting extends JekyllSetting, Pick<FormerFeedIds, "unicode"> {
  readonly url: string;
  readonly baseurl: string;
}

/** The settings under which Jekyll was asked for the ids of entries. */
export const FEED_ID_SETTINGS: readonly FeedIdSetting[] = [
  ["date", "Asia/Shanghai", "https://old.example", "/blog", "NFC"],
  ["pretty", "UTC", "http://Old.example", "", "NFKC"],
  ["none", "America/Los_Angeles", "https://old.example:8443", "/a/b", "NFC"],
  ["/:title/", "Europe/London", "https://old.example", "", "NFC"],
  ["/新闻/:categories/:title", "Asia/Shanghai", "https://old.example", "/旧站", "NFC"],
  ["/:year/:month/:title/index.html", "Asia/Shanghai", "https://old.example", "", "NFKC"],
].map(([permalink = "", timeZone = "", url = "", baseurl = "", unicode]) => ({
  permalink,
  timeZone,
  url,
  baseurl,
  unicode: unicode === "NFC" ? "NFC" : "NFKC",
}));
