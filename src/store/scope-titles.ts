import type { Scope } from "../domain/scope.ts";
import type { Directory } from "./directory.ts";

/** The title of a scope; its name where the release knows no other, as of tags. */
export function scopeTitle(directory: Directory, scope: Scope): string {
  const title = directory.scope(scope)?.title;
  if (title !== undefined) return title;
  return scope.kind === "site" ? directory.site.title : scope.name;
}

/** Looks the title of a category up by its slug. */
export function categoryTitles(directory: Directory): (slug: string) => string {
  return (slug) => scopeTitle(directory, { kind: "category", name: slug });
}

/** The title of a feed that combines several scopes. */
export function combinedTitle(titles: readonly string[]): string {
  return titles.join(" + ");
}
