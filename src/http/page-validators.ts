import type { Manifest } from "../store/manifest.ts";
import type { MapName } from "../store/release-contents.ts";
import type { Validators } from "./validators.ts";
import { namesTag, validatorsOf } from "./validators.ts";
import type { AppContext } from "./env.ts";
import { page, pageNotModified } from "./responses.ts";

/**
 * The validators of a page that is made from entries of the release. Packs are named by their content, so the names of
 * the packs change when the entries do, and no read is needed.
 */
export function pageValidators(
  manifest: Manifest,
  map: MapName,
  ...keys: readonly Uint8Array[]
): Validators {
  const packs = keys.map((key) => manifest.packOf(map, key) ?? "none");
  return packValidators(manifest, [...new Set(packs)]);
}

/** The validators of a page that is made from everything in these packs. */
export function packValidators(manifest: Manifest, packs: readonly string[]): Validators {
  return validatorsOf([...packs, manifest.pageBasis].join("."));
}

/** The answer where the client or this isolate has the current page; null where it must be made. */
export function knownPage(
  context: AppContext,
  path: string,
  validators: Validators,
): Response | null {
  if (isCurrentPage(context, validators)) return pageNotModified(validators);
  const kept = context.get("documents").get(path);
  return kept === null ? null : page(context.get("store").manifest.site, kept, validators);
}

/** Keeps and sends a page that was just made. Most requests are for a few pages, such as one that was just shared. */
export function newPage(
  context: AppContext,
  path: string,
  body: Uint8Array<ArrayBuffer>,
  validators: Validators,
): Response {
  context.get("documents").set(path, body, body.byteLength);
  return page(context.get("store").manifest.site, body, validators);
}

/**
 * Whether the client has the current page. `If-None-Match: *` does not count, because it asks whether the page exists,
 * which only a read can tell.
 */
export function isCurrentPage(context: AppContext, { entityTag }: Validators): boolean {
  const ifNoneMatch = context.req.header("If-None-Match");
  return ifNoneMatch !== undefined && namesTag(ifNoneMatch, entityTag);
}
