import { SaxesParser } from "saxes";
import { describe, expect, inject, it, vi } from "vitest";
import { FEED_CASES } from "./feed-cases.ts";
import { openSite } from "./open-site.ts";

/*
 * What a reader may rely on at every feed: the numbers are those of the contract in docs/feeds.md. It holds for feeds
 * that are finished at bundle time, for those that are made on request, for tags, archives and combinations alike.
 */

const site = await openSite(inject("fixtures"));
const nextDay = await openSite(inject("fixturesNextDay"));

const ORIGIN = "https://finews.example";

/** Every header that readers go by, and that a 304 must repeat because some replace what they stored. */
const CONTRACT_HEADERS = [
  "ETag",
  "Last-Modified",
  "Cache-Control",
  "Vary",
  "Link",
  "Content-Location",
  "Access-Control-Allow-Origin",
  "Access-Control-Expose-Headers",
] as const;

const headersOf = (response: Pick<Response, "headers">): Record<string, string | null> =>
  Object.fromEntries(CONTRACT_HEADERS.map((name) => [name, response.headers.get(name)]));

async function statusWith(path: string, headers: Record<string, string>): Promise<number> {
  return (await site.fetch(path, { headers })).status;
}

describe("the kinds of feeds", () => {
  it("are what they are called", () => {
    const { manifest } = site;
    const prerenderedFeedOf = (name: string): string | null =>
      manifest.scope({ kind: "category", name })?.prerendered ?? null;
    expect(manifest.scope({ kind: "site" })?.prerendered).not.toBeNull();
    expect(prerenderedFeedOf("city")).not.toBeNull();
    expect(prerenderedFeedOf("TechWeb")).toBeNull();
  });
});

describe.each(FEED_CASES)("$kind: $path", ({ path, mediaType }) => {
  it("1. answers HEAD like GET, without a body", async () => {
    const get = await site.fetch(path);
    const head = await site.fetch(path, { method: "HEAD" });
    expect(head.status).toBe(200);
    expect([...head.headers]).toEqual([...get.headers]);
    expect(await head.text()).toBe("");
  });

  it("1. answers OPTIONS 204, and anything that would change it 405", async () => {
    const options = await site.fetch(path, { method: "OPTIONS" });
    expect(options.status).toBe(204);
    expect(options.headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
    for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
      const refused = await site.fetch(path, { method });
      expect(refused.status).toBe(405);
      expect(refused.headers.get("Allow")).toBe("GET, HEAD, OPTIONS");
    }
  });

  it("3. answers 503 with Retry-After where storage fails, never 404", async () => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const broken = await openSite(inject("fixtures"), () => async () => null);
    const response = await broken.fetch(path);
    expect(response.status).toBe(503);
    expect(response.headers.get("Retry-After")).toBe("120");
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    log.mockRestore();
  });

  it("4. ignores query parameters that mean nothing, and says its own address without them", async () => {
    const response = await site.fetch(`${path}${path.includes("?") ? "&" : "?"}utm_source=x`);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Location")).toBe(path);
  });

  it("5. has a weak entity tag that is the same at the next request and after a redeploy", async () => {
    const entityTag = (await site.fetch(path)).headers.get("ETag");
    expect(entityTag).toMatch(/^W\/"[\w.-]+"$/);
    expect((await site.fetch(path)).headers.get("ETag")).toBe(entityTag);
    const redeployed = await openSite(inject("fixtures"));
    expect((await redeployed.fetch(path)).headers.get("ETag")).toBe(entityTag);
  });

  it("7. recognizes its tag weakly compared, in lists, as *, and as proxies mangle it", async () => {
    const entityTag = (await site.fetch(path)).headers.get("ETag") ?? "";
    const opaque = entityTag.slice('W/"'.length, -1);
    for (const header of [
      entityTag,
      `"${opaque}"`,
      `"a,b" ,  "x",W/"y" , ${entityTag}`,
      "*",
      opaque,
      `"${opaque}-gzip"`,
      `"${opaque}--gzip"`,
      `W/"${opaque};gzip"`,
    ]) {
      expect(await statusWith(path, { "If-None-Match": header }), header).toBe(304);
    }
    for (const header of ['""', '"x"', `"${opaque}x"`, `"x,${opaque}"`]) {
      expect(await statusWith(path, { "If-None-Match": header }), header).toBe(200);
    }
  });

  it("7. does not look at If-Modified-Since where If-None-Match came", async () => {
    const first = await site.fetch(path);
    const since = first.headers.get("Last-Modified") ?? "Mon, 23 Nov 2026 00:00:00 GMT";
    const headers = { "If-None-Match": '"other"', "If-Modified-Since": since };
    expect(await statusWith(path, headers)).toBe(200);
  });

  it("9. repeats every header in a 304, which has no body", async () => {
    const first = await site.fetch(path);
    const entityTag = first.headers.get("ETag") ?? "";
    const second = await site.fetch(path, { headers: { "If-None-Match": entityTag } });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe("");
    expect(headersOf(second)).toEqual(headersOf(first));
  });

  it("11. may be kept for a while, and shown stale while storage fails", async () => {
    const { headers } = await site.fetch(path);
    expect(headers.get("Cache-Control")).toBe(
      path.includes("page=")
        ? "public, max-age=86400, stale-if-error=604800"
        : "public, max-age=1800, stale-while-revalidate=3600, stale-if-error=86400",
    );
    expect(headers.get("Expires")).toBeNull();
    expect(headers.get("Set-Cookie")).toBeNull();
  });

  it("12. is in the format of its extension, whatever is asked for", async () => {
    const { headers } = await site.fetch(path, { headers: { Accept: "text/html, image/png" } });
    expect(headers.get("Content-Type")).toBe(`${mediaType}; charset=utf-8`);
  });

  it("13. is a page for people in a browser's navigation only, and not with ?raw=1", async () => {
    const navigation = { headers: { "Sec-Fetch-Dest": "document", Accept: "text/html,*/*;q=0.8" } };
    const shown = await site.fetch(path, navigation);
    expect(shown.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(shown.headers.get("Vary")).toContain("Sec-Fetch-Dest");
    const raw = await site.fetch(`${path}${path.includes("?") ? "&" : "?"}raw=1`, navigation);
    expect(raw.headers.get("Content-Type")).toBe(`${mediaType}; charset=utf-8`);
    const script = await site.fetch(path, { headers: { "Sec-Fetch-Dest": "empty" } });
    expect(script.headers.get("Content-Type")).toBe(`${mediaType}; charset=utf-8`);
    expect(script.headers.get("Vary")).toContain("Sec-Fetch-Dest");
  });

  it("14. is not sniffed, and nothing runs in it", async () => {
    const { headers } = await site.fetch(path);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(headers.get("Content-Security-Policy")).not.toContain("script");
  });

  it("15. is compressed once, and does not mind Range", async () => {
    const headers = { "Accept-Encoding": "br, gzip;q=0.8", Range: "bytes=0-10" };
    const response = await site.fetch(path, { headers });
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Encoding")).toBe("gzip");
    expect(response.headers.get("Vary")).toContain("Accept-Encoding");
    const text = await new Response(
      response.body?.pipeThrough(new DecompressionStream("gzip")),
    ).text();
    expect(text).toMatch(/^(?:<\?xml|\{)/);
    for (const accepted of ["identity", "br", "gzip;q=0, *", ""]) {
      const plain = await site.fetch(path, { headers: { "Accept-Encoding": accepted } });
      expect(plain.headers.get("Content-Encoding"), accepted).toBeNull();
      expect(await plain.text()).toBe(text);
    }
  });

  it("16. can be read by scripts of other origins", async () => {
    const { headers } = await site.fetch(path);
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(headers.get("Access-Control-Expose-Headers")).toBe(
      "ETag, Last-Modified, Link, Retry-After",
    );
    const preflight = await site.fetch(path, { method: "OPTIONS" });
    expect(preflight.headers.get("Access-Control-Allow-Headers")).toBe(
      "If-None-Match, If-Modified-Since, A-IM",
    );
  });

  it("18. names itself, its other formats, the page for people and, where it is told, the hub in Link", async () => {
    const links = linksOf(await site.fetch(path));
    expect(links["self"]).toEqual([ORIGIN + path]);
    const isTold = !/[?&](?:page|tag|only|q)=|digest/.test(path);
    expect(links["hub"] ?? []).toEqual(isTold ? ["https://hub.example/"] : []);
    expect(links["alternate"]).toHaveLength(3);
    for (const url of links["alternate"] ?? []) {
      expect((await site.fetch(url)).status, url).toBe(200);
    }
  });

  it("19. leads to its archive, in the document as in Link", async () => {
    const response = await site.fetch(path);
    const links = linksOf(response);
    const text = await response.text();
    const isArchive = path.includes("page=");
    const hasArchive = !/&tag=|digest|[?&]q=/.test(path);
    const isOldest = path.includes("lang=en&page=");
    expect(links["prev-archive"] ?? []).toHaveLength(hasArchive && !isOldest ? 1 : 0);
    expect(links["current"] ?? []).toHaveLength(isArchive ? 1 : 0);
    for (const url of [...(links["prev-archive"] ?? []), ...(links["next-archive"] ?? [])]) {
      expect((await site.fetch(url)).status, url).toBe(200);
      if (!path.includes(".json")) {
        expect(text).toContain(`href="${url.replaceAll("&", "&#x26;")}"`);
      }
    }
    if (path.includes(".json")) {
      const { next_url } = JSON.parse(text) as { next_url?: string };
      expect(next_url).toBe(links["prev-archive"]?.[0]);
    } else {
      expect(text.includes("<fh:archive/>")).toBe(isArchive);
    }
  });

  it("20. is well-formed, and says where it is as Link does", async () => {
    const response = await site.fetch(path);
    const text = await response.text();
    if (mediaType === "application/feed+json") {
      expect((JSON.parse(text) as { feed_url: string }).feed_url).toBe(ORIGIN + path);
    } else {
      const parser = new SaxesParser({ xmlns: true });
      parser.on("error", (error) => {
        throw error;
      });
      parser.write(text).close();
      const address = (ORIGIN + path).replaceAll("&", "&#x26;");
      expect(text).toContain(`link rel="self" href="${address}"`);
    }
  });

  it("21. is readable where a browser shows the document itself", async () => {
    const text = await (await site.fetch(path)).text();
    const stylesheet = /<\?xml-stylesheet type="text\/css" href="([^"]+)"\?>/.exec(text)?.[1];
    if (mediaType === "application/feed+json") {
      expect(stylesheet).toBeUndefined();
    } else {
      const response = await site.fetch(stylesheet ?? "");
      expect(response.headers.get("Content-Type")).toBe("text/css; charset=utf-8");
    }
  });
});

describe("2. scopes that come and go", () => {
  it.each([
    ["/category/nowhere/feed.xml", 404],
    ["/tag/nowhere/atom.xml", 404],
    ["/tag/nowhere/feed", 404],
    ["/feed.json?category=nowhere&tag=nobody", 404],
    ["/category/closed/feed.xml", 410],
    ["/category/closed/feed", 410],
    ["/category/nowhere/digest.xml", 404],
    ["/tag/nowhere/digest.json", 404],
    ["/digest.json?category=nowhere&tag=nobody", 404],
    ["/category/closed/digest-atom.xml", 410],
    ["/category/closed/feed.xml?only=summary", 410],
  ])("%s answers %i in plain text, for a minute", async (path, status) => {
    const response = await site.fetch(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("Content-Type")).toBe("text/plain; charset=utf-8");
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=60");
  });

  it.each([
    ["/category/harbour/feed.xml", "/category/city/feed.xml"],
    ["/category/harbour/feed", "/category/city/feed"],
    ["/category/harbour", "/category/city"],
  ])("%s leads to %s, because the category was renamed", async (path, target) => {
    const response = await site.fetch(path);
    expect([response.status, response.headers.get("Location")]).toEqual([301, target]);
  });
});

/** Which categories are there without articles: one that the settings name, and one that the release before had. */
const EMPTY = [
  { name: "quiet", title: "安静", of: site },
  { name: "night", title: "night", of: nextDay },
] as const;

describe.each(EMPTY)("27. the category $name, which has no articles", ({ name, title, of }) => {
  it.each(["feed.xml", "atom.xml", "feed.json"])(
    "has a %s without entries, and no read of KV",
    async (file) => {
      const path = `/category/${name}/${file}`;
      const get = await of.fetch(path);
      const document = await get.text();
      expect([get.status, of.lastReads().keys]).toEqual([200, []]);
      expect(document).toContain(title);
      expect(document).not.toContain("/s/");
      const head = await of.fetch(path, { method: "HEAD" });
      expect([head.status, headersOf(head)]).toEqual([200, headersOf(get)]);
      for (const [asked, validator] of [
        ["If-None-Match", "ETag"],
        ["If-Modified-Since", "Last-Modified"],
      ] as const) {
        const again = await of.fetch(path, {
          headers: { [asked]: get.headers.get(validator) ?? "" },
        });
        expect([asked, again.status, headersOf(again)]).toEqual([asked, 304, headersOf(get)]);
      }
      const archived = await of.fetch(`${path}?page=2022-01`);
      expect([archived.status, archived.headers.get("Location")]).toEqual([301, path]);
      const capitals = await of.fetch(`/category/${name.toUpperCase()}/${file}`);
      expect([capitals.status, capitals.headers.get("Location")]).toEqual([301, path]);
    },
  );

  it("adds nothing to a combination, and makes one that is empty", async () => {
    const city = await (await of.fetch("/category/city/feed.json")).json<{ items: unknown[] }>();
    const both = await of.fetch(`/feed.json?category=city&category=${name}`);
    expect([both.status, (await both.json<{ items: unknown[] }>()).items]).toEqual([
      200,
      city.items,
    ]);
    const tag = both.headers.get("ETag") ?? "";
    const again = await of.fetch(`/feed.json?category=city&category=${name}`, {
      headers: { "If-None-Match": tag },
    });
    expect(again.status).toBe(304);
    const none = await of.fetch(`/atom.xml?category=absent&category=${name}`);
    expect([none.status, (await none.text()).includes("<entry>")]).toEqual([200, false]);
  });

  it("has pages for people, and is in no list", async () => {
    for (const path of [`/category/${name}`, `/category/${name}/feed`]) {
      const page = await of.fetch(path, {
        headers: { Accept: "text/html", "Sec-Fetch-Dest": "document" },
      });
      expect([path, page.status, of.lastReads().keys]).toEqual([path, 200, []]);
    }
    for (const path of ["/", "/feeds.opml", "/sitemap.xml", "/sitemap-2022-01.xml"]) {
      expect(await (await of.fetch(path)).text()).not.toContain(`/category/${name}`);
    }
  });
});

it.each(["HARBOUR", "harbour.html", "Harbour"])(
  "27. %s leads to the category's new name without a read of KV",
  async (name) => {
    const response = await site.fetch(`/category/${name}/feed.xml`);
    expect([response.status, response.headers.get("Location"), site.lastReads().keys]).toEqual([
      301,
      "/category/city/feed.xml",
      [],
    ]);
  },
);

describe("4. one address for each feed", () => {
  const TAG = "%E6%B1%9F%E5%9F%8E%E6%97%A5%E6%8A%A5%E6%96%B0%E9%97%BB";

  it.each([
    ["/feed.xml/", "/feed.xml"],
    ["//feed.xml", `${ORIGIN}/feed.xml`],
    ["/Feed.XML", "/feed.xml"],
    ["/category/city/feed/", "/category/city/feed"],
    ["/category//city/atom.xml", "/category/city/atom.xml"],
    [`/tag/${TAG.toLowerCase()}/feed.json`, `/tag/${TAG}/feed.json`],
    ["/category/techweb/feed.xml", "/category/TechWeb/feed.xml"],
    // Combinations.
    ["/feed.xml?tag=C%2B%2B&category=city", "/feed.xml?category=city&tag=C%2B%2B"],
    ["/atom.xml?category=city&category=TechWeb", "/atom.xml?category=TechWeb&category=city"],
    ["/feed.xml?category=techweb&tag=two+words", "/feed.xml?category=TechWeb&tag=two%20words"],
    ["/feed.json?category=city&category=city", "/category/city/feed.json"],
    ["/feed.xml?category=CITY", "/category/city/feed.xml"],
    ["/feed.xml?category=harbour", "/category/city/feed.xml"],
    ["/feed.json?category=harbour&category=TechWeb", "/feed.json?category=TechWeb&category=city"],
    ["/feed?tag=C%2B%2B&category=city", "/feed?category=city&tag=C%2B%2B"],
    // Feeds without texts.
    ["/feed.xml?only=summary&only=summary", "/feed.xml?only=summary"],
    ["/feed.xml?Only=SUMMARY", "/feed.xml?only=summary"],
    ["/feed.xml?only=titles", "/feed.xml"],
    ["/atom.xml?only=summary&page=2023-07", "/atom.xml?page=2023-07&only=summary"],
    [
      "/category/city/feed.json?only=summary&category=TechWeb",
      "/category/city/feed.json?only=summary",
    ],
    ["/category/CITY/atom.xml?only=summary", "/category/city/atom.xml?only=summary"],
    ["/category/harbour/feed.xml?only=summary", "/category/city/feed.xml?only=summary"],
    [
      "/feed.xml?only=summary&tag=C%2B%2B&category=city",
      "/feed.xml?category=city&tag=C%2B%2B&only=summary",
    ],
    ["/feed?only=Summary", "/feed?only=summary"],
    // Digests.
    ["/Digest.xml", "/digest.xml"],
    ["/digest.json?only=summary", "/digest.json"],
    ["/category/harbour/digest.xml", "/category/city/digest.xml"],
    [
      "/digest-atom.xml?category=city&category=TechWeb",
      "/digest-atom.xml?category=TechWeb&category=city",
    ],
    // Languages.
    ["/feed.xml?lang=EN", "/feed.xml?lang=en"],
    ["/feed.xml?lang=zh", "/feed.xml?lang=zh-CN"],
    ["/feed.json?LANG=zh_cn&lang=zh-CN", "/feed.json?lang=zh-CN"],
    ["/feed.xml?page=2024-03&lang=en", "/feed.xml?lang=en&page=2024-03"],
    ["/feed.xml?only=summary&lang=en", "/feed.xml?lang=en&only=summary"],
    ["/feed?lang=EN", "/feed?lang=en"],
  ])("%s leads in one hop to %s", async (path, target) => {
    const response = await site.fetch(path.startsWith("//") ? ORIGIN + path : path);
    const location = response.headers.get("Location") ?? "";
    expect([response.status, new URL(location, ORIGIN).href]).toEqual([
      301,
      new URL(target, ORIGIN).href,
    ]);
    expect((await site.fetch(location)).status).toBe(200);
  });

  it.each([
    "/rss",
    "/rss/",
    "/rss.xml",
    "/feed/",
    "/index.xml",
    "/index.rss",
    "/rss/feed.xml",
    "/feed.rss",
  ])("%s, where readers look, answers like /feed.xml itself", async (path) => {
    const response = await site.fetch(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("Content-Location")).toBe("/feed.xml");
    expect(linksOf(response)["self"]).toEqual([`${ORIGIN}/feed.xml`]);
    expect(await response.text()).toBe(await (await site.fetch("/feed.xml")).text());
  });

  it.each(["/atom", "/atom/", "/feed.atom", "/index.atom"])(
    "%s answers like /atom.xml itself",
    async (path) => {
      const response = await site.fetch(path);
      expect([response.status, response.headers.get("Content-Location")]).toEqual([
        200,
        "/atom.xml",
      ]);
    },
  );

  it.each([
    ["/feed.xml?lang=en&category=city", 400, "A feed of a language stands alone"],
    ["/category/city/digest.xml?lang=en", 400, "A feed of a language stands alone"],
    ["/feed.xml?lang=en&lang=ar", 400, "A feed of a language stands alone"],
    ["/feed.xml?lang=fr", 404, "There is no feed of this language"],
    ["/feed.xml?lang=%ff", 404, "There is no feed of this language"],
    ["/feed.xml?only=summary&page=x", 404, "There is no feed here"],
  ])("refuses %s with %i, and says why", async (path, status, reason) => {
    const response = await site.fetch(path);
    expect([response.status, await response.text()]).toEqual([
      status,
      expect.stringContaining(reason),
    ]);
    expect(site.lastReads().keys.length).toBeLessThanOrEqual(2);
  });

  it("leads the only language of a site to the site's own feed", async () => {
    const chinese = await openSite(inject("giants"));
    const response = await chinese.fetch("/feed.xml?lang=zh-CN&only=summary");
    expect(response.headers.get("Location")).toBe("/feed.xml?only=summary");
    expect((await chinese.fetch("/feed.xml?lang=en")).status).toBe(404);
  });

  it("refuses more than five scopes in one feed", async () => {
    const query = ["a", "b", "c", "d", "e", "f"].map((name) => `tag=${name}`).join("&");
    expect((await site.fetch(`/feed.xml?${query}`)).status).toBe(400);
  });
});

describe("6, 8. Last-Modified", () => {
  const polled = FEED_CASES.filter(({ path }) => !path.includes("page="));
  /** A digest changes when the day on which articles came is over in Shanghai. */
  const hourOf = (path: string): string => (path.includes("digest") ? "16" : "00");

  it.each(polled)(
    "$path says when the feed's bytes last changed, not when an article did",
    async ({ path }) => {
      const { headers } = await site.fetch(path);
      expect(headers.get("Last-Modified")).toBe(`Mon, 23 Nov 2026 ${hourOf(path)}:00:00 GMT`);
    },
  );

  it.each(polled)(
    "$path answers 304 to that moment in all three forms, and to no other",
    async ({ path }) => {
      for (const date of [
        `Mon, 23 Nov 2026 ${hourOf(path)}:00:00 GMT`,
        `Monday, 23-Nov-26 ${hourOf(path)}:00:00 GMT`,
        `Mon Nov 23 ${hourOf(path)}:00:00 2026`,
      ]) {
        expect(await statusWith(path, { "If-Modified-Since": date }), date).toBe(304);
      }
      for (const date of [
        "Sun, 22 Nov 2026 00:00:00 GMT",
        "Tue, 01 Jan 2041 00:00:00 GMT",
        "soon",
      ]) {
        expect(await statusWith(path, { "If-Modified-Since": date }), date).toBe(200);
      }
    },
  );

  it.each(polled)("$path names no moment that has not come yet", async ({ path }) => {
    let now = Date.UTC(2026, 10, 23) - 1;
    const early = await openSite(inject("fixtures"), undefined, () => now);
    const fetch = early.openIsolate();
    const { headers } = await fetch(path);
    expect(headers.get("Last-Modified")).toBeNull();
    const poll = { headers: { "If-None-Match": headers.get("ETag") ?? "" } };
    const unchanged = await fetch(path, poll);
    expect([unchanged.status, headersOf(unchanged)]).toEqual([304, headersOf({ headers })]);
    now += 1;
    for (const init of [{}, poll]) {
      const later = await fetch(path, init);
      expect(later.headers.get("Last-Modified")).toBe("Mon, 23 Nov 2026 00:00:00 GMT");
    }
  });
});

describe("10. a new article in one category", () => {
  it.each([
    ["/feed.xml", 200],
    ["/atom.xml", 200],
    ["/category/city/feed.xml", 200],
    ["/feed.json?category=TechWeb&category=city", 200],
    ["/category/TechWeb/feed.xml", 304],
    ["/category/jiangchengribao/feed.json", 304],
    ["/tag/C%2B%2B/feed.xml", 304],
    ["/feed.json?category=TechWeb&tag=C%2B%2B", 304],
    ["/category/city/feed.xml?page=2023-07", 304],
    ["/feed.xml?only=summary", 200],
    ["/category/TechWeb/feed.xml?only=summary", 304],
    ["/category/TechWeb/digest.xml", 304],
    ["/feed.xml?lang=zh-CN", 200],
    ["/feed.xml?lang=en", 304],
  ])("makes %s answer %i to yesterday's tag", async (path, status) => {
    const entityTag = (await site.fetch(path)).headers.get("ETag") ?? "";
    const response = await nextDay.fetch(path, { headers: { "If-None-Match": entityTag } });
    expect(response.status).toBe(status);
  });

  it("moves the moment of the feeds that hold it, and of no other", async () => {
    const moved = await nextDay.fetch("/category/city/feed.xml");
    expect(moved.headers.get("Last-Modified")).toBe("Tue, 24 Nov 2026 00:00:00 GMT");
    const still = await nextDay.fetch("/category/TechWeb/feed.xml");
    expect(still.headers.get("Last-Modified")).toBe("Mon, 23 Nov 2026 00:00:00 GMT");
  });
});

describe("12, 13. /feed", () => {
  it.each([
    [{}, "application/rss+xml"],
    [{ Accept: "*/*" }, "application/rss+xml"],
    [{ Accept: "application/atom+xml" }, "application/atom+xml"],
    [{ Accept: "application/feed+json, */*;q=0.5" }, "application/feed+json"],
    [{ Accept: "application/json" }, "application/feed+json"],
    [{ Accept: "image/png" }, "application/rss+xml"],
    [{ Accept: "text/html" }, "text/html"],
    [{ "Sec-Fetch-Dest": "document" }, "text/html"],
  ])(
    "answers %o with %s, and says that others may get something else",
    async (headers, mediaType) => {
      const response = await site.fetch("/category/city/feed", { headers });
      expect(response.status).toBe(200);
      expect(response.headers.get("Content-Type")).toBe(`${mediaType}; charset=utf-8`);
      const vary = response.headers.get("Vary")?.split(", ");
      expect(vary).toEqual(expect.arrayContaining(["Accept", "Sec-Fetch-Dest"]));
    },
  );

  it("names the document that it chose, whose tag it has", async () => {
    const chosen = await site.fetch("/category/city/feed", {
      headers: { Accept: "application/atom+xml" },
    });
    expect(chosen.headers.get("Content-Location")).toBe("/category/city/atom.xml");
    const own = await site.fetch("/category/city/atom.xml");
    expect(chosen.headers.get("ETag")).toBe(own.headers.get("ETag"));
    expect(await chosen.text()).toBe(await own.text());
  });

  it("has a page in the site's language with the feed's address, for which 304 is answered", async () => {
    const headers = { "Sec-Fetch-Dest": "document" };
    const response = await site.fetch("/category/city/feed", { headers });
    const html = await response.text();
    expect(html).toContain("订阅");
    expect(html).toContain("https://finews.example/category/city/feed.xml");
    expect(html).not.toMatch(/<script(?! type="application\/ld\+json")/);
    const entityTag = response.headers.get("ETag") ?? "";
    const second = await site.fetch("/category/city/feed", {
      headers: { ...headers, "If-None-Match": entityTag },
    });
    expect(second.status).toBe(304);
    expect(second.headers.get("Vary")).toContain("Sec-Fetch-Dest");
  });
});

describe("summaries", () => {
  it.each([
    "/feed.json",
    "/category/city/feed.json",
    "/category/TechWeb/feed.json",
    "/feed.json?category=city&tag=C%2B%2B",
    "/category/city/feed.json?page=2023-07",
  ])("has the entries of %s, with summary and link for texts", async (path) => {
    type Item = Readonly<Record<string, unknown>>;
    const itemsOf = async (address: string): Promise<readonly Item[]> =>
      (JSON.parse(await (await site.fetch(address)).text()) as { readonly items: Item[] }).items;
    const only = `${path}${path.includes("?") ? "&" : "?"}only=summary`;
    const [whole, short] = [await itemsOf(path), await itemsOf(only)];
    const withoutText = (items: readonly Item[]): readonly Item[] =>
      items.map((item) => ({ ...item, content_html: null }));
    expect(withoutText(short)).toEqual(withoutText(whole));
    for (const item of short) expect(item["content_html"]).toContain("阅读全文");
  });

  it("is another feed, with another id, title and entity tag", async () => {
    const [whole, short] = [
      await site.fetch("/category/city/atom.xml"),
      await site.fetch("/category/city/atom.xml?only=summary"),
    ];
    expect(short.headers.get("ETag")).not.toBe(whole.headers.get("ETag"));
    const text = await short.text();
    expect(text).toContain("<id>tag:finews.example,2026:/category/city/summaries</id>");
    expect(text).toContain("<title>城市 · 江城文摘 · 摘要</title>");
  });
});

describe("a language", () => {
  it("has the articles that are in it, and says so in its own words", async () => {
    const text = await (await site.fetch("/atom.xml?lang=ar")).text();
    expect(text).toContain('xml:lang="ar"');
    expect(text).toContain("<title>العربية · 江城文摘</title>");
    expect(text.split("<entry").length - 1).toBe(1);
  });

  it("is no scope where the site has only one", async () => {
    const chinese = await openSite(inject("giants"));
    expect(chinese.manifest.languages()).toEqual([]);
    expect(site.manifest.languages()).toEqual(["ar", "en", "zh-CN"]);
  });
});

describe("23, 24. a burst of 60 articles of one moment, and one that comes two days after its date", async () => {
  const busy = await openSite(inject("burst"));
  const formats = ["feed.xml", "atom.xml", "feed.json"];
  const paths = ["", "/category/city", "/tag/port"].flatMap((scope) =>
    formats.map((file) => `${scope}/${file}`),
  );
  const all = [...paths, ...formats.map((file) => `/${file}?category=city&tag=port`)];
  const titlesOf = async (path: string): Promise<readonly string[]> => {
    const text = await (await busy.fetch(path)).text();
    return [...text.matchAll(/<title>([^<·]*)<\/title>|"title":"([^"·]*)","/g)]
      .map(([, xml, json]) => xml ?? json ?? "")
      .filter((title) => /^(?:day|burst|late)/.test(title));
  };

  it.each(all)("is whole in %s, with the day before and the late one behind", async (path) => {
    const titles = await titlesOf(path);
    expect(titles).toHaveLength(101);
    expect(new Set(titles.slice(0, 60).map((title) => title.split("-")[0]))).toEqual(
      new Set(["burst"]),
    );
    expect(titles.at(-1)).toBe("late");
    expect(titles).toEqual(await titlesOf("/feed.xml"));
  });

  it.each(all)("leaves %s at 304 for who has it", async (path) => {
    const entityTag = (await busy.fetch(path)).headers.get("ETag") ?? "";
    const response = await busy.fetch(path, { headers: { "If-None-Match": entityTag } });
    expect(response.status).toBe(304);
    expect(busy.lastReads().keys).toEqual([]);
  });

  it.each(paths)("is in the validators of %s, which without history are others", async (path) => {
    const undated = await openSite(inject("burstWithoutHistory"));
    const [shown, dated] = [await busy.fetch(path), await undated.fetch(path)];
    expect(shown.headers.get("ETag")).not.toBe(dated.headers.get("ETag"));
    expect(await dated.text()).not.toContain("late");
    expect(busy.manifest.release).toBe(undated.manifest.release);
  });

  it("25. is whole where it is prerendered, as feeds are that a request could not make whole", async () => {
    for (const path of paths) {
      expect(await (await busy.fetch(path)).text(), path).not.toContain("阅读全文");
      expect(busy.lastReads().keys, path).toHaveLength(1);
    }
  });

  it.each(formats)(
    "25. is summary and link behind 100 entries in %s of several scopes",
    async (file) => {
      const text = await (await busy.fetch(`/${file}?category=city&tag=port`)).text();
      expect(text.split("阅读全文")).toHaveLength(2);
      expect(text.indexOf("阅读全文")).toBeGreaterThan(text.lastIndexOf(">day-"));
    },
  );
});

/** Addresses by their relation, out of a `Link` header. */
function linksOf(response: Response): Readonly<Record<string, readonly string[]>> {
  const links: Record<string, string[]> = {};
  for (const match of (response.headers.get("Link") ?? "").matchAll(/<([^>]*)>; rel="([^"]*)"/g)) {
    const [, url = "", relation = ""] = match;
    (links[relation] ??= []).push(url);
  }
  return links;
}
