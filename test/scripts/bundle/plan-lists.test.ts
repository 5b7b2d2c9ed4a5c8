import fc from "fast-check";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openKeptLists } from "../../../scripts/bundle/kept-lists.ts";
import type { PlannedRelease, ReleaseInput } from "../../../scripts/bundle/plan-release.ts";
import { planRelease } from "../../../scripts/bundle/plan-release.ts";
import { storeArticle } from "../../../scripts/read/article/store-article.ts";
import type { Article } from "../../../src/domain/article.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import { FIXTURE_RENDERERS } from "../../seed-worker-tests.ts";

const FIRST_SECOND = 1_640_000_000;
const SECONDS_PER_HOUR = 3600;
/** So many that a month has more than a feed may read where each lies in a pack of its own. */
const COUNT = 100;
const TIMEOUT_MILLISECONDS = 120_000;
const FIRST = { previous: null, now: FIRST_SECOND };

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "offprint-plan-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** All of an article that a step may change. */
interface Written {
  readonly title: string;
  readonly hour: number;
  readonly category: string;
  readonly tags: readonly string[];
  readonly length: number;
}

const written: fc.Arbitrary<Written> = fc.record({
  title: fc.constantFrom("题", "另一题"),
  // Some lie in one month, and others in the next.
  hour: fc.nat(45 * 24),
  category: fc.constantFrom("news", "city"),
  tags: fc.subarray(["城市", "新闻"]),
  length: fc.constantFrom(1, 200),
});

/** The first of these is so likely that mostly one thing changes at a time. */
function mostly<Value>(usual: Value, ...others: readonly Value[]): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

const step = fc.record({
  changed: fc.oneof(
    fc.constant([]),
    fc.array(fc.tuple(fc.nat(COUNT - 1), fc.option(written)), { maxLength: 4 }),
  ),
  cityTitle: mostly<string | undefined>(undefined, "城市"),
  siteTitle: mostly("江城", "山城"),
  feedLength: mostly(5, 3),
  timeZone: mostly("Asia/Shanghai", "Asia/Tokyo"),
  // So small that nearly each article has a pack of its own, and a page may lie in more than a feed may read.
  articlesPerPack: fc.constantFrom(1 / 16, 16),
  isWritten: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function articleOf(number: number, { title, hour, category, tags, length }: Written): Article {
  const published = { epochSeconds: FIRST_SECOND + hour * SECONDS_PER_HOUR, offsetMinutes: 480 };
  const id = shareIdOf({ name: String(number), day: 19_000 + Math.floor(hour / 24) });
  const names = { categories: [category], tags, language: null, authors: ["王小明"] };
  const source = { source: null, sourceUrl: null, entryId: null, image: null };
  const shown = { title, summary: title, titleBreaks: [], characterCount: length, isPlain: true };
  const body = new TextEncoder().encode(`<p>${"字".repeat(length)}</p>`);
  return { id, published, updated: null, ...names, ...source, ...shown, body };
}

function inputOf(articles: ReadonlyMap<number, Written>, settings: Step): ReleaseInput {
  const { cityTitle, siteTitle, feedLength, timeZone, articlesPerPack } = settings;
  return {
    site: {
      title: siteTitle,
      description: "一座城市的选读",
      url: "https://finews.example",
      language: "zh-CN",
      timeZone,
      author: null,
      idAuthority: "finews.example",
      feedLength,
      feedHours: 0,
      icon: null,
      hub: null,
      footer: [],
      baseUrl: "",
    },
    categoryTitles: new Map(cityTitle === undefined ? [] : [["city", cityTitle]]),
    articles: Array.from(articles, ([number, one]) => storeArticle(articleOf(number, one))),
    redirects: new Map(),
    prerenderedFeeds: 1,
    articlesPerPack,
    cards: 0,
    drawCard: async () => new Uint8Array(),
    renderers: FIXTURE_RENDERERS,
  };
}

async function contents({ values, manifestAfter }: PlannedRelease): Promise<unknown> {
  const encoded = values.map(async ({ key, encode }) => [
    key,
    Buffer.from(await encode()).toString("base64"),
  ]);
  return {
    manifest: Buffer.from(manifestAfter(FIRST)).toString("base64"),
    values: await Promise.all(encoded),
  };
}

describe("releases one after the other", { timeout: TIMEOUT_MILLISECONDS }, () => {
  it("are what they are where nothing was planned before, whatever has changed, and whether values were made or not", async () => {
    const all = fc.array(written, { minLength: COUNT, maxLength: COUNT });
    await fc.assert(
      fc.asyncProperty(
        all,
        fc.array(step, { minLength: 2, maxLength: 5 }),
        async (first, steps) => {
          rmSync(folder, { recursive: true });
          folder = mkdtempSync(join(tmpdir(), "offprint-plan-"));
          const files = { lists: join(folder, "lists"), bodies: join(folder, "pages") };
          const articles = new Map(first.entries());
          for (const one of steps) {
            for (const [number, now] of one.changed) {
              if (now === null) articles.delete(number);
              else articles.set(number, now);
            }
            const input = inputOf(articles, one);
            const keptLists = openKeptLists(files, contentHash(["code"]));
            const again = planRelease({ ...input, keptLists });
            const whole = planRelease(input);
            expect(again.manifestAfter(FIRST)).toEqual(whole.manifestAfter(FIRST));
            if (one.isWritten) expect(await contents(again)).toEqual(await contents(whole));
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
