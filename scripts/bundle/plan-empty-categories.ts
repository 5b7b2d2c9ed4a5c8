import { plainPath } from "../../src/domain/plain-path.ts";
import { decodedScopePath } from "../../src/domain/links.ts";
import type { NamedScope } from "../../src/domain/scope.ts";
import { scopeKey } from "../../src/domain/scope.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { EmptiedCategory } from "../../src/store/release-contents.ts";
import type { Redirect } from "../../src/store/redirect-entry.ts";
import type { Collection } from "./collect-scopes.ts";

/** What decides which categories without articles have feeds. */
export interface CategoriesInput {
  /** Those with articles. */
  readonly collections: readonly Collection[];
  /** Slugs that the settings name, as those with a title and new names of others. */
  readonly named: ReadonlySet<string>;
  readonly titles: ReadonlyMap<string, string>;
  /** Where old paths lead: categories that were renamed or withdrawn have no feeds. */
  readonly redirects: ReadonlyMap<string, Redirect>;
}

/** The manifest names no more than these, those that were emptied last. */
const MOST_EMPTIED = 2000;

/** Categories that the settings name and no article is in: their feeds are there, and empty. */
export function namedEmptyCategories(input: CategoriesInput): readonly Collection[] {
  const isTaken = takenNames(input.collections);
  return [...input.named]
    .filter((name) => !isTaken(name) && !leadsElsewhere(name, input.redirects))
    .map((name) => ({
      scope: categoryOf(name),
      title: input.titles.get(name) ?? name,
      members: [],
    }));
}

/**
 * Categories of the release before that have no article any more, and those that had none then. They keep their title, and their
 * moment of change while nothing of their feeds changes.
 *
 * @param known all categories of this release, empty ones with them
 * @param redirects where old paths lead; asked for only if a category is none any more
 * @param digestOf the digest of the empty feed of a category
 */
export function emptiedCategories(
  previous: Manifest,
  known: readonly Pick<Collection, "scope">[],
  redirects: () => ReadonlyMap<string, Redirect>,
  digestOf: (category: Pick<Collection, "scope" | "title">) => ContentHash,
  momentOfChange: number,
): readonly EmptiedCategory[] {
  const isTaken = takenNames(known);
  return previous
    .scopes()
    .flatMap(({ scope, title, digest: before, changedAt }): readonly EmptiedCategory[] => {
      if (scope.kind !== "category") return [];
      const slug = scope.name;
      if (isTaken(slug) || leadsElsewhere(slug, redirects())) return [];
      const digest = digestOf({ scope, title });
      return [{ slug, title, digest, changedAt: before === digest ? changedAt : momentOfChange }];
    })
    .toSorted((a, b) => b.changedAt - a.changedAt || (a.slug < b.slug ? -1 : 1))
    .slice(0, MOST_EMPTIED);
}

function categoryOf(name: string): NamedScope {
  return { kind: "category", name };
}

/** Whether a category is there, perhaps in other capitals, under which its address is found, too. */
function takenNames(collections: readonly Pick<Collection, "scope">[]): (name: string) => boolean {
  const taken = new Set(collections.map(({ scope }) => scopeKey(scope).toLowerCase()));
  return (name) => taken.has(scopeKey(categoryOf(name)).toLowerCase());
}

/** Whether its address leads elsewhere or says that it was withdrawn. */
function leadsElsewhere(name: string, redirects: ReadonlyMap<string, Redirect>): boolean {
  const path = decodedScopePath(categoryOf(name));
  return redirects.has(plainPath(path)) || redirects.has(path);
}
