import { parseArgs } from "node:util";
import * as v from "valibot";
import { describeTrouble } from "./machine-trouble.ts";
import { nearestName } from "./nearest-name.ts";
import type { Option } from "./option-kinds.ts";

type Options = Readonly<Record<string, Option<unknown>>>;
type Environment = Readonly<Record<string, string | undefined>>;
type Values<Taken extends Options> = {
  readonly [Name in keyof Taken]: Taken[Name] extends Option<infer Value> ? Value : never;
};

/** A program that people run, without what all of them have in common. */
export interface Command<Taken extends Options> {
  /** How people run it, up to its options: `npm run deploy --`. */
  readonly name: string;
  /** The text that `--help` shows, beside words too. */
  readonly usage: string | ((words: readonly string[]) => string);
  readonly options: Taken;
  /** Whether it takes words that are not options. */
  readonly allowPositionals?: boolean;
  /** False if it hands unknown options to another program; those that look like one of its own it refuses all the same. */
  readonly strict?: boolean;
  /** What to do after the machine refused something, besides what the message says; by default, to run it again. */
  readonly afterTrouble?: string;
  /** Reports why it cannot go on; by default on standard error. */
  readonly complain?: (message: string) => void;
  /** Does the work and returns the exit code; `given` are the names of the options that were written. */
  readonly run: (
    values: Values<Taken>,
    words: readonly string[],
    given: readonly string[],
  ) => number | Promise<number>;
}

const EXIT_TROUBLE = 1;
/** The exit code of a command that was given wrong options or settings. */
export const EXIT_USAGE = 2;

/**
 * Runs a command and sets the exit code: 2 for wrong options, 1 if the machine refuses something, else the command's own.
 * `--help` shows the usage. A bug is thrown with its stack.
 *
 * @param environment in which npm says which options it kept for itself
 */
export async function runCommand<const Taken extends Options>(
  command: Command<Taken>,
  args: readonly string[] = process.argv.slice(2),
  environment: Environment = process.env,
): Promise<void> {
  process.exitCode = await exitCodeOf(command, args, environment);
}

async function exitCodeOf<Taken extends Options>(
  command: Command<Taken>,
  args: readonly string[],
  environment: Environment,
): Promise<number> {
  const { name, usage, options, run, complain = console.error } = command;
  const { afterTrouble = "run the same again" } = command;
  const refuse = (message: string): number => {
    complain(`${message}\n\nSee ${name} --help`);
    return EXIT_USAGE;
  };
  const known = { ...options, help: { type: "boolean", short: "h" } } as const;
  // Node's own refusals speak of its rules and not of the option that was meant.
  const {
    values: written,
    positionals,
    tokens,
  } = parseArgs({
    args: joinNumbers(args),
    options: known,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = tokens.flatMap((token) => (token.kind === "option" ? token.name : []));
  const faults = [
    ...keptByNpm(Object.keys(options), given, environment).map(
      (option) =>
        `npm kept "--${option}" for itself; write it behind "--", as in ${name} --${option}`,
    ),
    ...tokens.flatMap((token) => faultOf(token, known, command) ?? []),
  ];
  if (faults.length > 0) return refuse(faults.join("\n"));
  if (written["help"] === true) {
    console.log(typeof usage === "string" ? usage : usage(positionals));
    return 0;
  }
  const read = Object.entries(options).map(([option, { schema }]) => ({
    option,
    ...v.safeParse(schema, written[option]),
  }));
  const wrong = read.flatMap(({ option, issues = [] }) =>
    issues.map(({ input, message }) => `--${option} is "${String(input)}"; ${message}`),
  );
  if (wrong.length > 0) return refuse(wrong.join("\n"));
  const values = Object.fromEntries(read.map(({ option, output }) => [option, output]));
  try {
    return await run(values as Values<Taken>, positionals, given);
  } catch (error) {
    const trouble = describeTrouble(error);
    if (trouble === null) throw error;
    complain(`Could not go on: ${trouble}, then ${afterTrouble}`);
    return EXIT_TROUBLE;
  }
}

/**
 * Options that are npm's own too and may stand in its settings; where one is lost, nothing is done that was not meant. A dry
 * run is none of these, because all of it would be done.
 */
const OPTIONS_OF_NPM: ReadonlySet<string> = new Set(["all", "json", "yes"]);

/**
 * The options that were written in front of `--`, as in `npm run deploy --preview`: npm keeps those, and has them in the
 * environment (https://docs.npmjs.com/cli/v11/using-npm/config#environment-variables). Without them another thing would be done.
 *
 * @param given those that came through
 */
function keptByNpm(
  options: readonly string[],
  given: readonly string[],
  environment: Environment,
): readonly string[] {
  return options.filter((option) => {
    if (given.includes(option) || OPTIONS_OF_NPM.has(option)) return false;
    const value = environment[`npm_config_${option.replaceAll("-", "_")}`] ?? "";
    return value !== "" && value !== "false";
  });
}

type Token = NonNullable<ReturnType<typeof parseArgs>["tokens"]>[number];

/** Why a command does not take what is written there; null if it does. */
function faultOf(
  token: Token,
  known: Readonly<Record<string, Pick<Option<unknown>, "type">>>,
  { name, allowPositionals = false, strict = true }: Omit<Command<Options>, "run">,
): string | null {
  if (token.kind === "option-terminator") return null;
  if (token.kind === "positional") {
    return allowPositionals ? null : `${name.replace(/ --$/, "")} takes no "${token.value}"`;
  }
  const { rawName, value } = token;
  if (!Object.hasOwn(known, token.name)) {
    const what = `There is no option "${rawName}"`;
    const meant = rawName.startsWith("--") ? nearestName(token.name, Object.keys(known)) : null;
    if (meant !== null) return `${what}; did you mean "--${meant}"?`;
    return strict ? what : null;
  }
  if (known[token.name]?.type === "boolean") {
    return value === undefined ? null : `${rawName} takes no value`;
  }
  const isMissing = value === undefined || (!token.inlineValue && value.startsWith("-"));
  return isMissing ? `${rawName} needs a value behind it` : null;
}

/**
 * Turns `--pages -1` into `--pages=-1`. `parseArgs` would take `-1` for an option; as a value it is refused with the name of
 * its option.
 */
export function joinNumbers(args: readonly string[]): string[] {
  const isOption = (arg: string | undefined): boolean => /^--[a-z-]+$/.test(arg ?? "");
  return args.flatMap((arg, index) => {
    if (/^-\d/.test(arg) && isOption(args[index - 1])) return [];
    const next = args[index + 1] ?? "";
    return isOption(arg) && /^-\d/.test(next) ? [`${arg}=${next}`] : [arg];
  });
}
