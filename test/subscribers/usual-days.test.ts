import { describe, expect, it } from "vitest";
import { SECONDS_PER_HOUR } from "./publisher.ts";
import { watchFeeds } from "./watch-feeds.ts";

/** Longer than articles stay with the publisher, with a burst every five days; `npm run subscribers` looks at sixty. */
const DAYS = 20;
const PATIENCE_MILLISECONDS = 600_000;

const subscriptions = await watchFeeds(
  DAYS,
  { articlesADay: 24, burst: 30, bodyBytes: 200, categories: 12, feedLength: 8, feedHours: 24 },
  () => {},
);

describe(`${DAYS} days of eight deploys, with articles that come up to three days after their date`, () => {
  it.each(subscriptions)(
    "show a reader of $feed that asks every $everyHours hours nothing twice, and every body in the end",
    ({ published, seen, doubled, shrunk }) => {
      expect(published).toBeGreaterThan(50);
      expect(seen).toBeGreaterThan(50);
      expect({ doubled, shrunk }).toEqual({ doubled: 0, shrunk: 0 });
    },
    PATIENCE_MILLISECONDS,
  );

  it.each(subscriptions.filter(({ everyHours }) => everyHours < 24))(
    "show a reader of $feed that asks every $everyHours hours all articles",
    ({ published, seen, lost }) => {
      expect(lost).toEqual([]);
      expect(seen).toBe(published);
    },
  );

  it.each(subscriptions.filter(({ everyHours }) => everyHours === 24))(
    "show a reader of $feed that asks every day all but some that came hours after their date, and not a quarter of a day",
    ({ published, lost }) => {
      expect(lost.length).toBeLessThan(published / 100);
      for (const { article, arrivedAt } of lost) {
        const hoursLate = (arrivedAt - article.published.epochSeconds) / SECONDS_PER_HOUR;
        expect(hoursLate).toBeLessThanOrEqual(6);
      }
    },
  );
});
