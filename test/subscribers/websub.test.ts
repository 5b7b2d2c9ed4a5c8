import { parseFeed } from "feedsmith";
import { describe, expect, it } from "vitest";
import { announce } from "../../scripts/publish/announce.ts";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { feedPath } from "../../src/domain/links.ts";
import type { Scope } from "../../src/domain/scope.ts";
import { NEWSPAPER_ARTICLE, SITE, TECHNICAL_ARTICLE } from "../render/sample-articles.ts";
import { fakeIO } from "../scripts/fake-io.ts";
import type { ServedRelease } from "../serve-release.ts";
import { serveRelease } from "../serve-release.ts";

const HUB = "https://hub.example/";
const SCOPES: readonly Scope[] = [
  { kind: "site" },
  { kind: "category", name: "jishu" },
  { kind: "tag", name: "排版" },
];
const OTHER: Scope = { kind: "category", name: "huchengribao" };
const EARLIER = { ...TECHNICAL_ARTICLE, id: NEWSPAPER_ARTICLE.id, title: "Yesterday's" };

const before = serveRelease([EARLIER], { hub: HUB });
const after = serveRelease([EARLIER, TECHNICAL_ARTICLE], { hub: HUB });

/** What a hub sent to a subscriber. */
interface Delivery {
  readonly topic: string;
  readonly mediaType: string;
  readonly text: string;
}

/** A hub of WebSub (https://www.w3.org/TR/websub/) with one subscriber, who learns all from the feeds' headers. */
class Hub {
  readonly topics = new Set<string>();
  readonly deliveries: Delivery[] = [];

  /** Section 4: hub and topic are named in `Link`. */
  async subscribe(site: ServedRelease, path: string): Promise<void> {
    const links = (await site.fetch(path)).headers.get("Link") ?? "";
    if (linkTo("hub", links) === HUB) this.topics.add(linkTo("self", links));
  }

  /** What a publisher sends, which the specification leaves open; section 7: what a hub sends then. */
  async hear(request: Request, site: ServedRelease): Promise<Response> {
    const form = new URLSearchParams(await request.text());
    const topic = form.get("hub.url") ?? "";
    if (form.get("hub.mode") !== "publish") return new Response(null, { status: 400 });
    if (!this.topics.has(topic)) return new Response(null, { status: 204 });
    const answer = await site.fetch(topic.slice(SITE.url.length));
    const mediaType = answer.headers.get("Content-Type") ?? "";
    this.deliveries.push({ topic, mediaType, text: await answer.text() });
    return new Response(null, { status: 202 });
  }
}

function linkTo(rel: string, links: string): string {
  return new RegExp(String.raw`<([^>]*)>; rel="${rel}"`).exec(links)?.[1] ?? "";
}

/** The entries of a document, by another's parser. */
function entriesIn(text: string): string {
  const { format, feed } = parseFeed(text);
  return JSON.stringify(format === "atom" ? feed.entries : feed.items);
}

function mediaTypeOf(format: FeedFormat): string {
  return FEED_FORMATS[format].mediaType;
}

describe("a subscriber of WebSub", () => {
  it.each(FEED_FORMAT_NAMES)(
    "is sent a new article in %s by the hub of each feed",
    async (format) => {
      const hub = new Hub();
      for (const scope of SCOPES) await hub.subscribe(before, feedPath(scope, format));
      expect(hub.topics.size).toBe(SCOPES.length);
      const io = fakeIO({
        fetch: async (url, init) => hub.hear(new Request(url, init), after),
      });
      await announce(before.manifest, after.manifest, io);
      const first = hub.deliveries.slice(0, SCOPES.length);
      expect(new Set(first.map(({ topic }) => topic))).toEqual(hub.topics);
      for (const { mediaType, text } of first) {
        expect(mediaType).toContain(mediaTypeOf(format));
        expect(entriesIn(text)).toContain(TECHNICAL_ARTICLE.title);
      }
    },
  );

  it("finds no hub in a combination, of which no deploy tells, and so polls", async () => {
    const hub = new Hub();
    await hub.subscribe(after, "/feed.xml?category=jishu&tag=排版");
    expect(hub.topics.size).toBe(0);
  });

  it("is sent nothing of a feed that did not change", async () => {
    const hub = new Hub();
    const [old, next] = [
      [EARLIER],
      [EARLIER, { ...TECHNICAL_ARTICLE, categories: [OTHER.name] }],
    ].map((articles) => serveRelease(articles, { hub: HUB }));
    if (old === undefined || next === undefined) throw new Error("two releases");
    await hub.subscribe(old, "/category/jishu/feed.xml");
    const io = fakeIO({
      fetch: async (url, init) => hub.hear(new Request(url, init), next),
    });
    await announce(old.manifest, next.manifest, io);
    expect(hub.topics.size).toBe(1);
    expect(hub.deliveries).toEqual([]);
  });
});
