import { ROOT_MEANING } from "../config/root-option.ts";
import { EXIT_CODES_HELP } from "../publish/exit-codes.ts";

/** What a verb of `npm run release` does, for people. */
interface VerbHelp {
  /** As it is written, with the releases that it takes. */
  readonly written: string;
  readonly meaning: string;
  /** The options that it has besides those of all verbs. */
  readonly options: readonly (keyof typeof OPTIONS)[];
}

export type VerbName = keyof typeof VERB_HELP;

const OPTIONS = {
  "confirm-returns": ["", "articles that were withdrawn since are meant to be read again"],
  yes: ["", "delete"],
  "max-deletes": [" n", "at most so many (default: 900; the free plan allows 1,000 in a day)"],
  pages: [" n", "share pages to look at (default: 20)"],
  feeds: [" n", "the busiest scopes to look at, three feeds each (default: 20)"],
  days: [" n", "so many days back (default: 7; the Analytics Engine keeps 90)"],
  svg: [" file", "a picture too"],
} as const;

export const VERB_HELP = {
  list: {
    written: "list",
    meaning: "the releases that are in KV and what was live, newest first",
    options: [],
  },
  diff: {
    written: "diff [before] [after]",
    meaning:
      "what differs for readers; by default between the release that was live before and the live one",
    options: [],
  },
  rollback: {
    written: "rollback [release]",
    meaning:
      "makes what was live before live again, or a release or version that list names; holds further deploys",
    options: ["confirm-returns"],
  },
  resume: { written: "resume", meaning: "lets deploys go on after a rollback", options: [] },
  prune: {
    written: "prune",
    meaning: "says what of old releases can be deleted; deletes it with --yes",
    options: ["yes", "max-deletes"],
  },
  verify: {
    written: "verify [release]",
    meaning:
      "compares the public site's feeds and a sample of its pages with a release, by default the live one",
    options: ["pages", "feeds"],
  },
  stats: {
    written: "stats",
    meaning:
      "who follows: subscribers that fetchers name, and polls of feeds, if the Worker has the binding FOLLOWERS (docs/followers.md)",
    options: ["days", "svg"],
  },
} as const satisfies Record<string, VerbHelp>;

const OPTIONS_OF_ALL = [
  ["--json", "the answer as one JSON document, an error too"],
  ["--env name", "an environment of wrangler's instead of the site itself, as with npm run deploy"],
  ["--root dir", ROOT_MEANING],
  ["--help", "this text, or a verb's own"],
] as const;

const WIDTH = 120;

/** The help of one verb, or of all where no verb is named. */
export function releaseHelp(verb: string | undefined): string {
  const one = verb !== undefined && isVerb(verb) ? VERB_HELP[verb] : null;
  const written = one === null ? "<verb>" : one.written;
  const usage = `Usage: npm run release -- ${written} [options]\n   or: npx offprint release ${written} [options]`;
  if (one !== null) {
    const options = one.options.map((name) => [`--${name}${OPTIONS[name][0]}`, OPTIONS[name][1]]);
    const lines = inColumns([...options, ...OPTIONS_OF_ALL]);
    const meaning = `${one.meaning.charAt(0).toUpperCase()}${one.meaning.slice(1)}.`;
    return [usage, wrapped(meaning, WIDTH).join("\n"), lines, EXIT_CODES_HELP].join("\n\n");
  }
  const verbs: readonly VerbHelp[] = Object.values(VERB_HELP);
  const options = Object.entries(VERB_HELP).flatMap(([name, { options: own }]) =>
    own.map((each) => [`--${each}${OPTIONS[each][0]}`, `with ${name}: ${OPTIONS[each][1]}`]),
  );
  return [
    usage,
    inColumns(verbs.map((each) => [each.written, each.meaning])),
    inColumns([...options, ...OPTIONS_OF_ALL]),
    EXIT_CODES_HELP,
  ].join("\n\n");
}

export function isVerb(name: string): name is VerbName {
  return Object.hasOwn(VERB_HELP, name);
}

/** What is written to the left, and to its right what it means, on as many lines as that takes. */
function inColumns(rows: readonly (readonly string[])[]): string {
  const left = Math.max(...rows.map(([written = ""]) => written.length));
  return rows
    .flatMap(([written = "", meaning = ""]) =>
      wrapped(meaning, WIDTH - left - 4).map(
        (line, index) => `  ${(index === 0 ? written : "").padEnd(left)}  ${line}`,
      ),
    )
    .join("\n");
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
