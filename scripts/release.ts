/** `npm run release`: what was deployed, what differs, back to an earlier release, and cleaning up. */
import { MILLISECONDS_PER_SECOND } from "../src/domain/moment.ts";
import { join } from "node:path";
import { Interruption } from "./terminal/interruption.ts";
import { runWrangler } from "./cloudflare/run-wrangler.ts";
import { signIn } from "./cloudflare/sign-in.ts";
import { REAL_IO } from "./terminal/io.ts";
import { flag, wholeNumber } from "./terminal/options.ts";
import { describeFailure } from "./publish/describe-failure.ts";
import { EXIT, EXIT_CODES_HELP, exitCodeOf } from "./publish/exit-codes.ts";
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
const INTERRUPTION = new Interruption();

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

// Known before the options are: what is wrong with them is told to programs too.
const isForPrograms = process.argv.includes("--json");

function complain(error: string): void {
  if (isForPrograms) console.log(JSON.stringify({ error }, null, 2));
  else console.error(error);
}

function fail(error: string, exitCode: number): number {
  complain(error);
  return exitCode;
}

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
    },
    allowPositionals: true,
    complain,
    run: async (options, [verb = "", ...names]) =>
      runRelease(verb, {
        names,
        yes: options.yes,
        mayReturn: options["confirm-returns"],
        mostDeletes: options["max-deletes"],
        pages: options.pages,
        feeds: options.feeds,
      }),
  },
  releasesLast(process.argv.slice(2)),
);

/** A release may begin with a hyphen, and is no option for that. */
function releasesLast(args: readonly string[]): readonly string[] {
  const isRelease = (arg: string): boolean => /^[\w-]{22}$/.test(arg);
  return [...args.filter((arg) => !isRelease(arg)), "--", ...args.filter(isRelease)];
}

async function runRelease(name: string, options: ReleaseOptions): Promise<number> {
  const refuse = (message: string): number => fail(message, EXIT.usage);
  const verb = VERBS.get(name);
  if (verb === undefined) {
    const what = name === "" ? "No verb is given" : `There is no verb "${name}"`;
    return refuse(`${what}; write one of ${[...VERBS.keys()].join(", ")}`);
  }
  if (options.names.length > verb.mostNames) {
    const superfluous = options.names.slice(verb.mostNames).map((word) => `"${word}"`);
    return refuse(`release ${name} takes no ${superfluous.join(", ")}`);
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
  console.log(isForPrograms ? JSON.stringify(answer.value.json, null, 2) : answer.value.text);
  return answer.value.exitCode;
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
