import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Manifest } from "../../src/store/manifest.ts";
import type { Pack } from "../../src/store/pack.ts";
import { packKey } from "../../src/store/pack.ts";
import type { ValueSource } from "../../src/store/release-store.ts";
import { ReleaseStore } from "../../src/store/release-store.ts";
import { ValueCache } from "../../src/store/value-cache.ts";
import type { ShareId } from "../../src/domain/share-id.ts";

const RELEASE = join(import.meta.dirname, "../fixtures/upgrades/0.1.0");
const LIGHTHOUSE = "jht74skbm3" as ShareId;

/**
 * KV as Cloudflare documents it: that a key is absent is remembered like a value, and a read takes what is remembered if that is
 * no older than its `cacheTtl` (https://developers.cloudflare.com/kv/api/read-key-value-pairs/#cachettl-parameter).
 */
class RememberingValues implements ValueSource {
  readonly values = new Map<string, Uint8Array>();
  readonly reads: number[] = [];
  seconds = 0;
  readonly #absentSince = new Map<string, number>();

  async get(key: string, { cacheTtl }: { readonly cacheTtl: number }): Promise<ArrayBuffer | null> {
    this.reads.push(cacheTtl);
    const since = this.#absentSince.get(key);
    if (since !== undefined && this.seconds < since + cacheTtl) return null;
    const value = this.values.get(key);
    if (value === undefined) this.#absentSince.set(key, this.seconds);
    return value === undefined ? null : new Uint8Array(value).buffer;
  }
}

it("sees within half a minute that a value is there which KV remembers as absent", async () => {
  const manifest = Manifest.open(readFileSync(join(RELEASE, "release.bin")));
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  const kv = new RememberingValues();
  // Each request is another isolate's: nothing is shared but KV.
  const read = async () =>
    new ReleaseStore(manifest.value, kv, new ValueCache<Pack>(0)).hasArticle(LIGHTHOUSE);
  expect(await read()).toMatchObject({ ok: false, failure: { reason: "value-missing" } });
  for (const { hash } of manifest.value.packs("articles")) {
    kv.values.set(packKey(hash), readFileSync(join(RELEASE, "values", packKey(hash))));
  }
  kv.seconds = 20;
  expect(await read()).toMatchObject({ failure: { reason: "value-missing" } });
  kv.seconds = 30;
  expect(await read()).toEqual({ ok: true, value: true });
  expect(Math.min(...kv.reads)).toBeGreaterThanOrEqual(30);
});
