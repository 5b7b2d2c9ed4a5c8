import pMap from "p-map";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { EncodedPair, KvNamespace } from "../cloudflare/kv-namespace.ts";
import { MOST_BATCH_BYTES, MOST_PAIRS, encodePair } from "../cloudflare/kv-namespace.ts";
import type { IO } from "../terminal/io.ts";
import type { PlannedValue } from "../bundle/plan-release.ts";

export type UploadFailure =
  | ApiFailure
  /** KV took the request and said of these keys, again and again, that it did not keep them. */
  | { readonly reason: "values-refused"; readonly keys: readonly string[] };

/** What an upload has done so far. */
export interface UploadProgress {
  readonly values: number;
  /** As they go over the line. */
  readonly bytes: number;
}

export const BYTES_PER_MEGABYTE = 1e6;

const PARALLEL_REQUESTS = 3;
/** For keys that KV names as unsuccessful. */
const ROUNDS = 5;
const ROUND_WAIT_MILLISECONDS = 2000;

/**
 * Writes values to KV in batches, each made when its turn has come, and shows how far it is. What KV names as
 * unsuccessful is sent again.
 */
export async function uploadValues(
  values: readonly PlannedValue[],
  namespace: KvNamespace,
  io: IO,
): Promise<Result<UploadProgress, UploadFailure>> {
  const show = io.progress("values uploaded");
  let done: UploadProgress = { values: 0, bytes: 0 };
  const onBatch = (batch: readonly EncodedPair[], refused: ReadonlySet<string>): void => {
    const taken = batch.filter(({ key }) => !refused.has(key));
    const bytes = taken.reduce((sum, { json }) => sum + json.length, 0);
    done = { values: done.values + taken.length, bytes: done.bytes + bytes };
    show(done.values, values.length, `, ${(done.bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB`);
  };
  let rest = values;
  for (let round = 0; round < ROUNDS && rest.length > 0; round += 1) {
    if (round > 0) await io.wait(ROUND_WAIT_MILLISECONDS * 2 ** round);
    const refused = await uploadOnce(rest, namespace, onBatch);
    if (!refused.ok) return refused;
    rest = rest.filter(({ key }) => refused.value.has(key));
  }
  return rest.length === 0
    ? ok(done)
    : failed({ reason: "values-refused", keys: rest.map(({ key }) => key) });
}

/** Sends every value once, and says which keys KV did not take. The first failure ends all. */
async function uploadOnce(
  values: readonly PlannedValue[],
  namespace: KvNamespace,
  onBatch: (batch: readonly EncodedPair[], refused: ReadonlySet<string>) => void,
): Promise<Result<ReadonlySet<string>, ApiFailure>> {
  const refused = new Set<string>();
  let failure: ApiFailure | null = null;
  await pMap(
    cutBatches(values, () => failure !== null),
    async (batch) => {
      const answer = await namespace.put(batch);
      if (!answer.ok) {
        ({ failure } = answer);
        return;
      }
      for (const key of answer.value) refused.add(key);
      onBatch(batch, new Set(answer.value));
    },
    { concurrency: PARALLEL_REQUESTS },
  );
  return failure === null ? ok(refused) : failed(failure);
}

/** Makes batches one after the other, until there is no need for more. */
async function* cutBatches(
  values: readonly PlannedValue[],
  isOver: () => boolean,
): AsyncGenerator<readonly EncodedPair[], undefined> {
  let batch: EncodedPair[] = [];
  let bytes = 0;
  for (const { key, encode } of values) {
    if (isOver()) return;
    const pair = encodePair(key, await encode());
    const isFull = batch.length === MOST_PAIRS || bytes + pair.json.length > MOST_BATCH_BYTES;
    if (isFull && batch.length > 0) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(pair);
    bytes += pair.json.length;
  }
  if (batch.length > 0) yield batch;
}
