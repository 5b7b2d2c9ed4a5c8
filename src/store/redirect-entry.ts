import type { ShareId } from "../domain/share-id.ts";
import { parseShareId } from "../domain/share-id.ts";

/** Where an old path leads: to an article, or to the word that it was withdrawn. */
export type Redirect =
  | { readonly kind: "article"; readonly id: ShareId }
  | { readonly kind: "gone" };

const GONE = "gone";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The key of a path in the `redirects` map. A slash at its end makes no difference.
 *
 * @param path of a URL, percent-decoded, with a slash in front
 */
export function redirectKey(path: string): Uint8Array {
  return encoder.encode(path.normalize("NFC").replace(/\/+$/, ""));
}

export function encodeRedirect(redirect: Redirect): Uint8Array {
  return encoder.encode(redirect.kind === "gone" ? GONE : redirect.id);
}

/** Reads what `encodeRedirect` wrote; anything but a share id says that the article was withdrawn. */
export function decodeRedirect(head: Uint8Array): Redirect {
  const id = parseShareId(decoder.decode(head));
  return id === null ? { kind: "gone" } : { kind: "article", id };
}
