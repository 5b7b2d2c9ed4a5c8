import type { Result } from "../domain/result.ts";
import { failed, ok } from "../domain/result.ts";
import type { ContentHash } from "./content-hash.ts";
import { readHash } from "./content-hash.ts";
import type { DatedStates } from "./dated-states.ts";
import { datedStates } from "./dated-states.ts";
import {
  FIRST_FORMAT_VERSION,
  FORMATS_WITHOUT_LATE,
  UNKNOWN_FORMATS,
  firstFormatStates,
} from "./earlier-manifests.ts";
import { HashedKeys } from "./hashed-keys.ts";
import { KeyColumn } from "./key-column.ts";
import type { ManifestMeta } from "./manifest-layout.ts";
import {
  MAGIC,
  META_LENGTH_START,
  META_START,
  MOMENT_BYTES,
  RELEASE_FORMAT_VERSION,
  RELEASE_START,
  SCOPE_RECORD_BYTES,
  mapsOf,
  renderersOf,
} from "./manifest-layout.ts";
import { prerenderedFeedKey } from "./prerendered-feed.ts";
import type { MapName } from "./release-contents.ts";

/** A manifest taken apart. Of its bytes only the meta JSON was parsed. */
export interface ManifestParts {
  readonly release: ContentHash;
  readonly meta: ManifestMeta;
  readonly maps: ReadonlyMap<MapName, HashedKeys>;
  readonly scopeKeys: KeyColumn;
  readonly scopeTitles: KeyColumn;
  readonly scopePages: KeyColumn;
  readonly scopeStates: DatedStates;
  /** The key of the prerendered feed with a digest. */
  readonly prerenderedKey: (digest: ContentHash) => string;
  /** What `readHistory` reads; null in formats that lack it. */
  readonly historyBytes: Uint8Array | null;
}

/** Why bytes are not a manifest that this code can use. */
export interface ManifestFailure {
  readonly reason: "manifest-unreadable";
  readonly detail: string;
}

const decoder = new TextDecoder();

/** Takes a manifest apart in its own or an earlier format, or says why it cannot be used. */
export function readManifestParts(bytes: Uint8Array): Result<ManifestParts, ManifestFailure> {
  if (bytes.byteLength < META_START || decoder.decode(bytes.subarray(0, 4)) !== MAGIC) {
    return unreadable(`${bytes.byteLength} bytes that do not begin with "${MAGIC}"`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const mapsStart = META_START + view.getUint32(META_LENGTH_START, true);
  try {
    const meta = JSON.parse(decoder.decode(bytes.subarray(META_START, mapsStart))) as ManifestMeta;
    if (meta.version === FIRST_FORMAT_VERSION) {
      const content = readHash(bytes, RELEASE_START);
      const known = { ...meta, content, formats: UNKNOWN_FORMATS, hasAllTags: false };
      return ok(partsBehind(bytes, known, mapsStart));
    }
    if (meta.version !== RELEASE_FORMAT_VERSION && !FORMATS_WITHOUT_LATE.has(meta.version)) {
      return unreadable(`its format is ${meta.version}, this code reads ${RELEASE_FORMAT_VERSION}`);
    }
    return ok(partsBehind(bytes, meta, mapsStart));
  } catch {
    return unreadable("it is cut off or damaged");
  }
}

/** @throws RangeError where bytes are cut off */
function partsBehind(bytes: Uint8Array, meta: ManifestMeta, mapsStart: number): ManifestParts {
  let at = mapsStart;
  const next = <Part extends KeyColumn | HashedKeys>(Kind: new (rest: Uint8Array) => Part) => {
    const part = new Kind(bytes.subarray(at));
    at += part.byteLength;
    return part;
  };
  const maps = new Map(mapsOf(meta.search).map((name) => [name, next(HashedKeys)]));
  const scopeKeys = next(KeyColumn);
  const scopeTitles = next(KeyColumn);
  const scopePages = next(KeyColumn);
  const renderers = renderersOf(meta.formats);
  const prerenderedKey = (digest: ContentHash): string => prerenderedFeedKey(digest, renderers);
  const rest = bytes.subarray(at);
  const { count } = scopeKeys;
  const historyStart = count * (SCOPE_RECORD_BYTES + MOMENT_BYTES);
  return {
    release: readHash(bytes, RELEASE_START),
    meta,
    maps,
    scopeKeys,
    scopeTitles,
    scopePages,
    scopeStates:
      meta.version === FIRST_FORMAT_VERSION
        ? firstFormatStates(rest)
        : datedStates(rest, count, prerenderedKey),
    prerenderedKey,
    historyBytes:
      meta.version === RELEASE_FORMAT_VERSION ? sizedPart(rest.subarray(historyStart)) : null,
  };
}

/** What follows a length in four bytes; throws a RangeError where there is less. */
function sizedPart(bytes: Uint8Array): Uint8Array {
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true);
  const start = Uint32Array.BYTES_PER_ELEMENT;
  if (start + length > bytes.byteLength) throw new RangeError(`${length} bytes are cut off`);
  return bytes.subarray(start, start + length);
}

function unreadable(detail: string): Result<never, ManifestFailure> {
  return failed({ reason: "manifest-unreadable", detail });
}
