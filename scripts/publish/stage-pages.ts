import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import type { ArticleHeader } from "../../src/domain/article.ts";
import { compareNewestFirst } from "../../src/domain/article.ts";
import { SHARE_PAGES_PATH, sharePath } from "../../src/domain/links.ts";
import { articlePage } from "../../src/http/article-page.ts";
import { articleKey } from "../../src/store/article-entry.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { Pack } from "../../src/store/pack.ts";
import type { ValueSource } from "../../src/store/release-store.ts";
import { ReleaseStore } from "../../src/store/release-store.ts";
import { ValueCache } from "../../src/store/value-cache.ts";
import type { PlannedValue } from "../bundle/plan-release.ts";
import { filesIn } from "../program/code-hash.ts";
import { FILE_RULES, HEADERS_FILE } from "../read/files/copy-local-files.ts";
import { MAXIMUM_FILES } from "../read/files/plan-served-files.ts";
import { counted } from "../terminal/counted.ts";
import type { ReleaseDraft } from "./plan-deploy.ts";
import { isSharePage, sharePageRules } from "./share-page-rules.ts";

/** Of the packs that are open at once: pages are made in the order of packs. */
const PACK_CACHE_BYTES = 16 * 1024 * 1024;

/** What each page was made of that is a file, by id. */
const stateSchema = v.record(v.string(), v.string());

/**
 * Makes the newest share pages files of Static Assets, as many as there is room for beside pictures, so that a link that goes
 * round costs neither a request of the Worker nor a read. They go live, and back, with the Worker's version.
 *
 * Those whose sources did not change stay as the deploy before left them.
 */
export async function stagePages({
  next,
  site: { release, sources },
  settings: { staticPages, isIndexed },
  worker: { folder, script },
  io,
}: Pick<ReleaseDraft, "next" | "site" | "settings" | "worker" | "io">): Promise<void> {
  const assets = join(folder, "assets");
  const pages = join(assets, SHARE_PAGES_PATH);
  const stateFile = join(folder, "pages.json");
  mkdirSync(pages, { recursive: true });
  const others = filesIn(assets).filter((file) => file !== HEADERS_FILE && !isSharePage(file));
  const { articles } = await sources();
  const newest = newestThatFit(articles, staticPages, others.length);
  const before = readState(stateFile);
  // While pages are written nothing is known of them: a run that is killed here leaves the next one to make them all.
  rmSync(stateFile, { force: true });
  const packs = new ValueCache<Pack>(PACK_CACHE_BYTES);
  const store = new ReleaseStore(next, madeWhenRead(release.values), packs);
  const state: Record<string, string> = {};
  const left = new Set(readdirSync(pages));
  let changed = 0;
  for (const article of newest.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const { id } = article;
    const file = join(assets, sharePath(id));
    const isThere = left.delete(id);
    const madeOf = sourcesOf(article, next, script);
    state[id] = madeOf;
    if (isThere && before[id] === madeOf) continue;
    const page = await articlePage(store, id);
    if (!page.ok || page.value === null) throw new Error(`The release lacks the page "${id}"`);
    if (isThere && readFileSync(file).equals(page.value)) continue;
    changed += 1;
    writeFileSync(file, page.value);
  }
  for (const name of left) rmSync(join(pages, name));
  const rules = newest.length === 0 ? "" : `\n${sharePageRules(next.site, isIndexed)}`;
  writeFileSync(join(assets, HEADERS_FILE), FILE_RULES + rules);
  writeFileSync(stateFile, JSON.stringify(state));
  if (staticPages === 0) return;
  const isFull = newest.length < Math.min(staticPages, articles.length);
  const why = isFull ? `; pictures and other files leave no room for ${staticPages}` : "";
  io.say(
    `  ${counted(newest.length, "newest share page")} as files of Static Assets, ${changed} of them new or changed${why}`,
  );
}

/** What was kept; nothing where a run before was killed, or there was none. */
function readState(file: string): v.InferOutput<typeof stateSchema> {
  try {
    return v.parse(stateSchema, JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}

/**
 * The newest articles, as many as are wanted and as fit beside other files.
 *
 * @param others how many other files there are
 */
export function newestThatFit<Article extends Pick<ArticleHeader, "id" | "published">>(
  articles: readonly Article[],
  wanted: number,
  others: number,
): readonly Article[] {
  const room = Math.max(0, MAXIMUM_FILES - others);
  return articles.toSorted(compareNewestFirst).slice(0, Math.min(wanted, room));
}

/** The values of a release, made anew rather than read from KV. */
function madeWhenRead(values: readonly PlannedValue[]): ValueSource {
  const makers = new Map(values.map(({ key, encode }) => [key, encode]));
  return {
    get: async (key) => {
      const value = await makers.get(key)?.();
      return value === undefined ? null : new Uint8Array(value).buffer;
    },
  };
}

/**
 * A hash of all that the bytes of an article's page follow from: its pack, which holds the articles to read on too, what all
 * pages share, whether it has a card of its own, and the code.
 */
function sourcesOf(
  { id, published }: Pick<ArticleHeader, "id" | "published">,
  manifest: Manifest,
  script: ContentHash,
): ContentHash {
  const { pageBasis, cardsSince } = manifest;
  const hasOwnCard = cardsSince !== null && published.epochSeconds >= cardsSince;
  const pack = manifest.packOf("articles", articleKey(id)) ?? "none";
  return contentHash([script, pack, pageBasis, String(hasOwnCard)]);
}
