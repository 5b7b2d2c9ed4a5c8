import { describe, expect, it } from "vitest";
import type { EncodedPair, KvNamespace } from "../../../scripts/cloudflare/kv-namespace.ts";
import {
  EMPTY_NAMESPACE,
  MOST_BATCH_BYTES,
  MOST_PAIRS,
} from "../../../scripts/cloudflare/kv-namespace.ts";
import { fakeIO } from "../fake-io.ts";
import { putInBatches } from "../../../scripts/publish/put-in-batches.ts";

/** A namespace that refuses the keys of `refused`, as often as they stand in it. */
function namespace(refused: readonly string[] = []): {
  readonly kv: KvNamespace;
  readonly batches: (readonly EncodedPair[])[];
} {
  const batches: (readonly EncodedPair[])[] = [];
  const left = [...refused];
  const kv: KvNamespace = {
    ...EMPTY_NAMESPACE,
    put: async (pairs) => {
      batches.push(pairs);
      const unsuccessful = pairs.map(({ key }) => key).filter((key) => left.includes(key));
      for (const key of unsuccessful) left.splice(left.indexOf(key), 1);
      return { ok: true, value: unsuccessful };
    },
  };
  return { kv, batches };
}

const values = (count: number, bytes: number) =>
  Array.from({ length: count }, (_, index) => ({
    key: `p/${index}`,
    encode: () => new Uint8Array(bytes),
  }));

describe("putInBatches", () => {
  it.each([
    ["pairs", 2500, 10],
    ["bytes", 12, 8_000_000],
  ])("cuts batches by %s", async (_, count, bytes) => {
    const { kv, batches } = namespace();
    const done = await putInBatches(values(count, bytes), kv, fakeIO());
    expect(done).toMatchObject({ ok: true, value: { values: count } });
    const sent = batches.flat().map(({ key }) => key);
    expect(new Set(sent).size).toBe(count);
    for (const batch of batches) {
      expect(batch.length).toBeLessThanOrEqual(MOST_PAIRS);
      const size = batch.reduce((sum, { json }) => sum + json.length, 0);
      expect(size).toBeLessThanOrEqual(MOST_BATCH_BYTES);
    }
  });

  it("sends again what KV did not keep, and nothing else", async () => {
    const { kv, batches } = namespace(["p/1", "p/1", "p/2"]);
    const done = await putInBatches(values(4, 10), kv, fakeIO());
    expect(done).toMatchObject({ ok: true, value: { values: 4 } });
    expect(batches.map((batch) => batch.map(({ key }) => key))).toEqual([
      ["p/0", "p/1", "p/2", "p/3"],
      ["p/1", "p/2"],
      ["p/1"],
    ]);
  });

  it.each([
    ["a fast line in one request", 25e6, [20]],
    ["a slow line in smaller ones", 8e6, [20, 10, 5, 5]],
    ["a very slow line in single values", 1e6, [20, 10, 5, 2, 1, 1]],
  ])("sends what goes through: %s", async (_, mostBytes, first) => {
    const { kv, batches } = namespace();
    const put: KvNamespace["put"] = async (pairs) => {
      const answer = await kv.put(pairs);
      const bytes = pairs.reduce((sum, { json }) => sum + json.length, 0);
      if (pairs.length === 1 || bytes <= mostBytes) return answer;
      const failure = { request: "PUT /bulk", detail: "no answer within 120 s", codes: [] };
      return { ok: false, failure: { reason: "api-late", ...failure } };
    };
    const io = fakeIO();
    const done = await putInBatches(values(20, 900_000), { ...kv, put }, io);
    expect(done).toMatchObject({ ok: true, value: { values: 20 } });
    expect(batches.map((batch) => batch.length).slice(0, first.length)).toEqual(first);
    expect(new Set(batches.flat().map(({ key }) => key)).size).toBe(20);
    if (first.length > 1) {
      expect(io.lines[0]).toBe(
        "24.0 MB did not reach KV (no answer within 120 s): sending at most 12.0 MB at a time",
      );
    }
  });

  it("says what KV will not keep", async () => {
    const { kv } = namespace(Array.from({ length: 9 }, () => "p/3"));
    const io = fakeIO();
    const done = await putInBatches(values(5, 10), kv, io);
    expect(io.lines[0]).toBe("KV did not take 1 value: sending again in 4 s, 2 of 5");
    expect(done).toEqual({ ok: false, failure: { reason: "values-refused", keys: ["p/3"] } });
  });
});
