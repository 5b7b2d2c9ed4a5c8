import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { createNamespace, findNamespace, openNamespace } from "../cloudflare/kv-namespace.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import type { WorkerConfig } from "../config/worker-config.ts";
import type { DeployInput, Step } from "./deploy-input.ts";

/** The namespace of a site that has been deployed. */
export async function openDeployedNamespace(
  account: Account,
  config: WorkerConfig,
): Step<KvNamespace> {
  const opened = await openExisting(account, config);
  if (!opened.ok) return opened;
  return opened.value === null
    ? failed({ reason: "namespace-missing", title: titleOf(config) })
    : ok(opened.value);
}

/** The namespace that a deploy writes to, which it makes where there is none; null in a dry run, which makes nothing. */
export async function prepareNamespace({
  account,
  config,
  isDryRun,
  io,
}: DeployInput): Step<KvNamespace | null> {
  const opened = await openExisting(account, config);
  if (!opened.ok || opened.value !== null || isDryRun) return opened;
  const created = await createNamespace(account.api, account.id, titleOf(config));
  if (!created.ok) return created;
  io.say(`Created the KV namespace "${titleOf(config)}"`);
  return ok(openNamespace(account.api, account.id, created.value));
}

async function openExisting(
  { api, id }: Account,
  config: WorkerConfig,
): Promise<Result<KvNamespace | null, ApiFailure>> {
  const found =
    config.namespaceId === null
      ? await findNamespace(api, id, titleOf(config))
      : ok(config.namespaceId);
  if (!found.ok) return found;
  return ok(found.value === null ? null : openNamespace(api, id, found.value));
}

/** What wrangler itself would call the namespace of a Worker. */
function titleOf({ name }: WorkerConfig): string {
  return `${name}-releases`;
}
