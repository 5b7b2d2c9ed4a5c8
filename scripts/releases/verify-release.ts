import { failed } from "../../src/domain/result.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import { Pack } from "../../src/store/pack.ts";
import type { ValueSource } from "../../src/store/release-store.ts";
import { ReleaseStore } from "../../src/store/release-store.ts";
import { ValueCache } from "../../src/store/value-cache.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import { packsOf } from "../publish/release-values.ts";
import { counted } from "../terminal/counted.ts";
import { EXIT } from "../publish/exit-codes.ts";
import { readRecord } from "../publish/release-record.ts";
import { verifySite } from "./verify-site.ts";
import { missingKeys, neededKeys } from "../publish/release-values.ts";
import type { ReleasedSite, VerbResult } from "./release-verb.ts";
import { done } from "./release-verb.ts";

const PACK_CACHE_BYTES = 64 * 1024 * 1024;

/** `verify`: compares the public site with a release, and looks for all of its values in KV. */
export async function verifyRelease({ namespace, live, options, io }: ReleasedSite): VerbResult {
  const release = options.names[0] ?? live.release;
  if (release === null) return failed({ reason: "nothing-to-verify" });
  const manifest = await readRecord(namespace, release);
  if (!manifest.ok) return manifest;
  const store = new ReleaseStore(
    manifest.value,
    kvValues(namespace),
    new ValueCache<Pack>(PACK_CACHE_BYTES),
  );
  const missing = await missingKeys(namespace, neededKeys(manifest.value));
  if (!missing.ok) return missing;
  const scopes = manifest.value
    .scopes()
    .toSorted((a, b) => b.count - a.count)
    .slice(0, options.feeds);
  const ids = await someIds(namespace, manifest.value, options.pages);
  const pages = Array.from(
    { length: Math.min(options.pages, ids.length) },
    () => ids[Math.floor(io.random() * ids.length)],
  ).filter((id) => id !== undefined);
  const report = await verifySite(store, scopes, pages, io);
  const differences = [...missing.value.map((key) => `KV lacks "${key}"`), ...report.differences];
  const looked = `Looked at ${counted(report.feeds, "feed")} and ${counted(report.pages, "page")} of ${manifest.value.site.url}, and for all values in KV`;
  const text =
    differences.length === 0
      ? `${looked}: all is as release ${release} has it`
      : [
          `${looked}: ${counted(differences.length, "difference")}`,
          ...differences.map((line) => `  ${line}`),
        ].join("\n");
  return done(
    { release, ...report, differences },
    text,
    differences.length === 0 ? 0 : EXIT.failed,
  );
}

/** A namespace as the Worker's own reader takes it. */
function kvValues(namespace: KvNamespace): ValueSource {
  return {
    async get(key) {
      const value = await namespace.get(key);
      if (!value.ok) throw new Error(value.failure.detail);
      return value.value?.buffer ?? null;
    },
  };
}

/** Share ids out of a few packs, enough to choose from. */
async function someIds(
  namespace: KvNamespace,
  manifest: Manifest,
  count: number,
): Promise<readonly ShareId[]> {
  const packs = manifest.packs("articles");
  const ids: ShareId[] = [];
  const step = Math.max(1, Math.floor(packs.length / Math.max(1, count)));
  for (let index = packs.length - 1; index >= 0 && ids.length < count * 50; index -= step) {
    const hash = packs[index]?.hash;
    if (hash === undefined) break;
    const value = await packsOf(namespace)(hash);
    if (!value.ok || value.value === null) continue;
    const pack = Pack.open(value.value, hash);
    if (!pack.ok) continue;
    for (let row = 0; row < pack.value.keys.count; row += 1) {
      ids.push(new TextDecoder().decode(pack.value.keys.key(row)) as ShareId);
    }
  }
  return ids;
}
