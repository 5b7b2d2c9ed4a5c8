import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { restoreArticle } from "../../scripts/read/article/store-article.ts";
import type { FormerFeedIds } from "../../scripts/read/old-urls/address-settings.ts";
import { MOVED_POSTS, MOVED_SITE } from "../jekyll/moved-site.ts";
import type { WrittenFile } from "../jekyll/jekyll-posts.ts";
import { openJekyllSite } from "../jekyll/open-jekyll-site.ts";
import type { ServedRelease } from "../serve-release.ts";
import { serveRelease } from "../serve-release.ts";
import { usualAddresses } from "../usual-addresses.ts";
import { READER_IDENTITIES, findEntries } from "./reader-identities.ts";

/** What a setting with nothing but the forms of ids means for the site that moved. */
function formerIds(form: FormerFeedIds["form"]): FormerFeedIds {
  return {
    before: Date.parse("2022-01-17T00:00:00+08:00") / 1000,
    url: MOVED_SITE.url + MOVED_SITE.baseurl,
    permalink: null,
    form,
    timeZone: MOVED_SITE.timezone,
    unicode: "NFKC",
    readsGuid: true,
  };
}

function move(
  formerFeedIds: FormerFeedIds | null,
  posts: readonly WrittenFile[] = MOVED_POSTS,
): ServedRelease {
  const addresses = { ...usualAddresses(MOVED_SITE.permalink), formerFeedIds };
  const { articles } = openJekyllSite(posts, addresses, MOVED_SITE.timezone);
  return serveRelease([...articles.values()].map(restoreArticle));
}

function oldFeed(file: string): string {
  return readFileSync(join(import.meta.dirname, "../jekyll/expected", file), "utf8");
}

const OLD_FEEDS = [
  ["jekyll-feed's", "jekyll-feed", oldFeed("moved-feed.xml")],
  ["a template of the site's own", "url", oldFeed("moved-rss.xml")],
] as const;
const NEW_FEEDS = ["/feed.xml", "/atom.xml", "/feed.json", "/feed.xml?page=2022-01"];
const SUBSCRIPTION = `${MOVED_SITE.url}${MOVED_SITE.baseurl}/feed.xml`;

const [plain, ...kept] = [null, ...OLD_FEEDS.map(([, form]) => formerIds(form))].map((former) =>
  move(former),
);

/** What a feed answers, after the redirects that it leads to. */
async function readNew(site: ServedRelease | undefined, path: string): Promise<string> {
  const response = await site?.fetch(path);
  const elsewhere = response?.headers.get("Location") ?? null;
  if (elsewhere !== null) return readNew(site, elsewhere.replace(/^https?:\/\/[^/]*/, ""));
  return (await response?.text()) ?? "";
}

describe.each(Object.entries(READER_IDENTITIES))("%s", (_, identify) => {
  describe.each(OLD_FEEDS.map((feed, index) => [...feed, kept[index]] as const))(
    "with the ids of %s",
    (_name, _form, before, site) => {
      const known = new Set(identify(findEntries(before), SUBSCRIPTION));

      it.each(NEW_FEEDS)("shows nothing twice of %s", async (path) => {
        const entries = findEntries(await readNew(site, path));
        expect(entries).toHaveLength(MOVED_POSTS.length);
        const unknown = identify(entries, SUBSCRIPTION).filter((identity) => !known.has(identity));
        expect(known.size).toBe(MOVED_POSTS.length);
        expect(unknown).toEqual([]);
      });

      it.each(["/category/Local/atom.xml", "/feed.xml?category=Local&category=News&tag=a"])(
        "shows nothing twice of a part of the site, %s",
        async (path) => {
          const entries = findEntries(await readNew(site, path));
          expect(entries.length).toBeGreaterThan(0);
          for (const id of identify(entries, SUBSCRIPTION)) expect(known).toContain(id);
        },
      );

      it("shows everything twice where the setting is missing", async () => {
        const entries = findEntries(await readNew(plain, "/feed.xml"));
        const shown = new Set([...known, ...identify(entries, SUBSCRIPTION)]);
        expect(shown.size).toBe(2 * MOVED_POSTS.length);
      });
    },
  );
});

describe("the feeds of a site that moved", () => {
  it("say that an id is no address to open, and link to the article", async () => {
    const rss = await readNew(kept[1], "/feed.xml");
    expect(rss).toContain(
      '<guid isPermaLink="false">https://old.example/blog/2022/01/12/An-Other-%E5%90%8D/</guid>',
    );
    expect(rss).not.toContain('isPermaLink="true"');
    expect(findEntries(rss).every(({ link }) => /\/s\/\w+$/.test(link))).toBe(true);
  });

  it.each(["/feed.xml", "/feed.xml?category=a&category=b", "/feed.xml?page=2022-01"])(
    "keep the ids of entries that are made of no more than a list has, in %s",
    async (path) => {
      const posts = Array.from({ length: 130 }, (_, number) => ({
        path: `_posts/2022-01-10-post-${number}.md`,
        text: `---\ntitle: 第${number}篇\ncategories: ${number % 2 === 0 ? "a" : "b"}\n---\n正文。\n`,
      }));
      const entries = findEntries(await readNew(move(formerIds("jekyll-feed"), posts), path));
      expect(entries).toHaveLength(posts.length);
      for (const { id } of entries) {
        expect(id).toMatch(/^https:\/\/old\.example\/blog\/[ab]\/2022\/01\/10\/post-\d+$/);
      }
    },
  );

  it("give articles from the named date on ids of their own", async () => {
    const young = {
      path: "_posts/2022-01-17-young.md",
      text: "---\ntitle: 新\n---\n<p>新文。</p>\n",
    };
    const site = move(formerIds("jekyll-feed"), [...MOVED_POSTS, young]);
    const [newest] = findEntries(await readNew(site, "/feed.json"));
    expect(newest?.title).toBe("新");
    expect(newest?.id).toMatch(/^tag:.*:\/s\/\w{10}$/);
  });

  it.each([
    ["guid: 123 at http://old.example", "123 at http://old.example"],
    ["guid: 4711", "4711"],
    ["feed_id: /2022/01/10/a", "/2022/01/10/a"],
    ["guid: http://old.example/?p=7&x=1\nfeed_id: urn:uuid:b7", "urn:uuid:b7"],
  ])("have the id that front matter names, in every format: %s", async (header, id) => {
    const written = { path: "_posts/2022-01-10-a.md", text: `---\ntitle: 甲\n${header}\n---\nA\n` };
    const site = move(formerIds("jekyll-feed"), [written]);
    for (const path of NEW_FEEDS) {
      expect(findEntries(await readNew(site, path)).map((entry) => entry.id)).toEqual([id]);
    }
  });

  it("pass over a guid that an importer left", async () => {
    const text = "---\ntitle: 甲\nguid: http://wordpress.example/?p=7\n---\nA\n";
    const posts = [{ path: "_posts/2022-01-10-a.md", text }];
    const site = move({ ...formerIds("jekyll-feed"), readsGuid: false }, posts);
    expect(findEntries(await readNew(site, "/feed.xml"))).toMatchObject([
      { id: "https://old.example/blog/2022/01/10/a" },
    ]);
  });
});
