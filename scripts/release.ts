/** `npm run release`: what was deployed, what differs, back to an earlier release, and cleaning up. */
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { ArticleHeader } from "../src/domain/article.ts";
import { sharePath } from "../src/domain/links.ts";
import type { Result } from "../src/domain/result.ts";
import { failed, ok } from "../src/domain/result.ts";
import { scopeKey } from "../src/domain/scope.ts";
import type { ShareId } from "../src/domain/share-id.ts";
import type { Directory } from "../src/store/directory.ts";
import { Pack } from "../src/store/pack.ts";
import { ReleaseStore } from "../src/store/release-store.ts";
import { ValueCache } from "../src/store/value-cache.ts";
import type { KvNamespace } from "./lib/cloudflare/kv-namespace.ts";
import { Interruption } from "./lib/cloudflare/interruption.ts";
import { runWrangler } from "./lib/cloudflare/run-wrangler.ts";
import type { Account } from "./lib/cloudflare/sign-in.ts";
import { signIn } from "./lib/cloudflare/sign-in.ts";
import { REAL_WORLD } from "./lib/cloudflare/world.ts";
import { describeTrouble } from "./lib/machine-trouble.ts";
import { awaitSwitch } from "./lib/publish/await-switch.ts";
import { compareReleases, packsOf } from "./lib/publish/compare-releases.ts";
import { counted } from "./lib/publish/counted.ts";
import type { PublishFailure } from "./lib/publish/describe-failure.ts";
import { UNCHANGED, UNKNOWN, describeFailure } from "./lib/publish/describe-failure.ts";
import { EXIT, EXIT_CODES_HELP, exitCodeOf } from "./lib/publish/exit-codes.ts";
import { joinNumbers } from "./lib/publish/join-numbers.ts";
import { kvValues } from "./lib/publish/kv-values.ts";
import { describeArticle } from "./lib/publish/link-guard.ts";
import type { LiveSite } from "./lib/publish/live-site.ts";
import {
  HELD_MESSAGE,
  RESUMED_MESSAGE,
  codeOf,
  deployedVersions,
  readLiveSite,
  releaseOf,
} from "./lib/publish/live-site.ts";
import { neededKeys } from "./lib/publish/needed-keys.ts";
import { openDeployedNamespace } from "./lib/publish/open-site.ts";
import { keptReleases } from "./lib/publish/plan-prune.ts";
import { planNamespacePrune, pruneNamespace } from "./lib/publish/prune-namespace.ts";
import { readProject } from "./lib/publish/read-project.ts";
import type { ReleaseRecord } from "./lib/publish/release-record.ts";
import { readRecord, recordsAmong } from "./lib/publish/release-record.ts";
import { returningArticles } from "./lib/publish/returning-articles.ts";
import type { NoTarget } from "./lib/publish/rollback-target.ts";
import { findRollbackTarget } from "./lib/publish/rollback-target.ts";
import type { WorkerConfig } from "./lib/publish/stage-worker.ts";
import { verifySite } from "./lib/publish/verify-site.ts";
import { runCommand } from "./lib/run-command.ts";
import type { Settings } from "./lib/settings.ts";

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
const RELEASE_LENGTH = 22;
/** Enough to tell one from the other. */
const CODE_SHOWN = 7;
const MILLISECONDS_PER_SECOND = 1000;
const PACK_CACHE_BYTES = 64 * 1024 * 1024;

/** Everything that a verb needs. */
interface Site {
  readonly account: Account;
  readonly config: WorkerConfig;
  readonly settings: Settings;
  readonly namespace: KvNamespace;
  readonly live: LiveSite;
  readonly options: Options;
  /** Seconds since 1970. */
  readonly now: number;
}

/** What a verb answers: for programs, for people, and whether it is well. */
interface Answer {
  readonly json: unknown;
  readonly text: string;
  readonly exitCode: number;
}

interface Verb {
  readonly run: (site: Site) => Promise<Result<Answer, PublishFailure>>;
  /** How many releases may be named. */
  readonly mostNames: number;
}

const VERBS: ReadonlyMap<string, Verb> = new Map([
  ["list", { run: list, mostNames: 0 }],
  ["diff", { run: diff, mostNames: 2 }],
  ["rollback", { run: rollback, mostNames: 1 }],
  ["resume", { run: resume, mostNames: 0 }],
  ["prune", { run: prune, mostNames: 0 }],
  ["verify", { run: verify, mostNames: 1 }],
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
  const account = await signIn(ROOT, process.env, accountId, REAL_WORLD);
  if (!account.ok) return refuse(describeFailure(account.failure));
  const answer = await answerVerb(verb, { ...project.value, account: account.value, options });
  if (!answer.ok) {
    const exitCode = INTERRUPTION.exitCode ?? exitCodeOf(answer.failure);
    return fail(describeFailure(answer.failure), exitCode);
  }
  console.log(options.json ? JSON.stringify(answer.value.json, null, 2) : answer.value.text);
  return answer.value.exitCode;
}

interface Options {
  readonly verb: string;
  readonly names: readonly string[];
  readonly json: boolean;
  readonly yes: boolean;
  readonly mayReturn: boolean;
  readonly help: boolean;
  readonly mostDeletes: number;
  readonly pages: number;
  readonly feeds: number;
}

/** A text where something is wrong with them. */
function readOptions(given: readonly string[]): Options | string {
  const args = joinNumbers(given);
  try {
    const { values, positionals } = parseArgs({
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
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function answerVerb(
  verb: Verb,
  site: Pick<Site, "account" | "config" | "settings" | "options">,
): Promise<Result<Answer, PublishFailure>> {
  const namespace = await openDeployedNamespace(site.account, site.config);
  if (!namespace.ok) return namespace;
  const live = await readLiveSite(site.account, site.config.name);
  if (!live.ok) return live;
  const now = Math.floor(Date.now() / MILLISECONDS_PER_SECOND);
  return verb.run({ ...site, namespace: namespace.value, live: live.value, now });
}

function done(json: unknown, text: string, exitCode = 0): Result<Answer, never> {
  return ok({ json, text, exitCode });
}

/** Nothing was done, and why. */
function declined(why: string): Result<Answer, never> {
  return done({ error: why }, why, EXIT.failed);
}

async function list({
  namespace,
  live,
  settings,
  now,
}: Site): Promise<Result<Answer, PublishFailure>> {
  const keys = await namespace.list("r/");
  if (!keys.ok) return keys;
  const records = recordsAmong(keys.value, now);
  const kept = keptReleases({ live, now, keptReleases: settings.keptReleases }, records);
  const rows = records.map((record) => ({
    ...record,
    claimedAt: new Date(record.claimedAt * MILLISECONDS_PER_SECOND).toISOString(),
    isLive: record.release === live.release,
    canBeRolledBackTo: findRollbackTarget(live, record.release).ok,
    stays: kept.get(record.release) ?? null,
  }));
  const lines = rows.map(
    ({ release, claimedAt, kind, articles, isLive, canBeRolledBackTo, stays }) =>
      [
        isLive ? "*" : " ",
        release,
        claimedAt,
        kind.padEnd("preview".length),
        counted(articles, "article"),
        isLive ? "" : canBeRolledBackTo ? "" : whyNoTarget(kind),
        stays === null ? "can be pruned" : "",
      ]
        .join("  ")
        .trimEnd(),
  );
  const deployments = deployedVersions(live).map((version, index) => {
    const deployment = live.deployments[index];
    return {
      version: deployment?.versionIds[0] ?? null,
      release: version === null ? null : releaseOf(version),
      code: version === null ? null : codeOf(version),
      createdOn: deployment?.createdOn ?? null,
      message: deployment?.message ?? null,
      isLive: index === 0,
    };
  });
  const deploymentLines = deployments.map((deployment) =>
    [
      deployment.isLive ? "*" : " ",
      (deployment.release ?? "not by Offprint").padEnd(RELEASE_LENGTH),
      deployment.createdOn ?? "",
      `code ${deployment.code?.slice(0, CODE_SHOWN) ?? "unknown"}`,
      `version ${deployment.version ?? "unknown"}`,
      [HELD_MESSAGE, RESUMED_MESSAGE].includes(deployment.message ?? "") ? deployment.message : "",
    ]
      .join("  ")
      .trimEnd(),
  );
  const text = [
    ...(rows.length === 0
      ? ["KV has no release yet"]
      : ["Releases in KV, newest first:", ...lines]),
    ...(deploymentLines.length === 0
      ? []
      : [
          "Deployments, the latest first; rollback takes a release or a version:",
          ...deploymentLines,
        ]),
    ...(live.isHeld ? ["Deploys are held after a rollback: npm run release -- resume"] : []),
  ];
  return done({ releases: rows, deployments, isHeld: live.isHeld }, text.join("\n"));
}

function whyNoTarget(kind: ReleaseRecord["kind"]): string {
  return kind === "preview" ? "never live" : "no Worker version (unfinished, or too old)";
}

async function diff({ namespace, live, options }: Site): Promise<Result<Answer, PublishFailure>> {
  const [one, two] = options.names;
  const after = two ?? live.release;
  const before = one ?? liveBefore(live);
  if (before === null || after === null) return declined("There are no two releases to compare");
  const old = await readRecord(namespace, before);
  if (!old.ok) return old;
  const young = await readRecord(namespace, after);
  if (!young.ok) return young;
  const read = packsOf(namespace);
  const changes = await compareReleases(old.value, young.value, read, read);
  if (!changes.ok) return changes;
  const { added, changed, removed, feedsChanged, categoriesRemoved, noLongerWithdrawn } =
    changes.value;
  const named = (articles: readonly ArticleHeader[]) =>
    articles.map(({ id, title }) => ({ path: sharePath(id), title }));
  const json = {
    before,
    after,
    added: named(added),
    changed: named(changed),
    removed: named(removed),
    noLongerWithdrawn,
    feedsChanged: feedsChanged.map(scopeKey),
    categoriesRemoved: categoriesRemoved.map(({ name }) => name),
  };
  const part = (title: string, articles: readonly ArticleHeader[]): readonly string[] =>
    articles.length === 0
      ? []
      : [`${title}:`, ...articles.map((article) => `  ${describeArticle(article)}`)];
  const lines = [
    `${before} -> ${after}`,
    ...part("added", added),
    ...part("changed", changed),
    ...part("removed", removed),
    ...(noLongerWithdrawn.length === 0
      ? []
      : ["no longer withdrawn:", ...noLongerWithdrawn.map((path) => `  ${path}`)]),
    `${added.length} added, ${changed.length} changed, ${removed.length} removed; ${counted(feedsChanged.length, "feed")} changed`,
  ];
  return done(json, lines.join("\n"));
}

async function rollback(site: Site): Promise<Result<Answer, PublishFailure>> {
  const { namespace, live, options, config } = site;
  const target = findRollbackTarget(live, options.names[0] ?? null);
  if (!target.ok) return declined(describeNoTarget(target.failure));
  const { id: versionId } = target.value;
  const release = releaseOf(target.value) ?? "";
  const directory = await readRecord(namespace, release);
  if (!directory.ok) return directory;
  const missing = await missingValues(namespace, directory.value);
  if (!missing.ok) return missing;
  if (missing.value.length > 0) {
    return declined(
      `Not rolled back: KV has lost ${counted(missing.value.length, "value")} of release "${release}", such as "${missing.value[0] ?? ""}"`,
    );
  }
  if (live.release !== null && live.release !== release && !options.mayReturn) {
    const returning = await returningSince(live.release, directory.value, namespace);
    if (!returning.ok) {
      return declined(
        `Not rolled back: ${describeFailure(returning.failure)}. So nobody can say whether articles that were withdrawn would be read again; --confirm-returns rolls back all the same`,
      );
    }
    if (returning.value.length > 0) return declinedReturn(release, returning.value);
  }
  const command = [
    "rollback",
    versionId,
    "--yes",
    "--name",
    config.name,
    "--message",
    HELD_MESSAGE,
  ];
  const switched = await runSwitch(site, "rollback", command, ({ version, isHeld }) => {
    return version?.id === versionId && isHeld;
  });
  if (!switched.ok) return switched;
  const isSame = release === live.release;
  const what = isSame
    ? `The code before is live (version ${versionId}), with the same release ${release}`
    : `Release ${release} is live, with ${counted(directory.value.articleCount, "article")} (npm run release -- diff says what it changed)`;
  return done(
    { release, version: versionId, before: live.release, isHeld: true },
    `${what}. Deploys are held, so that the next one does not undo this; when all is well: npm run release -- resume`,
  );
}

async function returningSince(
  liveRelease: string,
  target: Directory,
  namespace: KvNamespace,
): Promise<Result<readonly ArticleHeader[], PublishFailure>> {
  const now = await readRecord(namespace, liveRelease);
  if (!now.ok) return now;
  const read = packsOf(namespace);
  const changes = await compareReleases(now.value, target, read, read);
  return changes.ok ? ok(returningArticles(changes.value)) : changes;
}

function declinedReturn(
  release: string,
  returning: readonly ArticleHeader[],
): Result<Answer, never> {
  const why = [
    `Not rolled back: release "${release}" is from before ${returning.length === 1 ? "this article was" : "these articles were"} withdrawn, and shows ${returning.length === 1 ? "it" : "them"} again:`,
    ...returning.map((article) => `  ${describeArticle(article)}`),
    "Roll back to a release since then (npm run release -- list), or mend what is live and deploy; if they may be read again: --confirm-returns",
  ].join("\n");
  return done({ error: why }, why, EXIT.linksBreak);
}

function describeNoTarget(failure: NoTarget): string {
  switch (failure.reason) {
    case "nothing-before":
      return "There is no deployment before the live one";
    case "live-already":
      return `"${failure.name}" is live already; npm run release -- list shows what was live before`;
    case "only-previewed":
      return `Cannot roll back to "${failure.name}": it was a preview, and never live; npm run deploy brings out what is in the folder`;
    case "no-version":
      return `Cannot roll back to "${failure.name}": no version of the Worker carries it (its deploy never ended, or it is older than the 100 versions that Cloudflare keeps, or there is no such release); npm run release -- list shows what there is`;
  }
}

async function resume(site: Site): Promise<Result<Answer, PublishFailure>> {
  const { live, config } = site;
  const [serving] = live.deployments;
  if (!live.isHeld || serving === undefined) {
    return done({ isHeld: false }, "Deploys are not held");
  }
  const [versionId = ""] = serving.versionIds;
  const command = [
    "versions",
    "deploy",
    `${versionId}@100%`,
    "--yes",
    "--name",
    config.name,
    "--message",
    RESUMED_MESSAGE,
  ];
  const switched = await runSwitch(site, "versions deploy", command, ({ isHeld }) => !isHeld);
  if (!switched.ok) return switched;
  return done({ isHeld: false }, "Deploys may go on; the live release is as it was");
}

/** Runs wrangler, whose exit code is also 0 where a signal ended it: what is live says whether it did what it was asked. */
async function runSwitch(
  { account, config }: Site,
  name: string,
  command: readonly string[],
  isSwitched: (live: LiveSite) => boolean,
): Promise<Result<null, PublishFailure>> {
  const run = await INTERRUPTION.holdFor(runWrangler)(command, ROOT, account.environment);
  const live = await awaitSwitch({ account, worker: config.name }, isSwitched, REAL_WORLD);
  if (live !== null && live !== "unknown") return ok(null);
  const state = live === null ? UNCHANGED : UNKNOWN;
  return failed({ reason: "wrangler-failed", command: name, output: run.output, state });
}

async function prune({
  namespace,
  live,
  settings,
  options,
  now,
}: Site): Promise<Result<Answer, PublishFailure>> {
  const keys = await namespace.list("");
  if (!keys.ok) return keys;
  const plan = await planNamespacePrune(namespace, {
    keys: keys.value,
    live,
    now,
    keptReleases: settings.keptReleases,
  });
  if (!plan.ok) return plan;
  const { kept, records, values } = plan.value;
  const summary = `Releases that stay: ${kept.size} (live, of the last 48 hours, or among the newest ${settings.keptReleases}); that can go: ${records.length}, with ${counted(values.length, "value")} of ${keys.value.length}`;
  if (!options.yes) {
    const json = { kept: Object.fromEntries(kept), records, values: values.length, deleted: 0 };
    return done(json, `${summary}\nNothing was deleted; --yes deletes`);
  }
  const pruned = await pruneNamespace(namespace, plan.value, options.mostDeletes, now);
  if (!pruned.ok) return pruned;
  const { deleted, left, wasInterrupted } = pruned.value;
  const why = wasInterrupted ? " (somebody began to deploy)" : "";
  return done(
    { kept: Object.fromEntries(kept), records, values: values.length, ...pruned.value },
    `${summary}\nDeleted ${deleted}, ${left} left${why}`,
  );
}

async function verify({ namespace, live, options }: Site): Promise<Result<Answer, PublishFailure>> {
  const release = options.names[0] ?? live.release;
  if (release === null) return declined("Offprint has deployed nothing that could be verified");
  const directory = await readRecord(namespace, release);
  if (!directory.ok) return directory;
  const store = new ReleaseStore(
    directory.value,
    kvValues(namespace),
    new ValueCache<Pack>(PACK_CACHE_BYTES),
  );
  const missing = await missingValues(namespace, directory.value);
  if (!missing.ok) return missing;
  const ids = await someIds(namespace, directory.value, options.pages);
  const report = await verifySite(
    store,
    ids,
    { scopes: options.feeds, pages: options.pages },
    REAL_WORLD,
  );
  const differences = [...missing.value.map((key) => `KV lacks "${key}"`), ...report.differences];
  const looked = `Looked at ${counted(report.feeds, "feed")} and ${counted(report.pages, "page")} of ${directory.value.site.url}, and for all values in KV`;
  const text =
    differences.length === 0
      ? `${looked}: all is as release ${release} has it`
      : [
          `${looked}: ${counted(differences.length, "difference")}`,
          ...differences.map((line) => `  ${line}`),
        ].join("\n");
  return done(
    { release, ...report, differences },
    text,
    differences.length === 0 ? 0 : EXIT.failed,
  );
}

/** Share ids out of a few packs, enough to choose from. */
async function someIds(
  namespace: KvNamespace,
  directory: Directory,
  count: number,
): Promise<readonly ShareId[]> {
  const packs = directory.packs("articles");
  const ids: ShareId[] = [];
  const step = Math.max(1, Math.floor(packs.length / Math.max(1, count)));
  for (let index = packs.length - 1; index >= 0 && ids.length < count * 50; index -= step) {
    const hash = packs[index]?.hash;
    if (hash === undefined) break;
    const value = await packsOf(namespace)(hash);
    if (!value.ok || value.value === null) continue;
    const pack = Pack.open(value.value, hash);
    if (!pack.ok) continue;
    for (let row = 0; row < pack.value.keys.count; row += 1) {
      ids.push(new TextDecoder().decode(pack.value.keys.key(row)) as ShareId);
    }
  }
  return ids;
}

/** The values of a release that KV lacks; what the list does not show is read. */
async function missingValues(
  namespace: KvNamespace,
  directory: Directory,
): Promise<Result<readonly string[], PublishFailure>> {
  const keys = await namespace.list("");
  if (!keys.ok) return keys;
  const present = new Set(keys.value.map(({ name }) => name));
  const missing: string[] = [];
  for (const key of neededKeys(directory)) {
    if (present.has(key)) continue;
    const value = await namespace.get(key);
    if (!value.ok) return value;
    if (value.value === null) missing.push(key);
  }
  return ok(missing);
}

/** The release that was live before the one that is. */
function liveBefore(live: LiveSite): string | null {
  const releases = deployedVersions(live).map((version) =>
    version === null ? null : releaseOf(version),
  );
  return releases.find((release) => release !== null && release !== live.release) ?? null;
}
