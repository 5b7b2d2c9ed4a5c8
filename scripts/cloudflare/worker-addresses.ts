import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { mapped, ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "./cloudflare-api.ts";
import type { Account } from "./sign-in.ts";
import { isNoWorker } from "./worker-versions.ts";

/*
 * What leads to a Worker: workers.dev, custom domains, routes and crons. wrangler sets all of them after a version is live, so each
 * may be missing although the version serves.
 */

/** A route of a zone; `script` is the Worker that it leads to, null where it keeps requests from any. */
const routeSchema = v.looseObject({ pattern: v.string(), script: v.nullish(v.string(), null) });

export type ZoneRoute = Readonly<Pick<v.InferOutput<typeof routeSchema>, "pattern" | "script">>;

/** The account's name on workers.dev, such as `mine` of `mine.workers.dev`; null if it has none yet. */
export async function readAccountSubdomain({
  api,
  id,
}: Account): Promise<Result<string | null, ApiFailure>> {
  const request = { method: "GET", path: `/accounts/${id}/workers/subdomain` } as const;
  const answer = await api.json(
    request,
    v.nullish(v.looseObject({ subdomain: v.nullish(v.string()) })),
  );
  if (!answer.ok) return isNoWorker(answer.failure) ? ok(null) : answer;
  const subdomain = answer.value.result?.subdomain ?? "";
  return ok(subdomain === "" ? null : subdomain);
}

/** Whether a Worker answers on workers.dev. */
export async function isEnabledOnWorkersDev(
  { api, id }: Account,
  worker: string,
): Promise<Result<boolean, ApiFailure>> {
  const path = `/accounts/${id}/workers/scripts/${worker}/subdomain`;
  const answer = await api.json(
    { method: "GET", path },
    v.looseObject({ enabled: v.nullish(v.boolean(), false) }),
  );
  return mapped(answer, ({ result }) => result.enabled);
}

/** The custom domains of a Worker. */
export async function listDomains(
  { api, id }: Account,
  worker: string,
): Promise<Result<readonly string[], ApiFailure>> {
  const request = {
    method: "GET",
    path: `/accounts/${id}/workers/domains`,
    query: { service: worker },
  } as const;
  const schema = v.array(v.looseObject({ hostname: v.string(), service: v.string() }));
  return mapped(await api.json(request, schema), ({ result }) =>
    result.filter(({ service }) => service === worker).map(({ hostname }) => hostname),
  );
}

/** The cron expressions by which a Worker is called. */
export async function listCrons(
  { api, id }: Account,
  worker: string,
): Promise<Result<readonly string[], ApiFailure>> {
  const path = `/accounts/${id}/workers/scripts/${worker}/schedules`;
  const schema = v.looseObject({ schedules: v.array(v.looseObject({ cron: v.string() })) });
  return mapped(await api.json({ method: "GET", path }, schema), ({ result }) =>
    result.schedules.map(({ cron }) => cron),
  );
}

/** The id of the account's zone that a host name lies in; null if the account has none, or the login may not see it. */
export async function findZone(
  { api, id }: Account,
  host: string,
): Promise<Result<string | null, ApiFailure>> {
  const labels = host.split(".");
  // The zone of `www.example.com` is `example.com`, or `www.example.com` itself.
  for (let first = 0; first < labels.length - 1; first += 1) {
    const query = { name: labels.slice(first).join("."), "account.id": id };
    const request = { method: "GET", path: "/zones", query } as const;
    const answer = await api.json(request, v.array(v.looseObject({ id: v.string() })));
    if (!answer.ok) return answer;
    const [zone] = answer.value.result;
    if (zone !== undefined) return ok(zone.id);
  }
  return ok(null);
}

/** The routes of a zone, to whichever Worker they lead. */
export async function listRoutes(
  { api }: Account,
  zoneId: string,
): Promise<Result<readonly ZoneRoute[], ApiFailure>> {
  const request = { method: "GET", path: `/zones/${zoneId}/workers/routes` } as const;
  return mapped(await api.json(request, v.array(routeSchema)), ({ result }) => result);
}
