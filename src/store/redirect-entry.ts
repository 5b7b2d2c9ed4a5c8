import type { NamedScope } from "../domain/scope.ts";
import { parseScopeKey, scopeKey } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import { parseShareId } from "../domain/share-id.ts";

/**
 * Where an old path leads: to an article, to a category or tag under its new name, or to the message that it was
 * withdrawn.
 */
export type Redirect =
  | { readonly kind: "article"; readonly id: ShareId }
  | { readonly kind: "scope"; readonly scope: NamedScope }
  | { readonly kind: "gone" };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The spelling of a path that its key is made of: two paths with one spelling are one path. A slash at the end makes no
 * difference.
 *
 * @param path of a URL, percent-decoded, with a slash in front
 */
export function redirectPath(path: string): string {
  return path
    .toWellFormed()
    .normalize("NFC")
    .replace(/(?<!\/)\/+$/, "");
}

/** The key of a path in the `redirects` map. */
export function redirectKey(path: string): Uint8Array {
  return encoder.encode(redirectPath(path));
}

export function encodeRedirect(redirect: Redirect): Uint8Array {
  if (redirect.kind === "gone") return encoder.encode("gone");
  return encoder.encode(redirect.kind === "article" ? redirect.id : scopeKey(redirect.scope));
}

/** Reads what `encodeRedirect` wrote; anything but a share id or a scope means that the article was withdrawn. */
export function decodeRedirect(head: Uint8Array): Redirect {
  const text = decoder.decode(head);
  const id = parseShareId(text);
  if (id !== null) return { kind: "article", id };
  const scope = parseScopeKey(text);
  return text.includes("/") && scope.kind !== "site" ? { kind: "scope", scope } : { kind: "gone" };
}
