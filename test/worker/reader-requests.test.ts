import { describe, expect, inject, it } from "vitest";
import { FEED_CASES } from "./feed-cases.ts";
import { openSite } from "./open-site.ts";

const site = await openSite(inject("fixtures"));
const nextDay = await openSite(inject("fixturesNextDay"));

/** What readers send, as their source code has it. */
const READERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Miniflux: {
    "User-Agent": "Mozilla/5.0 (compatible; Miniflux/2.2.13; +https://miniflux.app)",
    Accept:
      "application/xml, application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, text/html, */*;q=0.9",
    "Accept-Encoding": "br,gzip",
    Connection: "close",
  },
  "FreshRSS (SimplePie)": {
    "User-Agent": "FreshRSS/1.27.1 (Linux; https://freshrss.org)",
    Accept:
      "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, unknown/unknown;q=0.1, application/unknown;q=0.1, */*;q=0.1",
    "Accept-Encoding": "deflate, gzip, br, zstd",
  },
  NetNewsWire: {
    "User-Agent": "NetNewsWire (RSS Reader; https://netnewswire.com/)",
    Accept: "*/*",
    "Accept-Language": "zh-CN,zh-Hans;q=0.9",
    "Accept-Encoding": "gzip, deflate, br",
  },
  Newsboat: {
    "User-Agent": "Newsboat/2.40 (Linux x86_64)",
    Accept: "*/*",
    "A-IM": "feed",
    "Accept-Encoding": "gzip, deflate",
  },
  feedparser: {
    "User-Agent": "feedparser/6.0.11 +https://github.com/kurtmckee/feedparser/",
    Accept:
      "application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1",
    "A-IM": "feed",
    "Accept-Encoding": "gzip, deflate",
  },
};

/** FreshRSS and Miniflux send both validators, the others what they got. */
function validatorsOf(response: Response): Record<string, string> {
  const entityTag = response.headers.get("ETag");
  const lastModified = response.headers.get("Last-Modified");
  return {
    ...(entityTag === null ? {} : { "If-None-Match": entityTag }),
    ...(lastModified === null ? {} : { "If-Modified-Since": lastModified }),
  };
}

describe.each(Object.entries(READERS))("%s", (_, headers) => {
  const feeds = [
    ...FEED_CASES,
    { kind: "negotiated", path: "/category/city/feed", mediaType: "application/" },
    { kind: "probed", path: "/rss.xml", mediaType: "application/rss+xml" },
  ];

  it.each(feeds)("subscribes to $path and polls it for nothing", async ({ path, mediaType }) => {
    const first = await site.fetch(path, { headers });
    expect(first.status).toBe(200);
    expect(first.headers.get("Content-Type")).toContain(mediaType);
    expect(first.headers.get("Content-Type")).not.toContain("html");
    expect(first.headers.get("Content-Encoding")).toBe("gzip");

    const second = await site.fetch(path, { headers: { ...headers, ...validatorsOf(first) } });
    expect(second.status).toBe(304);
    // A reader that replaces what it stored goes on asking conditionally.
    expect(validatorsOf(second)).toEqual(validatorsOf(first));
    expect(second.headers.get("Cache-Control")).toBe(first.headers.get("Cache-Control"));
  });

  it("gets the feed again after an article was added, whole", async () => {
    const first = await site.fetch("/category/city/feed.xml", { headers });
    const third = await nextDay.fetch("/category/city/feed.xml", {
      headers: { ...headers, ...validatorsOf(first) },
    });
    expect(third.status).toBe(200);
    expect(third.headers.get("IM")).toBeNull();
    expect(third.headers.get("ETag")).not.toBe(first.headers.get("ETag"));
  });
});
