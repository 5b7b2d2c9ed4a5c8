/** What a list or a feed is about: the site, a category or a tag. */
export type Scope = { readonly kind: "site" } | NamedScope;

/** A category or a tag. */
export interface NamedScope {
  readonly kind: "category" | "tag";
  readonly name: string;
}

export const SITE_SCOPE: Scope = { kind: "site" };

const PREFIXES = { category: "c/", tag: "t/" };

/** The name of a scope in stored maps: empty, `c/{slug}` or `t/{name}`. */
export function scopeKey(scope: Scope): string {
  return scope.kind === "site" ? "" : `${PREFIXES[scope.kind]}${scope.name}`;
}

/** Reads what `scopeKey` wrote. */
export function parseScopeKey(key: string): Scope {
  if (key === "") return SITE_SCOPE;
  const kind = key.startsWith(PREFIXES.category) ? "category" : "tag";
  return { kind, name: key.slice(PREFIXES[kind].length) };
}
