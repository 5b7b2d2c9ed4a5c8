import type { PlannedRelease } from "../../scripts/bundle/plan-release.ts";
import { indexKey } from "../../scripts/read/index/plan-index.ts";
import { parseScopeKey } from "../../src/domain/scope.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { Pack, packKey } from "../../src/store/pack.ts";

/** What of a release's values is stored, by what it is for. */
export interface StoredShares {
  /** In the order in which they are printed; values that hold several kinds count once, for the kind of their map. */
  readonly values: ReadonlyMap<string, number>;
  readonly bytes: ReadonlyMap<string, number>;
}

/** Bytes of values by their keys. */
export type StoredValues = ReadonlyMap<string, { readonly bytes: Uint8Array }>;

const decoder = new TextDecoder();

/**
 * Divides what KV holds: the live release by what its entries are for, and the rest, which belongs to earlier releases. What packs
 * have around their entries counts as `packs`.
 */
export function storedShares(
  stored: StoredValues,
  { maps, prerenderedFeeds }: Pick<PlannedRelease, "maps" | "prerenderedFeeds">,
): StoredShares {
  const values = new Map<string, number>();
  const bytes = new Map<string, number>();
  const add = (map: Map<string, number>, name: string, amount: number): void => {
    map.set(name, (map.get(name) ?? 0) + amount);
  };
  const live = new Set<string>();
  const take = (name: string, key: string): Uint8Array | null => {
    const value = stored.get(key)?.bytes ?? null;
    if (value === null || live.has(key)) return null;
    live.add(key);
    add(values, name, 1);
    return value;
  };
  for (const [map, packs] of Object.entries(maps)) {
    for (const { hash } of packs) {
      const value = take(map, packKey(hash));
      if (value === null) continue;
      let around = value.byteLength;
      for (const { kind, size } of entriesOf(value, hash, map)) {
        add(bytes, kind, size);
        around -= size;
      }
      add(bytes, map === "search" ? "search" : "keys and checksums of packs", around);
    }
  }
  for (const { key } of prerenderedFeeds) {
    add(bytes, "finished feeds", take("finished feeds", key)?.byteLength ?? 0);
  }
  const index = indexKey("" as ContentHash);
  for (const [key, value] of stored) {
    if (live.has(key)) continue;
    const name = key.startsWith(index) ? "index of files" : "earlier releases and records";
    add(values, name, 1);
    add(bytes, name, value.bytes.byteLength);
  }
  return { values, bytes };
}

function* entriesOf(
  value: Uint8Array,
  hash: ContentHash,
  map: string,
): Generator<{ readonly kind: string; readonly size: number }, undefined> {
  const pack = Pack.open(value, hash);
  if (!pack.ok) throw new Error(pack.failure.detail);
  for (let index = 0; index < pack.value.keys.count; index += 1) {
    const entry = pack.value.entry(index);
    if (!entry.ok) throw new Error(entry.failure.detail);
    const body = entry.value.storedBody();
    if (!body.ok) throw new Error(body.failure.detail);
    const { key, head } = entry.value;
    const { byteLength } = body.value.bytes;
    if (map === "articles") {
      yield { kind: "heads of articles", size: head.byteLength };
      yield { kind: "texts of articles", size: byteLength };
    } else {
      const kind = map === "collections" ? listKind(decoder.decode(key)) : map;
      yield { kind, size: head.byteLength + byteLength };
    }
  }
}

/** Whose list an entry of the `collections` map belongs to, by its key. */
function listKind(key: string): string {
  if (key.startsWith("o/")) return "list of all feeds";
  if (key.startsWith("s/")) return "archive pages: site";
  const [, page, scope = ""] = /^(?:h|(p)\/[^/]*)\/([^\0]*)/.exec(key) ?? [];
  return `${page === undefined ? "lists" : "archive pages"}: ${parseScopeKey(scope).kind}`;
}
