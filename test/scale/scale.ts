/** What a site of some size needs and costs: `npm run scale`. A model, whose figures were measured. */
import * as v from "valibot";
import { parseOptions } from "../../scripts/terminal/parse-options.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";
import { publishingNeeds } from "./scale-model.ts";
import { publishingTable, requestTable, servingTable, sizeTable } from "./scale-tables.ts";

const USAGE = `Usage: npm run scale -- [options]

Says what a site needs of KV and Workers, and what it costs. docs/scale.md explains the figures.

  --articles NUMBER      in all (default 100000)
  --categories NUMBER    of sizes after Zipf's law; as many tags are reckoned with (default 2000)
  --deploys NUMBER       a day (default 8)
  --new NUMBER           articles a day, in all deploys together (default 300)
  --touched NUMBER       categories that they are spread over (default 150)
  --requests NUMBER      a day (default 100000)
  --help                 this text`;

const EXIT_USAGE = 2;

const wholeNumber = (minimum: number) =>
  v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(minimum), v.maxValue(1e12));

const Options = v.object({
  articles: wholeNumber(1),
  categories: wholeNumber(1),
  deploys: wholeNumber(1),
  new: wholeNumber(1),
  touched: wholeNumber(1),
  requests: wholeNumber(1),
});

await runCommand(main);

function main(args: string[]): number {
  if (args.includes("--help") || args.includes("-h")) {
    console.log(USAGE);
    return 0;
  }
  const options = readOptions(args);
  if (typeof options === "string") {
    console.error(`${options}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
  const site = { articles: options.articles, categories: options.categories };
  const day = { deploys: options.deploys, articles: options.new, categories: options.touched };
  const sections = {
    "A release": sizeTable([site]),
    "A day of publishing": publishingTable([{ site, day }]),
    "A day of readers, and the month's cost with both": servingTable(
      [options.requests],
      publishingNeeds(site, day),
    ),
    "What readers are reckoned to ask for": requestTable(),
  };
  for (const [title, table] of Object.entries(sections)) console.log(`${title}\n\n${table}\n`);
  return 0;
}

function readOptions(args: string[]): v.InferOutput<typeof Options> | string {
  const parsed = parseOptions({
    args,
    options: {
      articles: { type: "string", default: "100000" },
      categories: { type: "string", default: "2000" },
      deploys: { type: "string", default: "8" },
      new: { type: "string", default: "300" },
      touched: { type: "string", default: "150" },
      requests: { type: "string", default: "100000" },
    },
  });
  if (typeof parsed === "string") return parsed;
  const checked = v.safeParse(Options, parsed.values);
  if (checked.success) return checked.output;
  return checked.issues
    .map(({ path, input }) => {
      const name = String(path?.[0]?.key);
      return `Cannot take "${String(input)}" for --${name}: give a whole number from 1 on`;
    })
    .join("\n");
}
