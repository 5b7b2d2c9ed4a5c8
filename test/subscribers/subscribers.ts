/** What subscribers get, and what it costs them: `npm run subscribers`. */
import { wholeNumber } from "../../scripts/terminal/option-kinds.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";
import { watchFeeds } from "./watch-feeds.ts";

const USAGE = `Usage: npm run subscribers -- [options]

  --days n        of eight deploys (default 60)
  --articles n    a day (default 300)
  --burst n       articles at once every five days (default 60)
  --bytes n       of a body (default 5000)
  --categories n  (default 150)
  --help          this text`;

const FEED_LENGTH = 30;
const BYTES_PER_KILOBYTE = 1000;

await runCommand({
  name: "npm run subscribers --",
  usage: USAGE,
  options: {
    days: wholeNumber(1, 1000, 60),
    articles: wholeNumber(8, 10_000, 300),
    burst: wholeNumber(0, 10_000, 60),
    bytes: wholeNumber(1, 1_000_000, 5000),
    categories: wholeNumber(5, 10_000, 150),
  },
  run: async ({ days, articles, burst, bytes, categories }) => {
    const options = { articlesADay: articles, burst, bodyBytes: bytes, categories };
    const subscriptions = await watchFeeds(
      days,
      { ...options, feedLength: FEED_LENGTH },
      console.log,
    );
    for (const { feed, everyHours, published, seen, lost, ...more } of subscriptions) {
      console.log(
        `${feed}, every ${everyHours} h: ${published} published, ${seen} seen, ${lost.length} lost, ${more.doubled} doubled, ${more.shrunk} without their body at the end; ${(more.bytesADay / BYTES_PER_KILOBYTE).toFixed(0)} KB a day`,
      );
    }
    return 0;
  },
});
