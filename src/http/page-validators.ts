import type { Manifest, MapName } from "../store/manifest.ts";
import type { Validators } from "./conditional.ts";
import { namesTag, validatorsOf } from "./conditional.ts";
import type { AppContext } from "./env.ts";
import { page, pageNotModified } from "./responses.ts";

/**
 * The validators of a page that is made of entries of the release. Packs are named by their content, so the names of
 * those that hold the entries change when the entries do; all of this is known without a read.
 */
export function pageValidators(
  manifest: Manifest,
  map: MapName,
  ...keys: readonly Uint8Array[]
): Validators {
  const packs = keys.map((key) => manifest.packOf(map, key) ?? "none");
  return packValidators(manifest, [...new Set(packs)]);
}

/** The validators of a page that is made of all that stands in some packs. */
export function packValidators(manifest: Manifest, packs: readonly string[]): Validators {
  return validatorsOf([...packs, manifest.pageBasis].join("."));
}

/** The answer where the client or this isolate has the page as it is now; null where it is yet to be made. */
export function knownPage(
  context: AppContext,
  path: string,
  validators: Validators,
): Response | null {
  if (isCurrentPage(context, validators)) return pageNotModified(validators);
  const kept = context.get("documents").get(path);
  return kept === null ? null : page(context.get("store").manifest.site, kept, validators);
}

/** A page that was just made. Most requests are for few of them, such as what somebody has just shared. */
export function newPage(
  context: AppContext,
  path: string,
  body: Uint8Array<ArrayBuffer>,
  validators: Validators,
): Response {
  // A copy: a document that was just made lies in a buffer with room to spare.
  context.get("documents").set(path, body.slice(), body.byteLength);
  return page(context.get("store").manifest.site, body, validators);
}

/**
 * Whether the client holds the page as it is now. It says so by name: `*` asks whether the page exists at all, which
 * only a read can tell.
 */
export function isCurrentPage(context: AppContext, { entityTag }: Validators): boolean {
  const ifNoneMatch = context.req.header("If-None-Match");
  return ifNoneMatch !== undefined && namesTag(ifNoneMatch, entityTag);
}
