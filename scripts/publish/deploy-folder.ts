import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { join } from "node:path";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { AskElsewhere, BundledSite } from "../bundle/bundled-site.ts";
import { bundleSite } from "../bundle/bundle-site.ts";
import { layOutSite } from "../bundle/lay-out-site.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import type { Account, SignInFailure } from "../cloudflare/sign-in.ts";
import { signIn } from "../cloudflare/sign-in.ts";
import { readAccountSubdomain } from "../cloudflare/worker-addresses.ts";
import type { Project } from "../config/read-project.ts";
import { readProject } from "../config/read-project.ts";
import type { WorkerConfig } from "../config/worker-config.ts";
import { formatDiagnostic } from "../diagnostics/diagnostic.ts";
import { formatDiagnostics } from "../diagnostics/format-diagnostics.ts";
import { withCache } from "../read/cache/with-cache.ts";
import { lacksSource, missingSources } from "../read/files/source-folder.ts";
import { describeScheduled } from "../read/scheduled.ts";
import { appendRemoved, removedLine } from "../removed/append-removed.ts";
import { isThemeWrong } from "../look/read-theme.ts";
import { REMOVED_FILE, isRemovedUnreadable } from "../removed/read-removed.ts";
import { counted } from "../terminal/counted.ts";
import type { Interruption } from "../terminal/interruption.ts";
import { describeAnswer } from "../terminal/fetch-answer.ts";
import type { IO } from "../terminal/io.ts";
import { withLock } from "../terminal/with-lock.ts";
import type { AbsentFiles } from "../read/git/absent-files.ts";
import { announce, awaitRelease } from "./announce.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { DeployedRelease } from "./deploy-site.ts";
import { deploySite } from "./deploy-site.ts";
import { removalsOf, unconfirmedLinks } from "./broken-links.ts";
import { BodyLost } from "./live-bodies.ts";
import type { LiveRecord } from "./live-index.ts";
import { createLiveIndex, readLiveRecord } from "./live-index.ts";
import type { LiveSite } from "./live-site.ts";
import { describeMissingSecret } from "./hook-secret.ts";
import { planNamespacePrune, pruneNamespace } from "./prune-namespace.ts";
import { orCheckoutFailed, prepareSparse } from "./prepare-sparse.ts";
import { isOnWorkersDev, namesHost } from "./site-triggers.ts";
import { stageWorker } from "./stage-worker.ts";
import { tellSearchEngines } from "./tell-search-engines.ts";

export interface DeployOptions extends Pick<
  DeployInput,
  "kind" | "isDryRun" | "mayReplace" | "mayReturn" | "mayRename"
> {
  /** Whether articles and addresses that vanish are written into `removed.txt`. */
  readonly confirmsRemovals: boolean;
  /** Values that this run may write; null for the number in the settings. */
  readonly mostWrites: number | null;
  /** How many files a site has to have for an index of them to be worth it. */
  readonly leastIndexed: number;
}

/** How many values a deploy prunes at most: the free plan allows 1,000 deletions a day. */
const DELETIONS_PER_DEPLOY = 110;

/**
 * Publishes the articles of a project: looks at the settings, signs in, bundles them, deploys the release, then prunes
 * old ones and tells the hub. Fails with `articles-skipped` if all went well but some articles have errors.
 */
export async function deployFolder(
  root: string,
  options: DeployOptions,
  io: IO,
  interruption: Interruption,
): Step<null> {
  // Documents of the live site name its own address, whatever OFFPRINT_URL says.
  const project = readProject(root, { ...io.environment, OFFPRINT_URL: undefined });
  if (!project.ok) return project;
  const { settings, config, warnings } = project.value;
  if (config.environment !== null) {
    io.say(
      `Environment "${config.environment}": the Worker "${config.name}" for ${settings.site.url}`,
    );
  }
  if (warnings.length > 0) io.warn(warnings.map(formatDiagnostic).join("\n"));
  const absent = await prepareSparse(root, settings, io);
  if (!absent.ok) return absent;
  const missing = missingSources(root, settings.sources);
  if (missing.length > 0) {
    io.warn(missing.map(formatDiagnostic).join("\n"));
    return failed({ reason: "source-missing" });
  }
  const account = await signIn(root, config, io);
  if (isSampleAddress(settings.site.url)) return describeSampleAddress(project.value, account);
  if (!account.ok) return account;
  const input = {
    ...options,
    ...project.value,
    mostWrites: options.mostWrites ?? settings.mostWrites,
    root,
    absent: absent.value,
    account: account.value,
    io,
    interruption,
  };
  const build = join(root, "build");
  // Two deploys of one environment at once would overwrite each other's files.
  return withLock(
    `${deployFolderOf(root, config)}.lock`,
    async () =>
      withCache(join(build, "cache"), io.warn, async (cacheFolder) =>
        deployWithIndex(input, cacheFolder),
      ),
    io.warn,
  );
}

/** The folder of files that a deploy needs, apart for each environment. */
function deployFolderOf(root: string, { environment }: WorkerConfig): string {
  const name = environment === null ? "deploy" : `deploy-${encodeURIComponent(environment)}`;
  return join(root, "build", name);
}

/** Whether an address is the sample's, whose kind nobody can own (RFC 2606, section 2). */
function isSampleAddress(url: string): boolean {
  return new URL(url).hostname.endsWith(".example");
}

/** Fails with the address that the account has for a Worker without a domain, if there is a login to ask for it. */
async function describeSampleAddress(
  { settings: { site }, config }: Project,
  account: Result<Account, SignInFailure>,
): Step<never> {
  const sample = { reason: "sample-address", url: site.url } as const;
  if (!account.ok) return failed({ ...sample, advised: null, isSignedIn: false });
  const advised = await readGivenAddress(account.value, config);
  return failed({ ...sample, advised, isSignedIn: true });
}

/** The address that Cloudflare gives a Worker on workers.dev; null if the account has no name there, or the login may not ask. */
async function readGivenAddress(account: Account, { name }: WorkerConfig): Promise<string | null> {
  const answer = await readAccountSubdomain(account);
  const subdomain = answer.ok ? answer.value : null;
  return subdomain === null ? null : `https://${name}.${subdomain}.workers.dev`;
}

interface FolderInput
  extends
    Omit<DeployInput, "site" | "worker" | "liveIndex">,
    Pick<DeployOptions, "confirmsRemovals" | "leastIndexed"> {
  readonly absent: AbsentFiles;
}

/** Deploys by the live release's index where that is there; without it where KV lacks a text that the index counts on. */
async function deployWithIndex(input: FolderInput, cacheFolder: string | null): Step<null> {
  const { account, config, leastIndexed: leastFiles, io } = input;
  const readLive = async (): Promise<LiveRecord | null> => readLiveRecord(account, config);
  const liveIndex = createLiveIndex({ readLive, leastFiles, io });
  const deploy = async (ask: AskElsewhere): Step<null> =>
    orCheckoutFailed(async () => deployArticles({ ...input, liveIndex }, cacheFolder, ask));
  try {
    return await deploy(liveIndex.ask);
  } catch (error) {
    if (!(error instanceof BodyLost)) throw error;
    io.say(`${error.message}: reading every article`);
    return deploy(async () => null);
  }
}

async function deployArticles(
  input: FolderInput & Pick<DeployInput, "liveIndex">,
  cacheFolder: string | null,
  askElsewhere: AskElsewhere,
): Step<null> {
  const { root, settings, config, isDryRun, absent, io, interruption } = input;
  const bundled = {
    root,
    settings,
    assets: join(deployFolderOf(root, config), "assets"),
    cacheFolder,
    ignoresCache: false,
    askElsewhere,
    absent,
    io,
  };
  let site = await bundleSite(bundled);
  let outcome = await deployBundled(input, site);
  if (input.confirmsRemovals && !outcome.ok && outcome.failure.reason === "links-break") {
    const { links, added, renamed, erring } = outcome.failure;
    const unconfirmed = unconfirmedLinks(links, erring);
    if (unconfirmed !== null) {
      return failed({ reason: "removals-unconfirmed", links: unconfirmed, added, renamed, erring });
    }
    const removals = removalsOf(links);
    const count = `${counted(links.articles.length, "article")} and ${counted(links.addresses.length, "old address", "old addresses")}`;
    if (isDryRun) {
      io.say(removals.map(removedLine).join("\n"));
      io.say(`Nothing was done, as --dry-run says: ${count} would go into ${REMOVED_FILE}`);
      return ok(null);
    }
    await appendRemoved(join(root, REMOVED_FILE), removals);
    io.say(`Wrote ${count} into ${REMOVED_FILE}; commit it`);
    const { read } = await site.sources();
    ({ site } = await layOutSite(read, bundled));
    outcome = await deployBundled(input, site);
  }
  if (!outcome.ok) return outcome;
  if (interruption.exitCode !== null) {
    if (outcome.value?.isNew === true) {
      io.say(
        "Broken off after the switch: no hub was told, and nothing pruned; the next deploy that has something new does both",
      );
    }
    return outcome.value?.reach ?? ok(null);
  }
  if (outcome.value !== null) {
    const followed = await followUp(outcome.value, input);
    if (!followed.ok) return followed;
  }
  const errors = site.diagnostics.filter(({ level }) => level === "error").length;
  return errors === 0 ? ok(null) : failed({ reason: "articles-skipped", errors });
}

/** Deploys what was bundled, unless a source folder is missing, or `theme.css` or `removed.txt` cannot be read. */
async function deployBundled(
  input: Omit<DeployInput, "site" | "worker">,
  site: BundledSite,
): Step<DeployedRelease | null> {
  const { root, config, io } = input;
  const { diagnostics } = site;
  if (diagnostics.length > 0) io.warn(formatDiagnostics(diagnostics));
  const scheduled = describeScheduled(site.skipped, input.settings.publishHook);
  if (scheduled !== null) io.say(scheduled);
  if (lacksSource(diagnostics)) return failed({ reason: "source-missing" });
  if (isThemeWrong(diagnostics)) return failed({ reason: "theme-wrong" });
  // A withdrawn article must not come back because of a typing error in its line.
  if (isRemovedUnreadable(diagnostics)) return failed({ reason: "removed-unreadable" });
  const worker = await stageWorker(deployFolderOf(root, config), input);
  return deploySite({ ...input, site, worker });
}

/** Prunes old releases, waits until the site shows the release, and tells the hub of a new one. */
async function followUp(
  { isNew, previous, articles, next, live, namespace, reach }: DeployedRelease,
  input: FolderInput,
): Step<null> {
  const { account, config, io } = input;
  const { keptReleases } = input.settings;
  // Pruning comes first, while it is known what is live; what was live before stays for a day and a half.
  if (isNew && live !== null) await prune(namespace, config.name, live, keptReleases, io);
  if (!reach.ok) return reach;
  const lacking = await describeMissingSecret(account, input);
  if (lacking !== null) io.warn(lacking);
  const { url } = next.site;
  const shown = await awaitRelease(url, next.release, io);
  if (!shown.ok) {
    const { hostname } = new URL(url);
    const isNamed = namesHost(config.triggers, hostname);
    const given = isOnWorkersDev(hostname) ? await readGivenAddress(account, config) : null;
    const own = given === url ? null : given;
    const { status } = shown.failure;
    const said = describeAnswer(shown.failure);
    const { release } = next;
    return failed({ reason: "site-unseen", release, url, status, said, isNamed, own });
  }
  if (!isNew) return ok(null);
  await announce(previous, next, io);
  await tellSearchEngines(articles, next.site, input.settings, io);
  return ok(null);
}

/** Prunes old releases. The new one stays live whatever happens here, so failures are warnings. */
async function prune(
  namespace: KvNamespace,
  worker: string,
  live: LiveSite,
  keptReleases: number,
  io: IO,
): Promise<void> {
  const now = Math.floor(io.now() / MILLISECONDS_PER_SECOND);
  const plan = await planNamespacePrune(namespace, worker, { live, now, keptReleases });
  const pruned = plan.ok
    ? await pruneNamespace(namespace, plan.value, DELETIONS_PER_DEPLOY, now)
    : plan;
  if (!pruned.ok) {
    const { failure } = pruned;
    const why =
      "request" in failure
        ? `${failure.request}: ${failure.detail}`
        : "release" in failure
          ? `the release "${failure.release}" in KV cannot be read (${failure.reason})`
          : `the Worker "${failure.other}" has releases there too`;
    io.warn(`The new release is live, but nothing was pruned; the next deploy does: ${why}`);
  } else if (pruned.value.deleted > 0) {
    io.say(
      `Pruned ${counted(pruned.value.deleted, "value")} that no release needs, ${pruned.value.left} to go`,
    );
  }
}
