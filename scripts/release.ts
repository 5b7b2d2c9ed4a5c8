/** `npm run release`: what was deployed, what differs, back to an earlier release, and cleaning up. */
import { join } from "node:path";
import { Interruption } from "./terminal/interruption.ts";
import { runWrangler } from "./cloudflare/run-wrangler.ts";
import { signIn } from "./cloudflare/sign-in.ts";
import { REAL_IO } from "./terminal/io.ts";
import { describeTrouble } from "./terminal/machine-trouble.ts";
import { parseOptions } from "./terminal/parse-options.ts";
import { describeFailure } from "./publish/describe-failure.ts";
import { EXIT, EXIT_CODES_HELP, exitCodeOf } from "./publish/exit-codes.ts";
import { joinNumbers } from "./terminal/join-numbers.ts";
import { readLiveSite } from "./publish/live-site.ts";
import { openDeployedNamespace } from "./publish/open-site.ts";
import { readProject } from "./config/read-project.ts";
import { diffReleases } from "./releases/diff-releases.ts";
import { listReleases } from "./releases/list-releases.ts";
import { pruneReleases } from "./releases/prune-releases.ts";
import type { ReleaseOptions, ReleasedSite, VerbResult } from "./releases/release-verb.ts";
import { resumeDeploys } from "./releases/resume-deploys.ts";
import { rollBack } from "./releases/roll-back.ts";
import { verifyRelease } from "./releases/verify-release.ts";
import { runCommand } from "./terminal/run-command.ts";

const USAGE = `Usage: npm run release -- <verb> [options]

  list                     the releases that are in KV and what was live, newest first
  diff [before] [after]    what differs for readers; by default between the release that was live before and the live one
  rollback [release]       makes what was live before live again, or a release or version that list names; holds further
                           deploys
  resume                   lets deploys go on after a rollback
  prune                    says what of old releases can be deleted; deletes it with --yes
  verify [release]         compares the public site's feeds and a sample of its pages with a release, by default the live one

  --json             the answer as one JSON document, an error too
  --confirm-returns  with rollback: articles that were withdrawn since are meant to be read again
  --yes              with prune: delete
  --max-deletes n    with prune: at most so many (default: 900; the free plan allows 1,000 in a day)
  --pages n          with verify: share pages to look at (default: 20)
  --feeds n          with verify: the busiest scopes to look at, three feeds each (default: 20)
  --help             this text

${EXIT_CODES_HELP}`;

const ROOT = join(import.meta.dirname, "..");
/** A release may begin with a hyphen, and is no option for that. */
const RELEASE = /^[\w-]{22}$/;
const INTERRUPTION = new Interruption();
const MILLISECONDS_PER_SECOND = 1000;

interface Verb {
  readonly run: (site: ReleasedSite) => VerbResult;
  /** How many releases may be named. */
  readonly mostNames: number;
}

const VERBS: ReadonlyMap<string, Verb> = new Map([
  ["list", { run: listReleases, mostNames: 0 }],
  ["diff", { run: diffReleases, mostNames: 2 }],
  ["rollback", { run: rollBack, mostNames: 1 }],
  ["resume", { run: resumeDeploys, mostNames: 0 }],
  ["prune", { run: pruneReleases, mostNames: 0 }],
  ["verify", { run: verifyRelease, mostNames: 1 }],
]);

await runCommand(main);

async function main(args: string[]): Promise<number> {
  // Known before the options are: what is wrong with them is told to programs too.
  const isForPrograms = args.includes("--json");
  const fail = (error: string, exitCode: number): number => {
    if (isForPrograms) console.log(JSON.stringify({ error }, null, 2));
    else console.error(error);
    return exitCode;
  };
  try {
    return await runRelease(args, fail);
  } catch (error) {
    const trouble = describeTrouble(error);
    if (trouble === null) throw error;
    return fail(`Could not go on: ${trouble}`, EXIT.failed);
  }
}

/** @param fail says what went wrong, and returns the exit code */
async function runRelease(
  args: readonly string[],
  fail: (error: string, exitCode: number) => number,
): Promise<number> {
  const refuse = (message: string): number => fail(message, EXIT.usage);
  const options = readOptions(args);
  if (typeof options === "string") return refuse(`${options}\n\nSee npm run release -- --help`);
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const verb = VERBS.get(options.verb);
  if (verb === undefined) {
    return refuse(
      `There is no verb "${options.verb}"; write one of ${[...VERBS.keys()].join(", ")}`,
    );
  }
  if (options.names.length > verb.mostNames) {
    const superfluous = options.names.slice(verb.mostNames).map((name) => `"${name}"`);
    return refuse(`release ${options.verb} takes no ${superfluous.join(", ")}`);
  }
  const project = readProject(ROOT, {});
  if (!project.ok) return refuse(project.failure);
  INTERRUPTION.listen((line) => {
    console.error(line);
  }, "Broken off");
  const { accountId } = project.value.config;
  const account = await signIn(ROOT, process.env, accountId, REAL_IO);
  if (!account.ok) return fail(describeFailure(account.failure), exitCodeOf(account.failure));
  const answer = await answerVerb(verb, { ...project.value, account: account.value, options });
  if (!answer.ok) {
    const exitCode = INTERRUPTION.exitCode ?? exitCodeOf(answer.failure);
    return fail(describeFailure(answer.failure), exitCode);
  }
  console.log(options.json ? JSON.stringify(answer.value.json, null, 2) : answer.value.text);
  return answer.value.exitCode;
}

interface Options extends ReleaseOptions {
  readonly verb: string;
  readonly json: boolean;
  readonly help: boolean;
}

/** A text where something is wrong with them. */
function readOptions(given: readonly string[]): Options | string {
  const args = joinNumbers(given);
  const parsed = parseOptions({
    args: [
      ...args.filter((arg) => !RELEASE.test(arg)),
      "--",
      ...args.filter((arg) => RELEASE.test(arg)),
    ],
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      "confirm-returns": { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
      "max-deletes": { type: "string", default: "900" },
      pages: { type: "string", default: "20" },
      feeds: { type: "string", default: "20" },
    },
  });
  if (typeof parsed === "string") return parsed;
  const { values, positionals } = parsed;
  for (const name of ["max-deletes", "pages", "feeds"] as const) {
    const value = values[name];
    if (!/^\d{1,9}$/.test(value)) return `--${name} is "${value}"; write a whole number from 0`;
  }
  const [verb = "", ...names] = positionals;
  if (verb === "" && !values.help) {
    return `No verb is given; write one of ${[...VERBS.keys()].join(", ")}`;
  }
  const { json, yes, help } = values;
  return {
    verb,
    names,
    json,
    yes,
    mayReturn: values["confirm-returns"],
    help,
    mostDeletes: Number(values["max-deletes"]),
    pages: Number(values.pages),
    feeds: Number(values.feeds),
  };
}

async function answerVerb(
  verb: Verb,
  site: Pick<ReleasedSite, "account" | "config" | "settings" | "options">,
): VerbResult {
  const namespace = await openDeployedNamespace(site.account, site.config);
  if (!namespace.ok) return namespace;
  const live = await readLiveSite(site.account, site.config.name);
  if (!live.ok) return live;
  const now = Math.floor(Date.now() / MILLISECONDS_PER_SECOND);
  return verb.run({
    ...site,
    root: ROOT,
    namespace: namespace.value,
    live: live.value,
    wrangler: INTERRUPTION.holdFor(runWrangler),
    now,
  });
}
