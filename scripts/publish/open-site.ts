import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { findNamespace, openNamespace } from "../cloudflare/kv-namespace.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import type { PublishFailure } from "./describe-failure.ts";
import type { WorkerConfig } from "../config/worker-config.ts";

/** What wrangler itself would call the namespace of a Worker. */
export function namespaceTitle({ name }: WorkerConfig): string {
  return `${name}-releases`;
}

/** The namespace of a site that has been deployed. */
export async function openDeployedNamespace(
  { api, id }: Account,
  config: WorkerConfig,
): Promise<Result<KvNamespace, PublishFailure>> {
  if (config.namespaceId !== null) return ok(openNamespace(api, id, config.namespaceId));
  const title = namespaceTitle(config);
  const found = await findNamespace(api, id, title);
  if (!found.ok) return found;
  return found.value === null
    ? failed({ reason: "namespace-missing", title })
    : ok(openNamespace(api, id, found.value));
}
