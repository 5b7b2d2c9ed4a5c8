/** `npm run deploy`: bundles the articles, uploads what KV lacks, and switches the Worker to the new release. */
import { MILLISECONDS_PER_SECOND } from "../src/domain/moment.ts";
import { join } from "node:path";
import * as v from "valibot";
import type { ShareId } from "../src/domain/share-id.ts";
import type { BundleInput } from "./bundle/bundle-site.ts";
import { bundleSite } from "./bundle/bundle-site.ts";
import { Interruption } from "./terminal/interruption.ts";
import { runWrangler } from "./cloudflare/run-wrangler.ts";
import type { Account } from "./cloudflare/sign-in.ts";
import { signIn } from "./cloudflare/sign-in.ts";
import { REAL_IO } from "./terminal/io.ts";
import { formatDiagnostic, hasError } from "./diagnostics/diagnostic.ts";
import { lacksSource } from "./read/files/find-articles.ts";
import { flag, wholeNumber } from "./terminal/options.ts";
import { createProgress } from "./terminal/progress.ts";
import { awaitRelease, tellHub } from "./publish/announce.ts";
import { counted } from "./terminal/counted.ts";
import { changedTopics } from "./publish/changed-topics.ts";
import type { DeployInput } from "./publish/deploy-input.ts";
import type { DeployOutcome } from "./publish/deploy-site.ts";
import { deploySite } from "./publish/deploy-site.ts";
import { describeFailure } from "./publish/describe-failure.ts";
import { EXIT, EXIT_CODES_HELP, exitCodeOf } from "./publish/exit-codes.ts";
import { findErringArticles } from "./publish/erring-articles.ts";
import { confirmRemovals, describeBrokenLinks, describeRemovals } from "./publish/link-guard.ts";
import { readLiveSite } from "./publish/live-site.ts";
import { planNamespacePrune, pruneNamespace } from "./publish/prune-namespace.ts";
import { readProject } from "./config/read-project.ts";
import type { WorkerConfig } from "./config/worker-config.ts";
import { stageWorker } from "./publish/stage-worker.ts";
import { REMOVED_FILE } from "./removed/read-removed.ts";
import { withCache } from "./read/cache/with-cache.ts";
import { runCommand } from "./terminal/run-command.ts";
import { describeScheduled } from "./read/scheduled.ts";
import type { Settings } from "./config/settings.ts";
import { withLock } from "./terminal/with-lock.ts";

const USAGE = `Usage: npm run deploy -- [options]

Publishes the articles named in wrangler.toml: checks them, uploads what KV lacks, and switches the Worker. Until the
switch nothing changes for readers; broken off at any point, the next run goes on.

  --dry-run            say what would be done, and do nothing
  --preview            put the release on an address of its own; the site stays as it is
  --confirm-removals   articles that vanish are meant to: write them into ${REMOVED_FILE}, so that they answer 410
  --confirm-returns    withdrawn articles whose line in ${REMOVED_FILE} is gone are meant to be read again
  --max-writes n       values that this run may write to KV, instead of the setting writes_per_deploy
  --replace            replace the Worker though nobody can say what it serves: one that Offprint did not deploy
  --help               this text

${EXIT_CODES_HELP}

Environment
  CLOUDFLARE_API_TOKEN, CLOUDFLARE_ACCOUNT_ID   instead of npx wrangler login
  OFFPRINT_SOURCES                              source folders, with commas between, instead of those in wrangler.toml`;

const ROOT = join(import.meta.dirname, "..");
const CONFIG = "wrangler.toml";
const STAGE = join(ROOT, "build/deploy");
const CACHE = join(ROOT, "build/cache");
/** After every deploy, of the 1,000 deletions that the free plan allows in a day. */
const DELETIONS_PER_DEPLOY = 110;

const INTERRUPTION = new Interruption();

const ADVICE_ON_RETURNS = `Put the lines back into ${REMOVED_FILE} (git pull, if somebody else publishes too); or, if the articles are meant to be read again, run npm run deploy -- --confirm-returns.`;

const subdomainSchema = v.looseObject({ subdomain: v.nullish(v.string()) });

await runCommand({
  name: "npm run deploy --",
  usage: USAGE,
  options: {
    "dry-run": flag,
    preview: flag,
    "confirm-removals": flag,
    "confirm-returns": flag,
    "max-writes": wholeNumber(2, 1_000_000, null),
    replace: flag,
  },
  run: main,
});

interface Options {
  readonly "dry-run": boolean;
  readonly preview: boolean;
  readonly "confirm-removals": boolean;
  readonly "confirm-returns": boolean;
  readonly "max-writes": number | null;
  readonly replace: boolean;
}

async function main(options: Options): Promise<number> {
  const project = readProject(ROOT, { OFFPRINT_SOURCES: process.env["OFFPRINT_SOURCES"] });
  if (!project.ok) return refuse(project.failure);
  const { settings, config } = project.value;
  const mostWrites = options["max-writes"] ?? settings.mostWrites;
  INTERRUPTION.listen((line) => {
    console.error(line);
  }, "Broken off: unless a line above says that the release is live, readers see the site as it was. The same command goes on where this one was");
  const account = await signIn(ROOT, process.env, config.accountId, REAL_IO);
  if (!account.ok) {
    console.error(describeFailure(account.failure));
    return exitCodeOf(account.failure);
  }
  if (isSample(settings)) return refuse(await adviseUrl(settings, config, account.value));
  // Two at once in one folder would stage over each other.
  return withLock(join(ROOT, "build/deploy.lock"), async () =>
    withCache(CACHE, REAL_IO.warn, async (cacheFolder) =>
      deploy({
        cacheFolder,
        kind: options.preview ? "preview" : "deploy",
        isDryRun: options["dry-run"],
        mayReplace: options.replace,
        confirmsRemovals: options["confirm-removals"],
        mayReturn: options["confirm-returns"],
        mostWrites,
        account: account.value,
        config,
        settings,
      }),
    ),
  );
}

function refuse(message: string): number {
  console.error(message);
  return EXIT.usage;
}

/** RFC 2606: nobody can have such an address. */
function isSample({ site }: Settings): boolean {
  return new URL(site.url).hostname.endsWith(".example");
}

async function adviseUrl(
  { site }: Settings,
  { name }: WorkerConfig,
  { api, id }: Account,
): Promise<string> {
  const path = `/accounts/${id}/workers/subdomain`;
  const answer = await api.json({ method: "GET", path }, subdomainSchema);
  const subdomain = answer.ok ? (answer.value.result.subdomain ?? "") : "";
  const advice =
    subdomain === ""
      ? ""
      : `; without a domain of your own it is https://${name}.${subdomain}.workers.dev`;
  return `${CONFIG}: The setting "url" is still the sample's "${site.url}"; write the address of your site${advice}`;
}

type DeployOptions = Pick<
  DeployInput,
  | "kind"
  | "isDryRun"
  | "mayReplace"
  | "mayReturn"
  | "mostWrites"
  | "account"
  | "config"
  | "settings"
> &
  Pick<BundleInput, "cacheFolder"> & { readonly confirmsRemovals: boolean };

async function deploy(options: DeployOptions): Promise<number> {
  const { settings, config, cacheFolder } = options;
  const site = await bundleSite({
    root: ROOT,
    settings,
    assets: join(STAGE, "assets"),
    cacheFolder,
    ignoresCache: false,
    now: Math.floor(Date.now() / MILLISECONDS_PER_SECOND),
    startedAt: Date.now(),
    environment: process.env,
    progress: progress("articles read"),
  });
  if (site.diagnostics.length > 0) console.error(site.diagnostics.map(formatDiagnostic).join("\n"));
  const toCome = describeScheduled(site.skipped);
  if (toCome !== null) say(toCome);
  const errors = site.diagnostics.filter((diagnostic) => hasError([diagnostic])).length;
  if (lacksSource(site.diagnostics)) return refuse("Not deployed: a folder of articles is missing");
  // What was withdrawn must not come back because its line has a slip of the pen.
  if (
    site.diagnostics.some(
      (diagnostic) => diagnostic.path === REMOVED_FILE && hasError([diagnostic]),
    )
  ) {
    return refuse(`Not deployed: mend ${REMOVED_FILE} first`);
  }
  const worker = await stageWorker(ROOT, STAGE, config);
  const outcome = await deploySite({
    ...options,
    site,
    worker,
    io: REAL_IO,
    wrangler: INTERRUPTION.holdFor(runWrangler),
    isEnding: () => INTERRUPTION.exitCode !== null,
    say,
    progress,
  });
  if (!outcome.ok) {
    console.error(describeFailure(outcome.failure));
    return INTERRUPTION.exitCode ?? exitCodeOf(outcome.failure);
  }
  if (outcome.value.kind === "links-break") {
    const erring = await findErringArticles(ROOT, settings.sources, site.diagnostics);
    if (!options.confirmsRemovals) return refuseLinks(outcome.value, erring, errors);
    const isWritten = await confirmLinks(outcome.value, erring, options);
    if (typeof isWritten === "number") return isWritten;
    return deploy({ ...options, confirmsRemovals: false });
  }
  return conclude(outcome.value, options, errors);
}

type BreakingLinks = Extract<DeployOutcome, { kind: "links-break" }>;

/** Writes what may go into `removed.txt`; an exit code where the deploy does not go on. */
async function confirmLinks(
  breaking: BreakingLinks,
  erring: ReadonlyMap<ShareId, string>,
  { isDryRun }: DeployOptions,
): Promise<number | null> {
  const { links, added } = breaking;
  const isErring = ({ id }: { readonly id: ShareId }): boolean => erring.has(id);
  // An error is no decision: nobody has said that such an article may go.
  if (links.articles.some(isErring) || links.returning.length > 0) {
    const articles = links.articles.filter(isErring);
    const addresses = links.addresses.filter(
      ({ ledTo }) => ledTo.kind === "article" && isErring(ledTo),
    );
    const unconfirmed = describeBrokenLinks({ ...links, articles, addresses }, added, erring);
    const advice = [
      ...(articles.length > 0
        ? [
            `Mend the errors, or delete the files; ${REMOVED_FILE} by hand names articles that are meant to go though their file is there.`,
          ]
        : []),
      ...(links.returning.length > 0 ? [ADVICE_ON_RETURNS] : []),
    ];
    console.error(
      [
        "Not deployed: --confirm-removals is not about these, and nothing was written.",
        ...unconfirmed,
        ...advice,
      ].join("\n"),
    );
    return EXIT.linksBreak;
  }
  const count = `${counted(links.articles.length, "article")} and ${counted(links.addresses.length, "old address", "old addresses")}`;
  if (isDryRun) {
    say(describeRemovals(links).join("\n"));
    say(`Nothing was done, as --dry-run says: ${count} would go into ${REMOVED_FILE}`);
    return 0;
  }
  await confirmRemovals(join(ROOT, REMOVED_FILE), links);
  say(`Wrote ${count} into ${REMOVED_FILE}; commit it`);
  return null;
}

async function conclude(
  outcome: Exclude<DeployOutcome, BreakingLinks>,
  options: DeployOptions,
  errors: number,
): Promise<number> {
  if (INTERRUPTION.exitCode !== null) {
    if (outcome.kind === "deployed" && options.kind === "deploy") {
      say("Broken off after the switch: no hub was told, and nothing pruned");
    }
    if (outcome.kind === "broken-off") {
      say(
        "Broken off: what somebody else deployed meanwhile is live; the same command plans again",
      );
    }
    return INTERRUPTION.exitCode;
  }
  const left = `${counted(errors, "error")} in articles: those are skipped`;
  switch (outcome.kind) {
    case "nothing-new":
      say(`Nothing to deploy: release ${outcome.release} and its code are live`);
      break;
    case "repaired":
      say(
        options.isDryRun
          ? `KV has lost ${counted(outcome.values, "value")} of the live release ${outcome.release}; nothing was done, as --dry-run says: a deploy uploads them`
          : `Repaired: KV had lost ${counted(outcome.values, "value")} of the live release ${outcome.release}, which are there again; readers see them within a minute. Nothing else to deploy`,
      );
      break;
    case "planned":
      if (outcome.plan.writes > options.mostWrites) {
        say(
          `It takes ${outcome.plan.writes} writes, and one run may make ${options.mostWrites}: the rest follows when you run it again`,
        );
      }
      say("Nothing was done, as --dry-run says");
      break;
    case "deployed":
      if (options.kind === "preview") {
        say(`Look at it: ${outcome.previewUrl ?? "(the Worker has no preview addresses)"}`);
      } else await afterwards(outcome, options);
      break;
    case "budget-spent":
      console.error(
        `Stopped by the write budget: ${counted(outcome.written, "write")}, ${counted(outcome.left, "value")} to go; the live site is as it was, run the same again (on the free plan after 00:00 UTC)`,
      );
      return EXIT.budgetSpent;
    case "held":
      console.error(
        "Not deployed: the live release was rolled back to. When what was wrong is mended, run npm run release -- resume, and deploy again",
      );
      return EXIT.held;
    case "live-unknown":
      console.error(
        `Not deployed: there is a Worker "${options.config.name}" already, and ${outcome.why}. ${outcome.advice}; or replace it with --replace`,
      );
      return EXIT.failed;
    case "broken-off":
      return EXIT.failed;
    case "nothing-live":
      console.error("Cannot make a preview before the first deploy: run npm run deploy");
      return EXIT.failed;
  }
  if (errors === 0) return 0;
  console.error(left);
  return EXIT.articleErrors;
}

function refuseLinks(
  { links, added }: BreakingLinks,
  erring: ReadonlyMap<ShareId, string>,
  errors: number,
): number {
  const hint =
    errors > 0
      ? [`${counted(errors, "error")} in articles, named above: mending may bring some back.`]
      : [];
  const isRemoving = links.articles.length + links.addresses.length > 0;
  const lines = [
    "Not deployed: links would break.",
    ...describeBrokenLinks(links, added, erring),
    ...hint,
    ...(isRemoving
      ? [
          `Put back what is missing (git pull, if somebody else publishes too); or let another article lead there with redirect_from; or, if all this is meant to go, run npm run deploy -- --confirm-removals, which writes it into ${REMOVED_FILE}.`,
        ]
      : []),
    ...(links.returning.length > 0 ? [ADVICE_ON_RETURNS] : []),
  ];
  console.error(lines.join("\n"));
  return EXIT.linksBreak;
}

/** What follows once the release is live; none of it can undo that, so failures are warnings. */
async function afterwards(
  { namespace, previous, next }: Extract<DeployOutcome, { kind: "deployed" }>,
  { account, config, settings }: DeployOptions,
): Promise<void> {
  const { url, hub } = settings.site;
  const unseen = await awaitRelease(url, next.release, REAL_IO);
  if (unseen !== null) {
    console.error(
      `${url} does not show the release yet (${unseen}); is its domain set to the Worker?`,
    );
  }
  const topics = hub === null ? [] : changedTopics(previous, next);
  if (hub !== null && unseen === null && topics.length > 0) {
    say(`Telling ${hub} of ${counted(topics.length, "feed")}, and in a minute again`);
    const failures = await tellHub(topics, hub, REAL_IO);
    for (const { topic, detail } of failures) {
      console.error(`The hub did not take ${topic}: ${detail}`);
    }
    say(`Told it of ${topics.length - failures.length}`);
  }
  const live = await readLiveSite(account, config.name);
  const keys = await namespace.list("");
  if (!live.ok || !keys.ok) return;
  const now = Math.floor(Date.now() / MILLISECONDS_PER_SECOND);
  const plan = await planNamespacePrune(namespace, {
    keys: keys.value,
    live: live.value,
    now,
    keptReleases: settings.keptReleases,
  });
  const pruned = plan.ok
    ? await pruneNamespace(namespace, plan.value, DELETIONS_PER_DEPLOY, now)
    : plan;
  if (!pruned.ok) console.error(`Not pruned: ${describeFailure(pruned.failure)}`);
  else if (pruned.value.deleted > 0) {
    say(
      `Pruned ${counted(pruned.value.deleted, "value")} that no release needs, ${pruned.value.left} to go`,
    );
  }
}

function say(line: string): void {
  console.log(line);
}

function progress(what: string) {
  return createProgress(what, process.stderr, () => performance.now());
}
