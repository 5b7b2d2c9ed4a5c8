import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { ok } from "../../src/domain/result.ts";
import type { ApiFailure, CloudflareApi } from "./cloudflare-api.ts";

/** What one version of the Worker says of itself. */
export interface WorkerVersion {
  readonly id: string;
  /** ISO 8601. */
  readonly createdOn: string;
  readonly tag: string | null;
  readonly message: string | null;
}

/** Which versions serve, and since when. */
export interface Deployment {
  readonly id: string;
  /** ISO 8601. */
  readonly createdOn: string;
  readonly message: string | null;
  /** The one that gets most requests first. */
  readonly versionIds: readonly string[];
}

const annotations = v.optional(
  v.looseObject({
    "workers/tag": v.nullish(v.string()),
    "workers/message": v.nullish(v.string()),
  }),
  {},
);
const deploymentsSchema = v.looseObject({
  deployments: v.array(
    v.looseObject({
      id: v.string(),
      created_on: v.string(),
      annotations,
      versions: v.array(v.looseObject({ version_id: v.string(), percentage: v.number() })),
    }),
  ),
});
const versionSchema = v.looseObject({
  id: v.string(),
  metadata: v.looseObject({ created_on: v.string() }),
  annotations,
});
const versionsSchema = v.looseObject({ items: v.array(versionSchema) });

const versionDetailSchema = v.looseObject({
  resources: v.looseObject({
    bindings: v.optional(
      v.array(v.looseObject({ name: v.string(), namespace_id: v.optional(v.string()) })),
      [],
    ),
  }),
});

/** "This Worker does not exist on your account." */
const CODE_NO_WORKER = 10_007;

/** The latest deployments, the one that serves first; empty where there is no such Worker. */
export async function listDeployments(
  api: CloudflareApi,
  accountId: string,
  worker: string,
): Promise<Result<readonly Deployment[], ApiFailure>> {
  const path = `/accounts/${accountId}/workers/scripts/${worker}/deployments`;
  const answer = await api.json({ method: "GET", path }, deploymentsSchema);
  if (!answer.ok) return isMissing(answer.failure) ? ok([]) : answer;
  return ok(
    answer.value.result.deployments.map((deployment) => ({
      id: deployment.id,
      createdOn: deployment.created_on,
      message: deployment.annotations["workers/message"] ?? null,
      versionIds: deployment.versions
        .toSorted((a, b) => b.percentage - a.percentage)
        .map(({ version_id }) => version_id),
    })),
  );
}

/** The versions that can be deployed (Cloudflare keeps the newest 100), newest first. */
export async function listVersions(
  api: CloudflareApi,
  accountId: string,
  worker: string,
): Promise<Result<readonly WorkerVersion[], ApiFailure>> {
  const path = `/accounts/${accountId}/workers/scripts/${worker}/versions`;
  const query = { deployable: "true" };
  const answer = await api.json({ method: "GET", path, query }, versionsSchema);
  if (!answer.ok) return isMissing(answer.failure) ? ok([]) : answer;
  return ok(
    answer.value.result.items
      .map(toVersion)
      .toSorted((a, b) => Date.parse(b.createdOn) - Date.parse(a.createdOn)),
  );
}

/** The KV namespace that a version reads by a binding; null where it has no such binding. */
export async function readBoundNamespace(
  api: CloudflareApi,
  accountId: string,
  worker: string,
  versionId: string,
  binding: string,
): Promise<Result<string | null, ApiFailure>> {
  const path = `/accounts/${accountId}/workers/scripts/${worker}/versions/${versionId}`;
  const answer = await api.json({ method: "GET", path }, versionDetailSchema);
  if (!answer.ok) return answer;
  const { bindings } = answer.value.result.resources;
  return ok(bindings.find(({ name }) => name === binding)?.namespace_id ?? null);
}

function toVersion(version: v.InferOutput<typeof versionSchema>): WorkerVersion {
  return {
    id: version.id,
    createdOn: version.metadata.created_on,
    tag: version.annotations["workers/tag"] ?? null,
    message: version.annotations["workers/message"] ?? null,
  };
}

function isMissing(failure: ApiFailure): boolean {
  return failure.reason === "api-refused" && failure.codes.includes(CODE_NO_WORKER);
}
