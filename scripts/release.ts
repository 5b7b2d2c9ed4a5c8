/** `npm run release`, or `offprint release`: lists, compares and verifies releases, rolls back to an earlier one, prunes old ones, and says who follows. */
import { findConfigFile } from "./config/config-file.ts";
import { projectIO } from "./config/project-io.ts";
import { ROOT_MEANING, rootOption } from "./config/root-option.ts";
import { failureMessage } from "./publish/failure-messages.ts";
import { EXIT_CODES_HELP, exitCodeOf } from "./publish/exit-codes.ts";
import { runVerb } from "./releases/run-verb.ts";
import { Interruption } from "./terminal/interruption.ts";
import type { IO } from "./terminal/io.ts";
import { REAL_IO } from "./terminal/real-io.ts";
import { environmentOption, flag, text, wholeNumber } from "./terminal/option-kinds.ts";
import { runCommand } from "./terminal/run-command.ts";

const USAGE = `Usage: npm run release -- <verb> [options]
   or: npx offprint release <verb> [options]

  list                     the releases that are in KV and what was live, newest first
  diff [before] [after]    what differs for readers; by default between the release that was live before and the live one
  rollback [release]       makes what was live before live again, or a release or version that list names; holds further
                           deploys
  resume                   lets deploys go on after a rollback
  prune                    says what of old releases can be deleted; deletes it with --yes
  verify [release]         compares the public site's feeds and a sample of its pages with a release, by default the live one
  stats                    who follows: subscribers that fetchers name, and polls of feeds, if the Worker has the binding
                           FOLLOWERS (docs/followers.md)

  --json             the answer as one JSON document, an error too
  --confirm-returns  with rollback: articles that were withdrawn since are meant to be read again
  --yes              with prune: delete
  --max-deletes n    with prune: at most so many (default: 900; the free plan allows 1,000 in a day)
  --pages n          with verify: share pages to look at (default: 20)
  --feeds n          with verify: the busiest scopes to look at, three feeds each (default: 20)
  --days n           with stats: so many days back (default: 7; the Analytics Engine keeps 90)
  --svg file         with stats: a picture too
  --env name         an environment of wrangler's instead of the site itself, as with npm run deploy
  --root dir         ${ROOT_MEANING}
  --help             this text

${EXIT_CODES_HELP}`;

/**
 * Does what a verb says with the releases of a site.
 *
 * @param worldOf the world for the site in a folder and an environment
 */
export async function release(args: readonly string[], worldOf = projectIO): Promise<void> {
  // Looked up before the options are parsed, because errors in them are JSON for programs too.
  const isForPrograms = args.includes("--json");
  const complain = (error: string, io: Pick<IO, "say" | "warn"> = REAL_IO): void => {
    if (isForPrograms) io.say(JSON.stringify({ error }, null, 2));
    else io.warn(error);
  };
  await runCommand(
    {
      name: "npm run release --",
      usage: USAGE,
      options: {
        json: flag,
        yes: flag,
        "confirm-returns": flag,
        "max-deletes": wholeNumber(0, 1_000_000_000, 900),
        pages: wholeNumber(0, 1_000_000_000, 20),
        feeds: wholeNumber(0, 1_000_000_000, 20),
        days: wholeNumber(1, 90, 7),
        svg: text,
        env: environmentOption,
        root: rootOption,
      },
      allowPositionals: true,
      afterTrouble: "run the same again; npm run release -- list says what is live",
      complain,
      run: async (options, [verb = "", ...names], given) => {
        const io = worldOf(options.root, options.env);
        const interruption = new Interruption(io, "Broken off");
        const answer = await runVerb(
          options.root,
          verb,
          {
            names,
            given,
            yes: options.yes,
            mayReturn: options["confirm-returns"],
            mostDeletes: options["max-deletes"],
            pages: options.pages,
            feeds: options.feeds,
            days: options.days,
            svg: options.svg,
          },
          io,
          interruption,
        );
        if (!answer.ok) {
          complain(failureMessage(answer.failure, findConfigFile(options.root)), io);
          return interruption.exitCode ?? exitCodeOf(answer.failure);
        }
        const { json, text: forPeople, exitCode } = answer.value;
        io.say(isForPrograms ? JSON.stringify(json, null, 2) : forPeople);
        return exitCode;
      },
    },
    releasesLast(args),
  );
}

/** Moves releases behind `--`, because a release may begin with a hyphen and would be taken for an option. */
function releasesLast(args: readonly string[]): readonly string[] {
  const isRelease = (arg: string, index: number): boolean =>
    /^[\w-]{22}$/.test(arg) && !/^(?:--env|-e|--root)$/.test(args[index - 1] ?? "");
  const others = args.filter((arg, index) => !isRelease(arg, index));
  return [...others, "--", ...args.filter(isRelease)];
}
