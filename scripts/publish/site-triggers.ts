import type { Result } from "../../src/domain/result.ts";
import { failed, mapped, ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import {
  findZone,
  isEnabledOnWorkersDev,
  listCrons,
  listDomains,
  listRoutes,
} from "../cloudflare/worker-addresses.ts";
import type { WantedRoute, WantedTriggers, WorkerConfig } from "../config/worker-config.ts";

/** An address that is not as the settings want it. */
export interface MissingTrigger {
  readonly kind: "workers.dev" | "custom domain" | "route" | "cron";
  /** A host name, the pattern of a route, or cron expressions; empty for workers.dev. */
  readonly name: string;
  readonly state:
    /** It does not lead to the Worker. */
    | "absent"
    /** workers.dev leads to the Worker and should not. */
    | "superfluous"
    /** No zone that the login may see is the one of this route. */
    | "no-zone"
    /** Cloudflare does not say. */
    | "unseen";
}

/**
 * Looks which addresses of the settings do not lead to the Worker, and whether its crons are as they are to be. Nothing fails: what
 * cannot be seen is told from what is absent.
 *
 * @param crons null where nobody wants any, nor wants them away
 */
export async function findMissingTriggers(
  account: Account,
  { name, triggers: { workersDev, domains, routes } }: WorkerConfig,
  crons: readonly string[] | null,
): Promise<readonly MissingTrigger[]> {
  const missing: MissingTrigger[] = [];
  const isOn = await isEnabledOnWorkersDev(account, name);
  if (!isOn.ok) missing.push({ kind: "workers.dev", name: "", state: "unseen" });
  else if (isOn.value !== workersDev) {
    const state = workersDev ? "absent" : "superfluous";
    missing.push({ kind: "workers.dev", name: "", state });
  }
  if (domains.length > 0) {
    const attached = await listDomains(account, name);
    for (const domain of domains) {
      if (attached.ok && attached.value.includes(domain)) continue;
      const state = attached.ok ? "absent" : "unseen";
      missing.push({ kind: "custom domain", name: domain, state });
    }
  }
  for (const route of routes) {
    const leads = await leadsTo(account, name, route);
    if (leads.ok && leads.value) continue;
    const state = leads.ok ? "absent" : leads.failure.reason === "no-zone" ? "no-zone" : "unseen";
    missing.push({ kind: "route", name: route.pattern, state });
  }
  if (crons !== null) {
    const set = await listCrons(account, name);
    if (!set.ok) missing.push({ kind: "cron", name: crons.join(", "), state: "unseen" });
    else if (set.value.toSorted().join("\n") !== crons.toSorted().join("\n")) {
      const isWanted = crons.length > 0;
      const shown = (isWanted ? crons : set.value).join(", ");
      missing.push({ kind: "cron", name: shown, state: isWanted ? "absent" : "superfluous" });
    }
  }
  return missing;
}

/** How messages call an address, such as `example.com (custom domain)`. */
export function nameTrigger({ kind, name }: MissingTrigger): string {
  return name === "" ? kind : `${name} (${kind})`;
}

/** Whether a route leads to a Worker. */
async function leadsTo(
  account: Account,
  worker: string,
  { pattern, zoneId, zoneName }: WantedRoute,
): Promise<Result<boolean, ApiFailure | { readonly reason: "no-zone" }>> {
  const zone = zoneId === null ? await findZone(account, zoneName ?? hostOf(pattern)) : ok(zoneId);
  if (!zone.ok) return zone;
  if (zone.value === null) return failed({ reason: "no-zone" });
  const routes = await listRoutes(account, zone.value);
  return mapped(routes, (known) =>
    known.some((route) => route.pattern === pattern && route.script === worker),
  );
}

/** The host of a route's pattern, such as `example.com` of `https://*.example.com/blog/*`. */
function hostOf(pattern: string): string {
  return pattern
    .replace(/^\w+:\/\//, "")
    .replace(/\/.*$/, "")
    .replace(/^\*\.?/, "");
}

/** Whether a host is one that Cloudflare gives away. */
export function isOnWorkersDev(host: string): boolean {
  return host.endsWith(".workers.dev");
}

/** Whether the settings name an address that leads from a host to the Worker. */
export function namesHost({ workersDev, domains, routes }: WantedTriggers, host: string): boolean {
  return (
    (workersDev && isOnWorkersDev(host)) ||
    domains.includes(host) ||
    routes.some(({ pattern }) => host.endsWith(hostOf(pattern)))
  );
}
