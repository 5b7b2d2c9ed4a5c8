import { failed, mapped, ok } from "../../src/domain/result.ts";
import { readAccountSubdomain } from "../cloudflare/worker-addresses.ts";
import { readCode } from "../cloudflare/worker-versions.ts";
import type { DeployInput, Step } from "./deploy-input.ts";
import type { LiveSite } from "./live-site.ts";
import { isOnWorkersDev } from "./site-triggers.ts";

/** Characters: the dashboard's "Hello World" has a few hundred. */
const MOST_PLACEHOLDER = 5000;

/** Fails, before anything is written, if what is live must not be replaced, or if the Worker could not be reached. */
export async function mayDeploy(live: LiveSite, input: DeployInput): Step<null> {
  const { kind } = input;
  if (kind === "deploy" && live.isHeld) return failed({ reason: "held" });
  if (kind === "preview" && live.deployments.length === 0) {
    return failed({ reason: "nothing-live" });
  }
  const replaceable = await mayReplaceWorker(live, input);
  return replaceable.ok ? hasSubdomain(live, input) : replaceable;
}

/** Fails if Offprint did not deploy the Worker, unless it holds nothing or may be replaced. */
async function mayReplaceWorker(live: LiveSite, input: DeployInput): Step<null> {
  const { kind, config, io } = input;
  if (live.deployments.length === 0 || live.release !== null || input.mayReplace) return ok(null);
  const isPlaceholder = await holdsPlaceholder(live, input);
  if (!isPlaceholder.ok) return isPlaceholder;
  if (!isPlaceholder.value) {
    return failed({ reason: "live-unknown", worker: config.name, release: null });
  }
  if (kind === "deploy") {
    io.say(`The Worker "${config.name}" holds nothing but a placeholder, which this replaces`);
  }
  return ok(null);
}

/**
 * Whether the Worker has only the version that the dashboard makes where a repository is connected before its first build. In
 * Workers Builds (https://developers.cloudflare.com/workers/ci-cd/builds/configuration/ has its variables) the owner has
 * connected this very Worker; elsewhere the code has to be that of the dashboard.
 */
async function holdsPlaceholder(
  { versions, others }: LiveSite,
  { account, config, io }: DeployInput,
): Step<boolean> {
  // Previews of ours may lie beside it.
  const foreign = versions.filter(({ release }) => release === null);
  if (foreign.length !== 1 || others.length === 0) return ok(false);
  if (io.environment["WORKERS_CI"] === "1") return ok(true);
  const code = await readCode(account, config.name);
  return mapped(code, (text) => text.length < MOST_PLACEHOLDER && /hello,? world/i.test(text));
}

/**
 * Fails if the Worker is to be on workers.dev and the account has no name there yet, or if the site's address is one of another
 * account's. A Worker of another name may well stand before this one.
 */
async function hasSubdomain(
  live: LiveSite,
  { account, config, settings: { site } }: DeployInput,
): Step<null> {
  if (live.version !== null || !config.triggers.workersDev) return ok(null);
  const subdomain = await readAccountSubdomain(account);
  // A login that may not ask for the name can still deploy, as wrangler has it too.
  if (!subdomain.ok) return ok(null);
  if (subdomain.value === null) return failed({ reason: "no-subdomain", account: account.id });
  const { hostname } = new URL(site.url);
  const own = `${subdomain.value}.workers.dev`;
  return isOnWorkersDev(hostname) && !hostname.endsWith(`.${own}`)
    ? failed({ reason: "address-of-others", url: site.url, own: `https://${config.name}.${own}` })
    : ok(null);
}
