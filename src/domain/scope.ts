/** What a list is about, and most feeds. */
export type Scope = { readonly kind: "site" } | NamedScope;

/** A category or a tag. */
export type NamedScope =
  | { readonly kind: "category"; readonly name: string }
  | { readonly kind: "tag"; readonly name: string };

export const SITE_SCOPE: Scope = { kind: "site" };

/** The name of a scope in stored maps: empty, `c/{slug}` or `t/{name}`. */
export function scopeKey(scope: Scope): string {
  switch (scope.kind) {
    case "site":
      return "";
    case "category":
      return `c/${scope.name}`;
    case "tag":
      return `t/${scope.name}`;
  }
}

/** Reads what `scopeKey` wrote. */
export function parseScopeKey(key: string): Scope {
  if (key === "") return SITE_SCOPE;
  return { kind: key.startsWith("c/") ? "category" : "tag", name: key.slice("c/".length) };
}
