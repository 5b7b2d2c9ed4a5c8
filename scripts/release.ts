/** `npm run release`, or `offprint release`: lists, compares and verifies releases, rolls back to an earlier one, prunes old ones, and says who follows. */
import { findConfigFile } from "./config/config-file.ts";
import { projectIO } from "./config/project-io.ts";
import { rootOption } from "./config/root-option.ts";
import { failureMessage } from "./publish/failure-messages.ts";
import { exitCodeOf } from "./publish/exit-codes.ts";
import { runVerb } from "./releases/run-verb.ts";
import { releaseHelp } from "./releases/verb-help.ts";
import { Interruption } from "./terminal/interruption.ts";
import type { IO } from "./terminal/io.ts";
import { REAL_IO } from "./terminal/real-io.ts";
import { environmentOption, flag, text, wholeNumber } from "./terminal/option-kinds.ts";
import { runCommand } from "./terminal/run-command.ts";

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
      usage: ([verb]) => releaseHelp(verb),
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
