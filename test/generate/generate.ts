/** Writes articles that nobody wrote, for tests and measurements at the size of a real newspaper archive. */
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as v from "valibot";
import { generateArticles, MAXIMUM_CATEGORIES } from "./generate-articles.ts";
import { counted } from "../../scripts/terminal/counted.ts";
import { flag, wholeNumber } from "../../scripts/terminal/option-kinds.ts";
import { runCommand } from "../../scripts/terminal/run-command.ts";

const USAGE = `Usage: npm run generate -- --out FOLDER [options]

Writes articles as a newspaper's job wrote them over the years: five formats of front matter and footer, a fifth of
them Markdown, with links (40 %), pictures of other hosts (15 %), spans and anchors of quotes (15 %) and tables (3 %),
about 5 KB long, and 5 % of them 20 to 200 KB. The same options write the same files.

  --out FOLDER         where to; made if it is not there
  --count NUMBER       how many articles (default 1000)
  --categories NUMBER  newspapers, of sizes after Zipf's law, up to ${MAXIMUM_CATEGORIES} (default 100)
  --topics NUMBER      further tags, of which each article gets two (default 0)
  --start YYYY-MM-DD   the first day (default 2022-01-01)
  --days NUMBER        spread over so many days (default 365)
  --seed NUMBER        another seed writes other articles (default 1)
  --first NUMBER       the number of the first article (default 0); one more day for an
                       archive of 1000: --first 1000 --count 200 --start 2023-01-01 --days 1
  --plain              the newest format and nothing but paragraphs
  --help               this text`;

const EXIT_NOT_WRITTEN = 1;
/** Midnight by the papers' clock. */
const MIDNIGHT = "T00:00:00+08:00";

await runCommand({
  name: "npm run generate --",
  usage: USAGE,
  options: {
    out: {
      type: "string",
      schema: v.pipe(
        v.optional(v.string(), ""),
        v.nonEmpty("name the folder to write to: --out FOLDER"),
      ),
    },
    start: {
      type: "string",
      schema: v.optional(
        v.pipe(v.string(), v.isoDate("write a day such as 2022-01-31")),
        "2022-01-01",
      ),
    },
    count: wholeNumber(0, 10_000_000, 1000),
    categories: wholeNumber(1, MAXIMUM_CATEGORIES, 100),
    topics: wholeNumber(0, 1_000_000, 0),
    days: wholeNumber(1, 36_500, 365),
    seed: wholeNumber(0, 2 ** 31, 1),
    first: wholeNumber(0, 10_000_000, 0),
    plain: flag,
  },
  run: ({ out, start, plain, ...rest }) => {
    const problem = makeFolder(out);
    if (problem !== null) {
      console.error(`Cannot write to "${out}": ${problem}; choose another folder`);
      return EXIT_NOT_WRITTEN;
    }
    const startSeconds = Date.parse(start + MIDNIGHT) / MILLISECONDS_PER_SECOND;
    const texts = plain ? "plain" : "mixed";
    for (const { path, text } of generateArticles({ ...rest, texts, startSeconds })) {
      writeFileSync(join(out, path), text);
    }
    console.log(`Wrote ${counted(rest.count, "article")} to ${out}`);
    return 0;
  },
});

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
