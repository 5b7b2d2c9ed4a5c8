import { describe, expect, it } from "vitest";
import { isNavigation, preferredDocument } from "../../src/http/feed-preference.ts";

const MINIFLUX =
  "application/xml, application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, text/html, */*;q=0.9";
const SIMPLEPIE =
  "application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, unknown/unknown;q=0.1, application/unknown;q=0.1, */*;q=0.1";
const SAFARI = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

describe("preferredDocument", () => {
  it.each([
    [null, "rss"],
    ["", "rss"],
    ["*/*", "rss"],
    ["application/rss+xml", "rss"],
    ["application/xml", "rss"],
    ["text/xml;q=0.3", "rss"],
    ["application/atom+xml", "atom"],
    ["APPLICATION/ATOM+XML", "atom"],
    ["application/atom+xml, application/rss+xml;q=0.9", "atom"],
    ["application/rss+xml;q=0.5, application/atom+xml;q=0.8, application/feed+json;q=0.7", "atom"],
    ["application/feed+json", "json"],
    ["application/json, */*;q=0.1", "json"],
    ["application/feed+json, */*", "json"],
    ["application/rss+xml;q=0, */*", "atom"],
    // Never 406.
    ["image/png", "rss"],
    ["application/rss+xml;q=0", "rss"],
    // Readers name text/html too, and get a feed.
    [MINIFLUX, "rss"],
    [SIMPLEPIE, "rss"],
    ["text/html, */*", "rss"],
    // People.
    ["text/html", "page"],
    [SAFARI, "page"],
  ])("chooses for %j: %s", (accept, document) => {
    expect(preferredDocument(accept, null)).toBe(document);
  });

  it("goes by what a browser says of itself, where it does", () => {
    expect(preferredDocument("*/*", "document")).toBe("page");
    expect(preferredDocument(SAFARI, "empty")).toBe("rss");
  });
});

describe("isNavigation", () => {
  it.each([
    ["document", true],
    ["empty", false],
    ["iframe", false],
    [null, false],
  ])("is asked for a document to show: %j: %s", (fetchDestination, navigation) => {
    expect(isNavigation(fetchDestination)).toBe(navigation);
  });
});
