import { gunzipSync } from "node:zlib";
import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, mapped, ok } from "../../src/domain/result.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { Manifest } from "../../src/store/manifest.ts";
import { gzip } from "../../src/store/gzip.ts";
import type { ApiFailure } from "../cloudflare/cloudflare-api.ts";
import type { KvNamespace, ListedKey } from "../cloudflare/kv-namespace.ts";
import { encodePair } from "../cloudflare/kv-namespace.ts";
import type { IndexRef } from "./index-ref.ts";
import { indexRefOf, withIndexRef } from "./index-ref.ts";
import type { UploadFailure } from "./put-in-batches.ts";

/*
 * The record of a release in KV, under `r/{release}`: the manifest that its Worker carries, and where the index of its articles'
 * files lies. It is written before the values are uploaded, and is then a claim that keeps `prune` from deleting values that the
 * release needs.
 */

export const RECORD_PREFIX = "r/";

/** What a record's metadata say, so that listing the keys is enough to know all releases. */
export interface ReleaseRecord {
  readonly release: ContentHash;
  /** When the release was last claimed, in seconds since 1970. */
  readonly claimedAt: number;
  readonly kind: "deploy" | "preview";
  readonly articles: number;
  /** The Worker that carries it; null where a version of Offprint before 0.3 has claimed it. */
  readonly worker: string | null;
}

const metadataSchema = v.object({
  at: v.number(),
  kind: v.picklist(["deploy", "preview"]),
  articles: v.number(),
  worker: v.optional(v.string()),
});

/** The records among listed keys, newest first. A record whose metadata cannot be read counts as claimed just now. */
export function recordsAmong(keys: readonly ListedKey[], now: number): readonly ReleaseRecord[] {
  return keys
    .filter(({ name }) => name.startsWith(RECORD_PREFIX))
    .map(({ name, metadata }) => {
      const release = name.slice(RECORD_PREFIX.length) as ContentHash;
      const read = v.safeParse(metadataSchema, metadata);
      const { at, kind, articles, worker } = read.success
        ? read.output
        : ({ at: now, kind: "deploy", articles: 0 } as const);
      return { release, claimedAt: at, kind, articles, worker: worker ?? null };
    })
    .toSorted((a, b) => b.claimedAt - a.claimedAt);
}

/** Two Workers keep their releases in one namespace, where each would prune the values of the other. */
export interface NamespaceShared {
  readonly reason: "namespace-shared";
  readonly namespace: string;
  readonly worker: string;
  readonly other: string;
}

/** Fails if another Worker than this one has releases among the listed keys. */
export function onlyOf(
  worker: string,
  namespace: KvNamespace,
  keys: readonly ListedKey[],
): Result<null, NamespaceShared> {
  const other = recordsAmong(keys, 0).find((record) => ![null, worker].includes(record.worker));
  return other === undefined || other.worker === null
    ? ok(null)
    : failed({ reason: "namespace-shared", namespace: namespace.id, worker, other: other.worker });
}

/**
 * Claims a release by writing its record.
 *
 * @param index null where none is kept
 */
export async function claimRelease(
  namespace: KvNamespace,
  { release, claimedAt, kind, articles, worker }: ReleaseRecord,
  manifest: Uint8Array,
  index: IndexRef | null,
): Promise<Result<null, UploadFailure>> {
  const metadata = {
    at: claimedAt,
    kind,
    articles,
    ...(worker === null ? {} : { worker }),
  } satisfies v.InferInput<typeof metadataSchema>;
  const zipped = gzip(manifest, "once");
  const value = index === null ? zipped : withIndexRef(zipped, index);
  const pair = encodePair(RECORD_PREFIX + release, value, metadata);
  const claimed = await namespace.put([pair]);
  if (!claimed.ok) return claimed;
  return claimed.value.length > 0
    ? failed({ reason: "values-refused", keys: claimed.value })
    : ok(null);
}

export type RecordFailure =
  | ApiFailure
  | { readonly reason: "record-missing"; readonly release: string }
  | { readonly reason: "record-damaged"; readonly release: string; readonly detail: string };

/** What a record holds. */
export interface ReadRecord {
  readonly manifest: Manifest;
  /** Null where none is kept, or one of a format that this version does not know. */
  readonly index: IndexRef | null;
}

/** Reads the manifest of a release from its record. */
export async function readManifest(
  namespace: KvNamespace,
  release: string,
): Promise<Result<Manifest, RecordFailure>> {
  return mapped(await readRecord(namespace, release), ({ manifest }) => manifest);
}

/** Reads the record of a release. */
export async function readRecord(
  namespace: KvNamespace,
  release: string,
): Promise<Result<ReadRecord, RecordFailure>> {
  const value = await namespace.get(RECORD_PREFIX + release);
  if (!value.ok) return value;
  if (value.value === null) return failed({ reason: "record-missing", release });
  const damaged = (detail: string): Result<never, RecordFailure> =>
    failed({ reason: "record-damaged", release, detail });
  let bytes: Uint8Array;
  try {
    bytes = gunzipSync(value.value);
  } catch {
    return damaged("it cannot be unzipped");
  }
  const manifest = Manifest.open(bytes);
  if (!manifest.ok) return damaged(manifest.failure.detail);
  if (manifest.value.release !== release) return damaged("it is another release's");
  return ok({ manifest: manifest.value, index: indexRefOf(value.value) });
}
