import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, mapped, ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "./cloudflare-api.ts";
import type { Account } from "./sign-in.ts";

const annotations = v.optional(
  v.looseObject({
    "workers/tag": v.nullish(v.string(), null),
    "workers/message": v.nullish(v.string(), null),
  }),
  {},
);

/** A deployment: which versions serve, and since when (ISO 8601). */
const deploymentSchema = v.pipe(
  v.looseObject({
    id: v.string(),
    created_on: v.string(),
    annotations,
    versions: v.array(v.looseObject({ version_id: v.string(), percentage: v.number() })),
  }),
  v.transform(({ id, created_on: createdOn, annotations: said, versions }) => ({
    id,
    createdOn,
    message: said["workers/message"],
    /** The version that gets most of the requests comes first. */
    versionIds: versions
      .toSorted((a, b) => b.percentage - a.percentage)
      .map(({ version_id }) => version_id),
  })),
);
const deploymentsSchema = v.looseObject({ deployments: v.array(deploymentSchema) });

export type Deployment = Readonly<v.InferOutput<typeof deploymentSchema>>;

/** A version of the Worker, with its tag and message, and when it was uploaded (ISO 8601). */
const versionSchema = v.pipe(
  v.looseObject({
    id: v.string(),
    metadata: v.looseObject({ created_on: v.string() }),
    annotations,
  }),
  v.transform(({ id, metadata, annotations: said }) => ({
    id,
    createdOn: metadata.created_on,
    tag: said["workers/tag"],
    message: said["workers/message"],
  })),
);
const versionsSchema = v.looseObject({ items: v.array(versionSchema) });

export type WorkerVersion = Readonly<v.InferOutput<typeof versionSchema>>;

const versionDetailSchema = v.looseObject({
  resources: v.looseObject({
    bindings: v.optional(
      v.array(v.looseObject({ name: v.string(), namespace_id: v.nullish(v.string(), null) })),
      [],
    ),
  }),
});

/** Cloudflare's messages are: "This Worker does not exist on your account.", "workers.api.error.service_not_found". */
const CODES_NO_WORKER: ReadonlySet<number> = new Set([10_007, 10_090]);

/** The latest deployments, first the one that serves; empty if there is no such Worker. */
export async function listDeployments(
  account: Account,
  worker: string,
): Promise<Result<readonly Deployment[], ApiFailure>> {
  const answer = await ask(account, worker, "deployments", deploymentsSchema);
  return answer.ok ? ok(answer.value.deployments) : unlessNoWorker(answer.failure);
}

/** The versions that can be deployed (Cloudflare keeps 100), newest first; empty if there is no such Worker. */
export async function listVersions(
  account: Account,
  worker: string,
): Promise<Result<readonly WorkerVersion[], ApiFailure>> {
  const answer = await ask(account, worker, "versions", versionsSchema, { deployable: "true" });
  if (!answer.ok) return unlessNoWorker(answer.failure);
  const { items } = answer.value;
  return ok(items.toSorted((a, b) => Date.parse(b.createdOn) - Date.parse(a.createdOn)));
}

/** The id of the KV namespace that a binding of a version names; null if it has no such binding. */
export async function readBoundNamespace(
  account: Account,
  worker: string,
  versionId: string,
  binding: string,
): Promise<Result<string | null, ApiFailure>> {
  const answer = await ask(account, worker, `versions/${versionId}`, versionDetailSchema);
  return mapped(
    answer,
    ({ resources: { bindings } }) =>
      bindings.find(({ name }) => name === binding)?.namespace_id ?? null,
  );
}

/** The names of a Worker's secrets. */
export async function listSecrets(
  account: Account,
  worker: string,
): Promise<Result<readonly string[], ApiFailure>> {
  const answer = await ask(
    account,
    worker,
    "secrets",
    v.array(v.looseObject({ name: v.string() })),
  );
  return mapped(answer, (secrets) => secrets.map(({ name }) => name));
}

/** The code that a Worker serves, with what surrounds its modules; empty if there is no such Worker. */
export async function readCode(
  { api, id }: Account,
  worker: string,
): Promise<Result<string, ApiFailure>> {
  const path = `/accounts/${id}/workers/scripts/${worker}/content/v2`;
  const bytes = await api.bytes({ method: "GET", path });
  return mapped(bytes, (code) => new TextDecoder().decode(code ?? new Uint8Array()));
}

async function ask<Schema extends v.GenericSchema>(
  { api, id }: Account,
  worker: string,
  what: string,
  schema: Schema,
  query: Readonly<Record<string, string>> = {},
): Promise<Result<v.InferOutput<Schema>, ApiFailure>> {
  const path = `/accounts/${id}/workers/scripts/${worker}/${what}`;
  return mapped(await api.json({ method: "GET", path, query }, schema), ({ result }) => result);
}

function unlessNoWorker(failure: ApiFailure): Result<readonly never[], ApiFailure> {
  return isNoWorker(failure) ? ok([]) : failed(failure);
}

/** Whether Cloudflare says that there is no such Worker, or that the account has none at all. */
export function isNoWorker({ reason, codes }: ApiFailure): boolean {
  return reason === "api-refused" && codes.some((code) => CODES_NO_WORKER.has(code));
}
