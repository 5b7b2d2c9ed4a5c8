import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { mapped, ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "./cloudflare-api.ts";
import type { Account } from "./sign-in.ts";

/** A key as a list shows it. */
export interface ListedKey {
  readonly name: string;
  /** Up to 1,024 bytes of JSON that stand beside the value; null where there is none. */
  readonly metadata: unknown;
}

/** One KV namespace, by the REST API. */
export interface KvNamespace {
  readonly id: string;
  /** All keys that begin with `prefix`, in order; one list operation for every thousand. */
  readonly list: (prefix: string) => Promise<Result<readonly ListedKey[], ApiFailure>>;
  /** Writes at most `MOST_PAIRS` values of `MOST_BATCH_BYTES`, and says which of them KV did not take. */
  readonly put: (pairs: readonly EncodedPair[]) => Promise<Result<readonly string[], ApiFailure>>;
  /** Reads a value; null where there is none. */
  readonly get: (key: string) => Promise<Result<Uint8Array<ArrayBuffer> | null, ApiFailure>>;
  /** Deletes at most `MOST_PAIRS` keys, and says which of them KV did not. */
  readonly delete: (keys: readonly string[]) => Promise<Result<readonly string[], ApiFailure>>;
}

/** Of a request to write or delete several values: Cloudflare's limits are 10,000 pairs and 100 MB. */
export const MOST_PAIRS = 1000;
export const MOST_BATCH_BYTES = 24 * 1024 * 1024;

/** A value as a request carries it. */
export interface EncodedPair {
  readonly key: string;
  /** A JSON object. */
  readonly json: string;
}

const LIST_LIMIT = 1000;
const NAMESPACES_PER_PAGE = 100;
/** "a namespace with this account ID and title already exists". */
const CODE_TITLE_TAKEN = 10_014;

const namespaceSchema = v.looseObject({ id: v.string(), title: v.string() });
const keysSchema = v.array(v.object({ name: v.string(), metadata: v.nullish(v.unknown(), null) }));
/** A bulk write answers what it did; where it says nothing, it did all. */
const bulkSchema = v.nullish(
  v.looseObject({ unsuccessful_keys: v.optional(v.array(v.string()), []) }),
);

/** Base64 in JSON, as a bulk write takes it. */
export function encodePair(key: string, value: Uint8Array, metadata?: unknown): EncodedPair {
  const base64 = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  return { key, json: JSON.stringify({ key, value: base64, base64: true, metadata }) };
}

/** A namespace of an account, by its id. */
export function openNamespace(account: Account, id: string): KvNamespace {
  const { api } = account;
  const path = `${namespacesOf(account)}/${id}`;
  const bulk = async (
    method: "PUT" | "POST",
    what: string,
    body: string,
  ): Promise<Result<readonly string[], ApiFailure>> => {
    const answer = await api.json({ method, path: `${path}/${what}`, body }, bulkSchema);
    return mapped(answer, ({ result }) => result?.unsuccessful_keys ?? []);
  };
  return {
    id,
    list: async (prefix) => {
      const keys: ListedKey[] = [];
      let cursor = "";
      do {
        const query = { limit: String(LIST_LIMIT), prefix, cursor };
        const page = await api.json({ method: "GET", path: `${path}/keys`, query }, keysSchema);
        if (!page.ok) return page;
        keys.push(...page.value.result);
        ({ cursor } = page.value);
      } while (cursor !== "");
      return ok(keys);
    },
    put: async (pairs) => bulk("PUT", "bulk", `[${pairs.map(({ json }) => json).join(",")}]`),
    get: async (key) =>
      api.bytes({ method: "GET", path: `${path}/values/${encodeURIComponent(key)}` }),
    delete: async (keys) => bulk("POST", "bulk/delete", JSON.stringify(keys)),
  };
}

const writeNothing = async (): Promise<never> => {
  throw new Error("There is no namespace to write to");
};

/** In which there is nothing; a dry run looks at it where there is none yet. */
export const EMPTY_NAMESPACE: KvNamespace = {
  id: "",
  list: async () => ok([]),
  get: async () => ok(null),
  put: writeNothing,
  delete: writeNothing,
};

/** The namespace of that title; null where there is none. */
export async function findNamespace(
  account: Account,
  title: string,
): Promise<Result<KvNamespace | null, ApiFailure>> {
  for (let number = 1; ; number += 1) {
    const query = { per_page: String(NAMESPACES_PER_PAGE), page: String(number) };
    const request = { method: "GET", path: namespacesOf(account), query } as const;
    const page = await account.api.json(request, v.array(namespaceSchema));
    if (!page.ok) return page;
    const found = page.value.result.find((namespace) => namespace.title === title);
    if (found !== undefined) return ok(openNamespace(account, found.id));
    if (page.value.result.length < NAMESPACES_PER_PAGE) return ok(null);
  }
}

/** Creates a namespace; where another run, or an answer that got lost, has just done so, finds that one. */
export async function createNamespace(
  account: Account,
  title: string,
): Promise<Result<KvNamespace, ApiFailure>> {
  const request = { method: "POST", path: namespacesOf(account) } as const;
  const body = JSON.stringify({ title });
  const created = await account.api.json({ ...request, body }, namespaceSchema);
  if (created.ok) return ok(openNamespace(account, created.value.result.id));
  const { failure } = created;
  if (failure.reason !== "api-refused" || !failure.codes.includes(CODE_TITLE_TAKEN)) return created;
  const found = await findNamespace(account, title);
  if (!found.ok) return found;
  return found.value === null ? created : ok(found.value);
}

function namespacesOf({ id }: Account): string {
  return `/accounts/${id}/storage/kv/namespaces`;
}
