import type { Result } from "../../src/domain/result.ts";
import { ok } from "../../src/domain/result.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import type { PublishFailure } from "../publish/describe-failure.ts";
import { neededKeys } from "../publish/needed-keys.ts";

/** The values of a release that KV lacks; what the list does not show is read. */
export async function missingValues(
  namespace: KvNamespace,
  manifest: Manifest,
): Promise<Result<readonly string[], PublishFailure>> {
  const keys = await namespace.list("");
  if (!keys.ok) return keys;
  const present = new Set(keys.value.map(({ name }) => name));
  const missing: string[] = [];
  for (const key of neededKeys(manifest)) {
    if (present.has(key)) continue;
    const value = await namespace.get(key);
    if (!value.ok) return value;
    if (value.value === null) missing.push(key);
  }
  return ok(missing);
}
