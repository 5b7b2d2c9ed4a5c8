/** Writes articles that nobody wrote, for tests and measurements at the size of a real newspaper archive. */
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as v from "valibot";
import { generateArticles, MAXIMUM_CATEGORIES } from "./generate-articles.ts";
import { parseOptions } from "../../scripts/terminal/parse-options.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";

const USAGE = `Usage: node test/generate/generate.ts --out FOLDER [options]

Writes articles in a newspaper's format. The same options write the same files.

  --out FOLDER         where to; made if it is not there
  --count NUMBER       how many articles (default 1000)
  --categories NUMBER  newspapers, of sizes after Zipf's law, up to ${MAXIMUM_CATEGORIES} (default 100)
  --start YYYY-MM-DD   the first day (default 2022-01-01)
  --days NUMBER        spread over so many days (default 365)
  --seed NUMBER        another seed writes other articles (default 1)
  --first NUMBER       the number of the first article (default 0); one more day for an
                       archive of 1000: --first 1000 --count 200 --start 2023-01-01 --days 1
  --help               this text`;

const EXIT_NOT_WRITTEN = 1;
const EXIT_USAGE = 2;
/** Midnight by the papers' clock. */
const MIDNIGHT = "T00:00:00+08:00";
const MILLISECONDS_PER_SECOND = 1000;

const wholeNumber = (minimum: number, maximum: number) =>
  v.pipe(v.string(), v.digits(), v.transform(Number), v.minValue(minimum), v.maxValue(maximum));

const Options = v.object({
  out: v.pipe(v.string(), v.nonEmpty("Name the folder to write to")),
  count: wholeNumber(0, 10_000_000),
  categories: wholeNumber(1, MAXIMUM_CATEGORIES),
  start: v.pipe(v.string(), v.isoDate()),
  days: wholeNumber(1, 36_500),
  seed: wholeNumber(0, 2 ** 31),
  first: wholeNumber(0, 10_000_000),
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
  const { out, start, ...rest } = options;
  const problem = makeFolder(out);
  if (problem !== null) {
    console.error(`Cannot write to "${out}": ${problem}; choose another folder`);
    return EXIT_NOT_WRITTEN;
  }
  const startSeconds = Date.parse(start + MIDNIGHT) / MILLISECONDS_PER_SECOND;
  for (const { path, text } of generateArticles({ ...rest, startSeconds })) {
    writeFileSync(join(out, path), text);
  }
  console.log(`Wrote ${options.count} articles to ${out}`);
  return 0;
}

/** Makes a folder and those above it, or says why not. Node's own `recursive` never ends in some places, such as /proc. */
function makeFolder(folder: string): string | null {
  try {
    const path = resolve(folder);
    if (existsSync(path)) return statSync(path).isDirectory() ? null : "it is a file";
    const problem = makeFolder(dirname(path));
    if (problem !== null) return problem;
    mkdirSync(path);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** The options, or what is wrong with them. */
function readOptions(args: string[]): v.InferOutput<typeof Options> | string {
  const parsed = parseOptions({
    args,
    options: {
      out: { type: "string", default: "" },
      count: { type: "string", default: "1000" },
      categories: { type: "string", default: "100" },
      start: { type: "string", default: "2022-01-01" },
      days: { type: "string", default: "365" },
      seed: { type: "string", default: "1" },
      first: { type: "string", default: "0" },
    },
  });
  if (typeof parsed === "string") return parsed;
  const options = v.safeParse(Options, parsed.values);
  if (options.success) return options.output;
  return options.issues.map((issue) => `--${v.getDotPath(issue)}: ${issue.message}`).join("\n");
}
