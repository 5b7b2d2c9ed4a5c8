import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, mapped, ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "./cloudflare-api.ts";
import type { Account } from "./sign-in.ts";

/** A key as a list shows it. */
export interface ListedKey {
  readonly name: string;
  /** Up to 1,024 bytes of JSON that are listed with the key; null if there are none. */
  readonly metadata: unknown;
}

/** A KV namespace, reached by Cloudflare's REST API. */
export interface KvNamespace {
  readonly id: string;
  /** Lists the keys that begin with `prefix`, in order. Each thousand counts as one list operation. */
  readonly list: (prefix: string) => Promise<Result<readonly ListedKey[], ApiFailure>>;
  /**
   * Writes at most `MOST_PAIRS` values of `MOST_BATCH_BYTES` together, and gives the keys that KV did not take. Fails with
   * `api-late` if no answer comes in time to several values, which may be sent in smaller batches.
   */
  readonly put: (pairs: readonly EncodedPair[]) => Promise<Result<readonly string[], ApiFailure>>;
  /** Reads a value; null if there is none. */
  readonly get: (key: string) => Promise<Result<Uint8Array<ArrayBuffer> | null, ApiFailure>>;
  /** Deletes at most `MOST_PAIRS` keys, and gives those that KV did not delete. */
  readonly delete: (keys: readonly string[]) => Promise<Result<readonly string[], ApiFailure>>;
}

// What one request writes or deletes at most. Cloudflare's own limits are 10,000 pairs and 100 MB.
export const MOST_PAIRS = 1000;
export const MOST_BATCH_BYTES = 24 * 1024 * 1024;

/** A smaller batch is sent again as it is, where no answer came: not its size is what makes it late. */
const LEAST_DIVIDED_BYTES = 500_000;

/** A value as a request carries it. */
export interface EncodedPair {
  readonly key: string;
  /** A JSON object that holds key, value and metadata. */
  readonly json: string;
}

const LIST_LIMIT = 1000;
const NAMESPACES_PER_PAGE = 100;
/** Cloudflare's message is: "a namespace with this account ID and title already exists". */
const CODE_TITLE_TAKEN = 10_014;

const namespaceSchema = v.looseObject({ id: v.string(), title: v.string() });
const keysSchema = v.array(v.object({ name: v.string(), metadata: v.nullish(v.unknown(), null) }));
/** The answer to a bulk request; one that names no unsuccessful keys did everything. */
const bulkSchema = v.nullish(
  v.looseObject({ unsuccessful_keys: v.optional(v.array(v.string()), []) }),
);

/** Encodes a value for a bulk write, as base64 in JSON. */
export function encodePair(key: string, value: Uint8Array, metadata?: unknown): EncodedPair {
  const base64 = Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64");
  return { key, json: JSON.stringify({ key, value: base64, base64: true, metadata }) };
}

/** A namespace of an account, by its id. Nothing is requested yet. */
export function openNamespace(account: Account, id: string): KvNamespace {
  const { api } = account;
  const path = `${namespacesOf(account)}/${id}`;
  const bulk = async (
    method: "PUT" | "POST",
    what: string,
    body: string,
    mayDivide = false,
  ): Promise<Result<readonly string[], ApiFailure>> => {
    const request = { method, path: `${path}/${what}`, body, isDivisible: mayDivide };
    const answer = await api.json(request, bulkSchema);
    return mapped(answer, ({ result }) => result?.unsuccessful_keys ?? []);
  };
  return {
    id,
    list: async (prefix) => {
      const keys: ListedKey[] = [];
      const cursors = new Set<string>();
      let cursor = "";
      do {
        cursors.add(cursor);
        const query = { limit: String(LIST_LIMIT), prefix, cursor };
        const page = await api.json({ method: "GET", path: `${path}/keys`, query }, keysSchema);
        if (!page.ok) return page;
        keys.push(...page.value.result);
        ({ cursor } = page.value);
        // Whatever stands between may answer every page with the same one, without an end.
        if (cursor !== "" && cursors.has(cursor)) return repeated(`GET ${path}/keys`, cursor);
      } while (cursor !== "");
      return ok(keys);
    },
    put: async (pairs) =>
      bulk("PUT", "bulk", `[${pairs.map(({ json }) => json).join(",")}]`, isDivisible(pairs)),
    get: async (key) =>
      api.bytes({ method: "GET", path: `${path}/values/${encodeURIComponent(key)}` }),
    delete: async (keys) => bulk("POST", "bulk/delete", JSON.stringify(keys)),
  };
}

function isDivisible(pairs: readonly EncodedPair[]): boolean {
  const bytes = pairs.reduce((sum, { json }) => sum + json.length, 0);
  return pairs.length > 1 && bytes > LEAST_DIVIDED_BYTES;
}

/** Fails because a list leads back to a page that was there already. */
function repeated(request: string, page: string): Result<never, ApiFailure> {
  const detail = `its list names the next page "${page}" a second time, and so has no end`;
  return failed({ reason: "api-garbled", request, detail, codes: [] });
}

const writeNothing = async (): Promise<never> => {
  throw new Error("There is no namespace to write to");
};

/** An empty namespace that cannot be written to, for a dry run where there is no namespace yet. */
export const EMPTY_NAMESPACE: KvNamespace = {
  id: "",
  list: async () => ok([]),
  get: async () => ok(null),
  put: writeNothing,
  delete: writeNothing,
};

/** Finds a namespace by its title; null if there is none. */
export async function findNamespace(
  account: Account,
  title: string,
): Promise<Result<KvNamespace | null, ApiFailure>> {
  const ids = new Set<string>();
  for (let number = 1; ; number += 1) {
    const query = { per_page: String(NAMESPACES_PER_PAGE), page: String(number) };
    const request = { method: "GET", path: namespacesOf(account), query } as const;
    const page = await account.api.json(request, v.array(namespaceSchema));
    if (!page.ok) return page;
    const found = page.value.result.find((namespace) => namespace.title === title);
    if (found !== undefined) return ok(openNamespace(account, found.id));
    if (page.value.result.length < NAMESPACES_PER_PAGE) return ok(null);
    const [first] = page.value.result;
    if (first !== undefined && ids.has(first.id)) return repeated(`GET ${request.path}`, first.id);
    for (const { id } of page.value.result) ids.add(id);
  }
}

/** Creates a namespace, or finds the one that another run, or a request whose answer was lost, has just created. */
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
