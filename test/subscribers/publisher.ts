import { join } from "node:path";
import { planRelease } from "../../scripts/bundle/plan-release.ts";
import type { PlannedRelease, ReleaseInput } from "../../scripts/bundle/plan-release.ts";
import { compareArticles } from "../../scripts/publish/compare-releases.ts";
import type { ReadValue } from "../../scripts/publish/readable-release.ts";
import { storeArticle } from "../../scripts/read/article/store-article.ts";
import type { Article } from "../../src/domain/article.ts";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { ok } from "../../src/domain/result.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import type { Site } from "../../src/domain/site.ts";
import { Manifest } from "../../src/store/manifest.ts";
import { SITE } from "../bench/generated-site.ts";
import { RandomSource } from "../generate/random-source.ts";
import { FIXTURE_RENDERERS } from "../seed-worker-tests.ts";

/*
 * A newspaper's days, as feeds have them: eight deploys a day, articles that come up to three days after their date, some with a
 * date and no time, a burst now and then, long articles and a few that are too long for a feed.
 * Releases are planned, compared and served by the code that does so in earnest; KV is a map.
 */

export interface PublisherOptions {
  readonly articlesADay: number;
  /** So many come at once every five days. */
  readonly burst: number;
  /** Of most articles. */
  readonly bodyBytes: number;
  /** Of which sizes follow Zipf's law. */
  readonly categories: number;
  readonly feedLength: number;
  readonly feedHours: number;
}

/** An article, and when it was published in fact. */
export interface PublishedArticle {
  readonly article: Article;
  readonly arrivedAt: number;
}

/** The application, whose types are those of workerd and not of Node. */
interface App {
  fetch(request: Request, env: object): Promise<Response>;
}

export const DEPLOYS_A_DAY = 8;
/** 2026-01-01 in Shanghai. */
export const FIRST_SECOND = 1_767_196_800;
export const SECONDS_PER_HOUR = 3600;
export const SECONDS_PER_DAY = 86_400;

/** Older articles are taken away, because feeds do not show them and each release would be planned with all of them. */
const KEPT_DAYS = 15;
const OFFSET_MINUTES = 480;
const SEED = 11;
const BURST_EVERY = 5 * DEPLOYS_A_DAY;
const LONG_EVERY = 150;
const LONG_BYTES = 100_000;
const TOO_LONG_EVERY = 250;
const TOO_LONG_BYTES = 250_000;

const encoder = new TextEncoder();

export class Publisher {
  readonly site: Site;
  readonly published: PublishedArticle[] = [];
  /** The clock of the site's visitors, in seconds since 1970; a deploy moves it on. */
  now = 0;
  readonly #options: PublisherOptions;
  readonly #random = new RandomSource(SEED, 0);
  readonly #stored: ReleaseInput["articles"][number][] = [];
  #values = new Map<string, () => Promise<Uint8Array>>();
  #manifest: Manifest | null = null;
  #app: App | null = null;
  #deploys = 0;

  constructor(options: PublisherOptions) {
    this.#options = options;
    this.site = { ...SITE, feedLength: options.feedLength, feedHours: options.feedHours };
  }

  /** The live release. */
  get manifest(): Manifest {
    if (this.#manifest === null) throw new Error("Nothing is published yet");
    return this.#manifest;
  }

  /** Publishes what came since the last deploy. */
  async deploy(now: number): Promise<void> {
    this.now = now;
    const usual = Math.round(this.#options.articlesADay / DEPLOYS_A_DAY);
    this.#deploys += 1;
    const count = this.#deploys % BURST_EVERY === 0 ? this.#options.burst : usual;
    for (let made = 0; made < count; made += 1) {
      const article = this.#makeArticle(now);
      this.published.push({ article, arrivedAt: now });
      this.#stored.push(storeArticle(article));
    }
    const since = now - KEPT_DAYS * SECONDS_PER_DAY;
    await this.#follow(
      planRelease({
        site: this.site,
        categoryTitles: new Map(),
        articles: this.#stored.filter((article) => article.published.epochSeconds > since),
        redirects: new Map(),
        prerenderedFeeds: 1,
        articlesPerPack: 64,
        cards: 0,
        drawCard: async () => new Uint8Array(),
        renderers: FIXTURE_RENDERERS,
      }),
      now,
    );
  }

  async #follow(planned: PlannedRelease, now: number): Promise<void> {
    const previous = this.#manifest;
    const release =
      previous === null
        ? planned
        : planned.withArrivals({ previous, added: await this.#added(previous, planned), now });
    this.#manifest = opened(release.manifestAfter({ previous, now }));
    // Of earlier releases nothing is left: every reader starts with the manifest.
    this.#values = valuesOf(release, this.#values);
    const { createApp } = (await import(join(import.meta.dirname, "../../src/http/app.ts"))) as {
      readonly createApp: (manifest: Manifest, now: () => number) => App;
    };
    this.#app = createApp(this.#manifest, () => this.now * MILLISECONDS_PER_SECOND);
  }

  async #added(previous: Manifest, planned: PlannedRelease): Promise<ReadonlySet<Article["id"]>> {
    const next = opened(planned.manifestAfter({ previous, now: 0 }));
    const values = valuesOf(planned, this.#values);
    const changes = await compareArticles(
      { manifest: previous, read: reading(this.#values) },
      { manifest: next, read: reading(values) },
    );
    if (!changes.ok) throw new Error(changes.failure.reason);
    return new Set(changes.value.added.map(({ id }) => id));
  }

  /** Asks the live site, as a reader that takes gzip. */
  async fetch(path: string, headers: Record<string, string>): Promise<Response> {
    const values = this.#values;
    const get = async (key: string): Promise<ArrayBuffer | null> => {
      const value = await values.get(key)?.();
      return value === undefined ? null : new Uint8Array(value).buffer;
    };
    const request = new Request(this.site.url + path, {
      headers: { "Accept-Encoding": "gzip", ...headers },
    });
    if (this.#app === null) throw new Error("Nothing is published yet");
    return this.#app.fetch(request, { RELEASES: { get } });
  }

  #makeArticle(now: number): Article {
    const number = this.published.length;
    const published = this.#dateBefore(now);
    const category = this.#pickCategory();
    return {
      id: shareIdOf({
        name: String(number),
        day: Math.floor((published + OFFSET_MINUTES * 60) / SECONDS_PER_DAY),
      }),
      title: `第${number}篇`,
      entryId: null,
      titleBreaks: [],
      published: { epochSeconds: published, offsetMinutes: OFFSET_MINUTES },
      updated: null,
      categories: [category],
      tags: number % 3 === 0 ? ["要闻", category] : [category],
      language: null,
      authors: [],
      source: null,
      sourceUrl: null,
      summary: `第${number}篇的摘要`,
      image: null,
      characterCount: 1,
      isPlain: true,
      body: bodyOf(number, this.#bytesOf(number)),
    };
  }

  /** A date up to three days back; one in six is a day without a time. */
  #dateBefore(now: number): number {
    const random = this.#random;
    const kind = random.fraction();
    const hours = kind < 0.6 ? 3 : kind < 0.8 ? 24 : 71;
    const date = now - random.integer(0, hours * SECONDS_PER_HOUR);
    if (random.integer(1, 6) > 1) return date;
    const midnight = date - ((date + OFFSET_MINUTES * 60) % SECONDS_PER_DAY);
    return Math.max(midnight, midnightAfter(now - 3 * SECONDS_PER_DAY));
  }

  #pickCategory(): string {
    const { categories } = this.#options;
    const sum = Array.from({ length: categories }, (_, rank) => 1 / (rank + 1));
    let left = this.#random.fraction() * sum.reduce((total, share) => total + share, 0);
    const rank = sum.findIndex((share) => (left -= share) < 0);
    return `paper-${Math.max(0, rank)}`;
  }

  #bytesOf(number: number): number {
    if (number % TOO_LONG_EVERY === TOO_LONG_EVERY - 1) return TOO_LONG_BYTES;
    return number % LONG_EVERY === LONG_EVERY - 1 ? LONG_BYTES : this.#options.bodyBytes;
  }
}

function midnightAfter(seconds: number): number {
  const clock = seconds + OFFSET_MINUTES * 60;
  return seconds + SECONDS_PER_DAY - (clock % SECONDS_PER_DAY);
}

/** Prose that hardly compresses better than a newspaper's. */
function bodyOf(number: number, bytes: number): Uint8Array {
  const random = new RandomSource(SEED, number + 1);
  let text = "";
  // A Chinese character has three bytes.
  while (text.length * 3 < bytes) text += String.fromCodePoint(random.integer(0x4e00, 0x55ff));
  return encoder.encode(`<p>${number}</p>\n<p>${text}</p>`);
}

function opened(bytes: Uint8Array): Manifest {
  const manifest = Manifest.open(bytes);
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return manifest.value;
}

type Values = Map<string, () => Promise<Uint8Array>>;

/** The values of a release, each encoded once; those that an earlier release has made are taken over. */
function valuesOf(release: PlannedRelease, before: Values): Values {
  return new Map(
    release.values.map(({ key, encode }) => {
      let made: Promise<Uint8Array> | null = null;
      const value = async (): Promise<Uint8Array> => (made ??= Promise.resolve(encode()));
      return [key, before.get(key) ?? value];
    }),
  );
}

function reading(values: Values): ReadValue {
  return async (key) => ok((await values.get(key)?.()) ?? null);
}
