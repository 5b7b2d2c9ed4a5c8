import type { Result } from "../../src/domain/result.ts";
import { ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";

/** The keys under which KV has no value, by its list, which is late at times, and by reading what that does not show. */
export async function missingKeys(
  namespace: KvNamespace,
  keys: Iterable<string>,
): Promise<Result<readonly string[], ApiFailure>> {
  const listed = await namespace.list("");
  if (!listed.ok) return listed;
  const present = new Set(listed.value.map(({ name }) => name));
  return absentKeys(
    namespace,
    [...keys].filter((key) => !present.has(key)),
  );
}

/** The keys under which KV has no value, by reading each. */
export async function absentKeys(
  namespace: KvNamespace,
  keys: Iterable<string>,
): Promise<Result<readonly string[], ApiFailure>> {
  const absent: string[] = [];
  for (const key of keys) {
    const value = await namespace.get(key);
    if (!value.ok) return value;
    if (value.value === null) absent.push(key);
  }
  return ok(absent);
}
