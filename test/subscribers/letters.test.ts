import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import {
  DEPLOYS_A_DAY,
  FIRST_SECOND,
  Publisher,
  SECONDS_PER_DAY,
  SECONDS_PER_HOUR,
} from "./publisher.ts";

/*
 * Services that send what is new in a feed as mail: each has its hour, sends every entry once by its id, and never looks at
 * it again.
 */

const DAYS = 10;
const HOURS_OF_LETTERS = [0, 7, 22];
const PATIENCE_MILLISECONDS = 600_000;

const PATHS = {
  "/digest.json": () => true,
  "/category/paper-0/digest.json": (categories: readonly string[]) =>
    categories.includes("paper-0"),
  "/digest.json?category=paper-1&category=paper-2": (categories: readonly string[]) =>
    categories.some((name) => name === "paper-1" || name === "paper-2"),
} as const;

interface Service {
  readonly path: keyof typeof PATHS;
  readonly hour: number;
  readonly sent: Set<string>;
  /** How many letters named an article, by its title. */
  readonly named: Map<string, number>;
  etag: string;
}

const publisher = new Publisher({
  articlesADay: 24,
  burst: 30,
  bodyBytes: 200,
  categories: 6,
  feedLength: 8,
  feedHours: 24,
});
const services = Object.keys(PATHS).flatMap((path) =>
  HOURS_OF_LETTERS.map((hour): Service => ({
    path: path as keyof typeof PATHS,
    hour,
    sent: new Set(),
    named: new Map(),
    etag: "",
  })),
);

for (let hour = 0; hour < DAYS * 24; hour += 1) {
  publisher.now = FIRST_SECOND + hour * SECONDS_PER_HOUR;
  if (hour > 0) {
    for (const service of services) if (service.hour === hour % 24) await send(service);
  }
  // Half an hour after the letters of the hour, so that a night's articles of the day before come after midnight.
  if (hour % (24 / DEPLOYS_A_DAY) === 0) {
    await publisher.deploy(publisher.now + SECONDS_PER_HOUR / 2);
  }
}

async function send(service: Service): Promise<void> {
  const response = await publisher.fetch(service.path, { "If-None-Match": service.etag });
  if (response.status === 304) return;
  service.etag = response.headers.get("ETag") ?? "";
  const bytes = Buffer.from(await response.arrayBuffer());
  const { items } = JSON.parse(gunzipSync(bytes).toString()) as {
    readonly items: readonly { readonly id: string; readonly content_html: string }[];
  };
  for (const { id, content_html: html } of items) {
    if (service.sent.has(id)) continue;
    service.sent.add(id);
    for (const [, title = ""] of html.matchAll(/<h3><a [^>]*>([^<]*)<\/a>/g)) {
      service.named.set(title, (service.named.get(title) ?? 0) + 1);
    }
  }
}

describe(`${DAYS} days of letters, with articles that come up to three days after their date`, () => {
  it.each(services)(
    "name every article of $path once, at $hour o'clock",
    ({ path, named, sent }) => {
      // What came on the last day and the day before is in letters that are still to be sent.
      const end = FIRST_SECOND + (DAYS - 2) * SECONDS_PER_DAY;
      const published = publisher.published.filter(
        ({ article, arrivedAt }) => arrivedAt < end && PATHS[path](article.categories),
      );
      expect(published.length).toBeGreaterThan(20);
      const missing = published.filter(({ article }) => !named.has(article.title));
      expect(missing.map(({ article }) => article.title)).toEqual([]);
      expect([...named].filter(([, count]) => count > 1)).toEqual([]);
      expect(sent.size).toBeGreaterThan(DAYS - 3);
    },
    PATIENCE_MILLISECONDS,
  );
});
