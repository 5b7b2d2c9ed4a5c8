import type { Result } from "../../src/domain/result.ts";
import { failed, mapped, ok } from "../../src/domain/result.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { EncodedPair, KvNamespace } from "../cloudflare/kv-namespace.ts";
import { MOST_BATCH_BYTES, MOST_PAIRS, encodePair } from "../cloudflare/kv-namespace.ts";
import { seconds } from "../terminal/break-silence.ts";
import { counted } from "../terminal/counted.ts";
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

/** The keys that KV did not take. */
type PutResult = Result<readonly string[], ApiFailure>;

export const BYTES_PER_MEGABYTE = 1e6;

const REQUESTS_AT_ONCE = 3;
/** How often a value is sent at most, while KV names it as unsuccessful. */
const ROUNDS = 5;
const ROUND_WAIT_MILLISECONDS = 2000;

/**
 * Writes values to KV in batches and shows its progress. A batch is encoded only when it is its turn, to save memory. Values
 * that KV names as unsuccessful are sent again. Where no answer to a batch comes in time, as on a slow line, it and those that
 * follow are sent smaller.
 */
export async function putInBatches(
  values: readonly PlannedValue[],
  namespace: KvNamespace,
  io: IO,
): Promise<Result<UploadProgress, UploadFailure>> {
  const show = io.progress("values uploaded");
  const done = { values: 0, bytes: 0 };
  let mostBytes = MOST_BATCH_BYTES;
  const most = (): number => mostBytes;
  const put = async (batch: readonly EncodedPair[]): Promise<PutResult> => {
    const refused = await namespace.put(batch);
    if (!refused.ok && refused.failure.reason === "api-late" && batch.length > 1) {
      const size = sizeOf(batch);
      if (size <= mostBytes) {
        mostBytes = Math.floor(size / 2);
        io.warn(
          `${megabytes(size)} did not reach KV (${refused.failure.detail}): sending at most ${megabytes(mostBytes)} at a time`,
        );
      }
      const parts = await mapConcurrently(cutPairs(batch, most), 1, put);
      return mapped(parts, (keys) => keys.flat());
    }
    if (!refused.ok) return refused;
    const taken = batch.filter(({ key }) => !refused.value.includes(key));
    done.values += taken.length;
    done.bytes += sizeOf(taken);
    show(done.values, values.length, `, ${megabytes(done.bytes)}`);
    return refused;
  };
  let rest = values;
  for (let round = 0; round < ROUNDS && rest.length > 0; round += 1) {
    if (round > 0) {
      const wait = ROUND_WAIT_MILLISECONDS * 2 ** round;
      io.warn(
        `KV did not take ${counted(rest.length, "value")}: sending again in ${seconds(wait)}, ${round + 1} of ${ROUNDS}`,
      );
      await io.wait(wait, `KV to take ${counted(rest.length, "value")} that it did not`);
    }
    const batches = cutPairs(encodeAll(rest), most);
    const answers = await mapConcurrently(batches, REQUESTS_AT_ONCE, put);
    if (!answers.ok) return answers;
    const refused = new Set(answers.value.flat());
    rest = rest.filter(({ key }) => refused.has(key));
  }
  return rest.length === 0
    ? ok(done)
    : failed({ reason: "values-refused", keys: rest.map(({ key }) => key) });
}

/** Values as a request carries them, each encoded when it is asked for. */
async function* encodeAll(values: readonly PlannedValue[]): AsyncGenerator<EncodedPair, undefined> {
  for (const { key, encode } of values) yield encodePair(key, await encode());
}

/**
 * Batches within the limits of one request to KV.
 *
 * @param mostBytes how large a batch may be by now; a value that is larger by itself is a batch
 */
async function* cutPairs(
  pairs: Iterable<EncodedPair> | AsyncIterable<EncodedPair>,
  mostBytes: () => number,
): AsyncGenerator<readonly EncodedPair[], undefined> {
  let batch: EncodedPair[] = [];
  for await (const pair of pairs) {
    const isFull = batch.length === MOST_PAIRS || sizeOf(batch) + pair.json.length > mostBytes();
    if (isFull && batch.length > 0) {
      yield batch;
      batch = [];
    }
    batch.push(pair);
  }
  if (batch.length > 0) yield batch;
}

function sizeOf(pairs: readonly EncodedPair[]): number {
  return pairs.reduce((sum, { json }) => sum + json.length, 0);
}

function megabytes(bytes: number): string {
  return `${(bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB`;
}
