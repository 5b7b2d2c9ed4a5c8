import type { Scope } from "../domain/scope.ts";
import type { Manifest } from "./manifest.ts";

/** The title of a scope; its name where the release knows no other, as of tags. */
export function scopeTitle(manifest: Manifest, scope: Scope): string {
  const title = manifest.scope(scope)?.title;
  if (title !== undefined) return title;
  return scope.kind === "site" ? manifest.site.title : scope.name;
}

/** Looks the title of a category up by its slug. */
export function categoryTitles(manifest: Manifest): (slug: string) => string {
  return (slug) => scopeTitle(manifest, { kind: "category", name: slug });
}

/** The title of a feed that combines several scopes. */
export function combinedTitle(titles: readonly string[]): string {
  return titles.join(" + ");
}
