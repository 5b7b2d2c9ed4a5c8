import { expect, it } from "vitest";
import { pollPoint } from "../../src/domain/feed-poll.ts";
import { readFetcher } from "../../src/domain/fetcher.ts";

it("keeps of a search that is followed nothing that people look for", () => {
  const point = pollPoint({
    site: "https://paper.example",
    topic: { kind: "search", query: "厦门 大学" },
    format: "rss",
    view: "texts",
    fetcher: readFetcher("Feedly/1.0 (poller; 3 subscribers;)"),
    url: "https://paper.example/search/feed.xml?q=%E5%8E%A6%E9%97%A8",
    isUnchanged: false,
  });
  expect(point.blobs).toEqual([
    "https://paper.example",
    "search",
    "rss",
    "texts",
    "Feedly",
    "https://paper.example/search/feed.xml",
  ]);
  expect(JSON.stringify(point)).not.toMatch(/厦门|%E5/);
});
