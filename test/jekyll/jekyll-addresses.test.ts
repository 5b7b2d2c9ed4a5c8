import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import { canonicalPath } from "../../src/http/canonical-path.ts";
import { findOldAddress } from "../../src/http/find-old-address.ts";
import { identitiesOfPermalink } from "../../src/domain/jekyll-permalink.ts";
import { percentDecoded } from "../../src/domain/percent-decoded.ts";
import { ReleaseStore } from "../../src/store/release-store.ts";
import { ValueCache } from "../../src/store/value-cache.ts";
import { failed } from "../../src/domain/result.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import { Manifest } from "../../src/store/manifest.ts";
import { planRelease } from "../../scripts/bundle/plan-release.ts";
import { readArticle } from "../../scripts/read/article/read-article.ts";
import type { BundledArticle } from "../../scripts/read/article/store-article.ts";
import { storeArticle } from "../../scripts/read/article/store-article.ts";
import { resolveConflicts } from "../../scripts/read/resolve-conflicts.ts";
import { SITE } from "../render/sample-articles.ts";
import { usualAddresses } from "../usual-addresses.ts";
import type { JekyllSetting } from "./jekyll-posts.ts";
import { JEKYLL_SETTINGS, makeJekyllPosts } from "./jekyll-posts.ts";

/*
 * Where Jekyll 4.3.1 writes each post under each setting (`ask-jekyll.ts` has asked it), against where the Worker leads from
 * every spelling of that address.
 */
const EXPECTED = v.parse(
  v.array(v.array(v.string())),
  JSON.parse(readFileSync(join(import.meta.dirname, "expected/jekyll-addresses.json"), "utf8")),
);
const POSTS = makeJekyllPosts();
const renderer = contentHash(["renderer"]);

/** The articles of the site by the path of their file, and a function that asks its Worker. */
function openSite({ permalink, timeZone }: JekyllSetting): {
  readonly articles: ReadonlyMap<string, BundledArticle>;
  readonly ask: (path: string) => Promise<Redirect | null>;
} {
  const site = { ...SITE, timeZone };
  const read = POSTS.map(({ path, text }) => {
    const found = { file: path, path, source: ".", pathInSource: path };
    const outcome = readArticle(Buffer.from(text), found, {
      site,
      splitNames: true,
      addresses: usualAddresses(permalink),
      nowEpochSeconds: Number.MAX_SAFE_INTEGER,
      findLocalFile: () => failed({ reason: "missing" }),
    });
    if (outcome.kind === "skipped") throw new Error(JSON.stringify(outcome));
    return storeArticle(outcome.article);
  });
  const { articles } = resolveConflicts(read);
  const release = planRelease({
    site,
    categoryTitles: new Map(),
    articles,
    redirects: new Map(
      articles.flatMap(({ id, redirects, guessedRedirects }) =>
        [...redirects, ...guessedRedirects].map((path): [string, Redirect] => [
          path,
          { kind: "article", id },
        ]),
      ),
    ),
    prerenderedFeeds: 0,
    articlesPerPack: 128,
    cards: 0,
    drawCard: async () => new Uint8Array(),
    renderers: { rss: renderer, atom: renderer, json: renderer, page: renderer },
  });
  const manifest = Manifest.open(release.manifestAfter({ previous: null, now: 0 }));
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  const values = new Map(release.values.map(({ key, encode }) => [key, encode]));
  const source = {
    get: async (key: string): Promise<ArrayBuffer | null> => {
      const value = await values.get(key)?.();
      return value === undefined ? null : new Uint8Array(value).buffer;
    },
  };
  const store = new ReleaseStore(manifest.value, source, new ValueCache(1e9));
  return {
    articles: new Map(articles.map((article) => [article.path, article])),
    ask: async (written) => {
      const path = percentDecoded(canonicalPath(written)) ?? "";
      const { likely, late } = identitiesOfPermalink(path);
      const found = await findOldAddress(store, path, likely, late);
      if (!found.ok) throw new Error(found.failure.reason);
      return found.value;
    },
  };
}

/**
 * Posts that share an address with another one, which may have had it only if its date had been quoted as theirs are: who
 * reads a date cannot see the quotes, so that all three count alike and the first of them has the address.
 */
const QUOTED_DATES: ReadonlySet<string> = new Set([
  "_posts/2022-12-31-evening.md",
  "city/_posts/2022-02-03-hash-#1-and-@-sign.md",
]);

/** All addresses at which GitHub Pages serves a file. */
function spellingsOf(file: string): readonly string[] {
  const bare = file.replace(/(?:\/index)?\.html$/, "");
  const encoded = bare.split("/").map(encodeURIComponent).join("/");
  const lowerCase = encoded.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  const plain = encodeURI(bare).replaceAll("?", "%3F").replaceAll("#", "%23");
  return [
    ...[encoded, lowerCase, plain].flatMap((path) => [path, `${path}/`]),
    `${encoded}.html`,
    `${encoded}/index.html`,
  ];
}

describe("Jekyll's addresses", () => {
  it("were asked for every post and setting", () => {
    expect(EXPECTED.map((files) => files.length)).toEqual(JEKYLL_SETTINGS.map(() => POSTS.length));
  });

  it.each(JEKYLL_SETTINGS.map((setting, index) => [setting.permalink, setting.timeZone, index]))(
    "lead in one hop, however they are spelled, with the permalink %s in %s",
    async (permalink, timeZone, index) => {
      const { articles, ask } = openSite({ permalink, timeZone });
      const files = EXPECTED[index] ?? [];
      // Jekyll overwrites a post by another of the same address, so that nobody can say whose it is.
      const claims = Map.groupBy(POSTS, (_, at) => files[at] ?? "");
      const astray: unknown[] = [];
      for (const [file, posts] of claims) {
        const ids = posts.map(({ path }) => articles.get(path)?.id);
        for (const spelling of spellingsOf(file)) {
          const redirect = await ask(spelling);
          if (redirect?.kind === "article" && ids.includes(redirect.id)) continue;
          if (redirect !== null && posts.every(({ path }) => QUOTED_DATES.has(path))) continue;
          astray.push([spelling, posts.map(({ path }) => path), redirect]);
        }
      }
      expect(astray).toEqual([]);
    },
  );
});
