import { failed, ok } from "../../src/domain/result.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import {
  EMPTY_NAMESPACE,
  createNamespace,
  findNamespace,
  openNamespace,
} from "../cloudflare/kv-namespace.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import type { WorkerConfig } from "../config/worker-config.ts";
import type { DeployInput, Step } from "./deploy-input.ts";

/** Opens the namespace of a site that has been deployed. */
export async function openDeployedNamespace(
  account: Account,
  config: WorkerConfig,
): Step<KvNamespace> {
  if (config.namespaceId !== null) return ok(openNamespace(account, config.namespaceId));
  // The title that wrangler would give it.
  const title = `${config.name}-releases`;
  const found = await findNamespace(account, title);
  if (!found.ok) return found;
  return found.value === null ? failed({ reason: "namespace-missing", title }) : ok(found.value);
}

/** Opens the namespace that a deploy writes to, and creates it if there is none; a dry run gets an empty one instead. */
export async function prepareNamespace({
  account,
  config,
  isDryRun,
  io,
}: DeployInput): Step<KvNamespace> {
  const opened = await openDeployedNamespace(account, config);
  if (opened.ok || opened.failure.reason !== "namespace-missing") return opened;
  if (isDryRun) return ok(EMPTY_NAMESPACE);
  const { title } = opened.failure;
  const created = await createNamespace(account, title);
  if (created.ok) {
    io.say(`Created the KV namespace "${title}", in which Cloudflare keeps the articles`);
  }
  return created;
}
