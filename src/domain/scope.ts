/** What a list or a feed is about: the site, a category, a tag or an author; a feed may also be about a language. */
export type Scope = { readonly kind: "site" } | NamedScope | LanguageScope;

/** A category, a tag or an author. */
export interface NamedScope {
  readonly kind: (typeof NAMED_KINDS)[number];
  readonly name: string;
}

/** The articles in one of several languages. They have feeds, but no list for people. */
export interface LanguageScope {
  readonly kind: "language";
  /** A BCP 47 tag in its canonical spelling. */
  readonly name: string;
}

/** The first words of the paths of named scopes. */
export const NAMED_KINDS = ["category", "tag", "author"] as const;

export const SITE_SCOPE: Scope = { kind: "site" };

const PREFIXES = { author: "a/", category: "c/", language: "l/", tag: "t/" };

/** The name of a scope in stored maps: empty, `a/{name}`, `c/{slug}`, `t/{name}` or `l/{tag}`. */
export function scopeKey(scope: Scope): string {
  return scope.kind === "site" ? "" : `${PREFIXES[scope.kind]}${scope.name}`;
}

/** Reads what `scopeKey` wrote. */
export function parseScopeKey(key: string): Scope {
  if (key === "") return SITE_SCOPE;
  const name = key.slice(PREFIXES.tag.length);
  if (key.startsWith(PREFIXES.language)) return { kind: "language", name };
  if (key.startsWith(PREFIXES.author)) return { kind: "author", name };
  return { kind: key.startsWith(PREFIXES.category) ? "category" : "tag", name };
}
