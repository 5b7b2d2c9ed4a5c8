import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { EncodedPair, KvNamespace } from "../cloudflare/kv-namespace.ts";
import { MOST_BATCH_BYTES, MOST_PAIRS, encodePair } from "../cloudflare/kv-namespace.ts";
import type { IO } from "../terminal/io.ts";
import { mapConcurrently } from "../terminal/map-concurrently.ts";
import type { PlannedValue } from "../bundle/plan-release.ts";

export type UploadFailure =
  | ApiFailure
  /** KV took the requests, but kept naming these keys as unsuccessful. */
  | { readonly reason: "values-refused"; readonly keys: readonly string[] };

/** What an upload has done so far. */
export interface UploadProgress {
  readonly values: number;
  /** Bytes sent, as base64 in JSON. */
  readonly bytes: number;
}

export const BYTES_PER_MEGABYTE = 1e6;

const REQUESTS_AT_ONCE = 3;
/** How often a value is sent at most, while KV names it as unsuccessful. */
const ROUNDS = 5;
const ROUND_WAIT_MILLISECONDS = 2000;

/**
 * Writes values to KV in batches and shows its progress. A batch is encoded only when it is its turn, to save memory. Values
 * that KV names as unsuccessful are sent again.
 */
export async function putInBatches(
  values: readonly PlannedValue[],
  namespace: KvNamespace,
  io: IO,
): Promise<Result<UploadProgress, UploadFailure>> {
  const show = io.progress("values uploaded");
  const done = { values: 0, bytes: 0 };
  let rest = values;
  for (let round = 0; round < ROUNDS && rest.length > 0; round += 1) {
    if (round > 0) await io.wait(ROUND_WAIT_MILLISECONDS * 2 ** round);
    const answers = await mapConcurrently(cutBatches(rest), REQUESTS_AT_ONCE, async (batch) => {
      const refused = await namespace.put(batch);
      if (!refused.ok) return refused;
      const taken = batch.filter(({ key }) => !refused.value.includes(key));
      done.values += taken.length;
      done.bytes += taken.reduce((sum, { json }) => sum + json.length, 0);
      show(done.values, values.length, `, ${(done.bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB`);
      return refused;
    });
    if (!answers.ok) return answers;
    const refused = new Set(answers.value.flat());
    rest = rest.filter(({ key }) => refused.has(key));
  }
  return rest.length === 0
    ? ok(done)
    : failed({ reason: "values-refused", keys: rest.map(({ key }) => key) });
}

/** Batches within the limits of one request to KV, each encoded when it is asked for. */
async function* cutBatches(
  values: readonly PlannedValue[],
): AsyncGenerator<readonly EncodedPair[], undefined> {
  let batch: EncodedPair[] = [];
  let bytes = 0;
  for (const { key, encode } of values) {
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
