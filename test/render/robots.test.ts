import { describe, expect, it } from "vitest";
import { renderRobots } from "../../src/render/robots.ts";

const url = "https://paper.example";
const SITEMAP = "\nSitemap: https://paper.example/sitemap.xml\n";

describe("robots.txt", () => {
  it.each([
    [undefined, "User-agent: *\nAllow: /\n"],
    [{ "*": "none" }, "User-agent: *\nDisallow: /\n"],
    [{ GPTBot: "none" }, "User-agent: *\nAllow: /\n\nUser-agent: GPTBot\nDisallow: /\n"],
    [
      { "*": ["/tag/", "/*?page="], Baiduspider: "all" },
      "User-agent: *\nDisallow: /tag/\nDisallow: /*?page=\n\nUser-agent: Baiduspider\nAllow: /\n",
    ],
    // RFC 9309, section 2.2.1: a group without rules would allow everything too, but not every crawler knows it.
    [{ CCBot: [] }, "User-agent: *\nAllow: /\n\nUser-agent: CCBot\nAllow: /\n"],
  ] as const)("of the crawlers %j", (crawlers, text) => {
    const site = crawlers === undefined ? { url } : { url, crawlers };
    expect(renderRobots(site, true)).toBe(text + SITEMAP);
    expect(renderRobots(site, false)).toBe(text);
  });
});
