/** What a site of some size needs and costs: `npm run scale`. A model, whose figures were measured. */
import { wholeNumber } from "../../scripts/terminal/option-kinds.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";
import { publishingNeeds } from "./scale-model.ts";
import {
  publishingTable,
  requestTable,
  partsTable,
  servingTable,
  sizeTable,
} from "./scale-tables.ts";

const USAGE = `Usage: npm run scale -- [options]

Says what a site needs of KV and Workers, and what it costs. docs/scale.md explains the figures.

  --articles NUMBER      in all (default 100000)
  --categories NUMBER    of sizes after Zipf's law; as many tags are reckoned with (default 2000)
  --deploys NUMBER       a day (default 8)
  --new NUMBER           articles a day, in all deploys together (default 300)
  --touched NUMBER       categories that they are spread over (default 150)
  --requests NUMBER      a day (default 100000)
  --help                 this text`;

const MOST = 1e12;

await runCommand({
  name: "npm run scale --",
  usage: USAGE,
  options: {
    articles: wholeNumber(1, MOST, 100_000),
    categories: wholeNumber(1, MOST, 2000),
    deploys: wholeNumber(1, MOST, 8),
    new: wholeNumber(1, MOST, 300),
    touched: wholeNumber(1, MOST, 150),
    requests: wholeNumber(1, MOST, 100_000),
  },
  run: (options) => {
    const site = { articles: options.articles, categories: options.categories };
    const day = { deploys: options.deploys, articles: options.new, categories: options.touched };
    const sections = {
      "A release": sizeTable([site]),
      "A day of publishing": publishingTable([{ site, day }]),
      "What some parts take besides": partsTable([{ site, day }]),
      "A day of readers, and the month's cost with both": servingTable(
        [options.requests],
        publishingNeeds(site, day),
      ),
      "What readers are reckoned to ask for": requestTable(),
    };
    for (const [title, table] of Object.entries(sections)) console.log(`${title}\n\n${table}\n`);
    return 0;
  },
});
