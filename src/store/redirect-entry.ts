import type { NamedScope } from "../domain/scope.ts";
import { parseScopeKey, scopeKey } from "../domain/scope.ts";
import type { ShareId } from "../domain/share-id.ts";
import { parseShareId } from "../domain/share-id.ts";
import { plainPath } from "../domain/plain-path.ts";

/**
 * Where an old path leads: to an article, to a category or tag under its new name, to another path of the site's own, or to
 * the message that it was withdrawn.
 */
export type Redirect =
  | { readonly kind: "article"; readonly id: ShareId }
  | { readonly kind: "scope"; readonly scope: NamedScope }
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "gone" };

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/*
 * The keys of the `redirects` map, of paths in their plain spelling:
 *
 *     2022-01-10/news/2022/01/10/a   a path with a date: those of a publish lie at the end
 *     /a                             any other path
 *     +/a                            the same of one of the newest articles: a publish changes these few packs only
 *     !/2022/01/10/a                 a path from which the id of another article would be computed
 */
const RECENT = "+";
const STRONG = "!";

/** A year and a month, in one of the shapes that permalinks have: `/2022/01/`, `/2022-1-9-a`, `/2022/W02/`, `/2022/010/`. */
const DATE = /\/(\d{4})(?:[/-](\d{1,3})(?:[/-](\d{1,2}))?|\/(W\d{2}))(?=[/-]|$)/;
/** Former share pages, categories, tags and authors, which have one key each. */
const OWN_PATH = /^\/(?:s|category|tag|author)\//;

/** The key of a path whose stored redirect counts more than the article whose id can be computed from the path. */
export function strongRedirectKey(path: string): Uint8Array {
  return encoder.encode(STRONG + plainPath(path));
}

/** The key under which a path is stored; `isRecent` where its article is one of the newest. */
export function redirectKey(path: string, isRecent: boolean): Uint8Array {
  const keys = keysOf(plainPath(path));
  return encoder.encode(isRecent ? keys.at(-1) : keys[0]);
}

/** The keys under which a path may be stored: two at most. */
export function redirectKeys(path: string): readonly Uint8Array[] {
  return keysOf(plainPath(path)).map((key) => encoder.encode(key));
}

/** The plain path that a key stands for. */
export function pathOfRedirectKey(key: string): string {
  return plainPath(key.slice(key.indexOf("/")));
}

function keysOf(path: string): readonly string[] {
  if (OWN_PATH.test(path)) return [path];
  const [, year, month, day, week] = DATE.exec(path) ?? [];
  if (year === undefined) return [path, RECENT + path];
  const parts = [year, ...[month, day, week].filter((part) => part !== undefined)];
  return [parts.map((part) => part.padStart(2, "0")).join("-") + path];
}

export function encodeRedirect(redirect: Redirect): Uint8Array {
  return encoder.encode(redirectText(redirect));
}

function redirectText(redirect: Redirect): string {
  switch (redirect.kind) {
    case "article":
      return redirect.id;
    case "scope":
      return scopeKey(redirect.scope);
    case "path":
      return redirect.path;
    case "gone":
      return "gone";
  }
}

/** Reads what `encodeRedirect` wrote; anything but a share id, a path or a scope means that the article was withdrawn. */
export function decodeRedirect(head: Uint8Array): Redirect {
  const text = decoder.decode(head);
  const id = parseShareId(text);
  if (id !== null) return { kind: "article", id };
  if (text.startsWith("/")) return { kind: "path", path: text };
  const scope = parseScopeKey(text);
  const isNamed = scope.kind !== "site" && scope.kind !== "language";
  return text.includes("/") && isNamed ? { kind: "scope", scope } : { kind: "gone" };
}
