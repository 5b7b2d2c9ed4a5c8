import type { CategoryNames } from "../../src/domain/category-names.ts";

/** A TOML table of texts by category slug. */
type Table = Readonly<Record<string, string>>;

/** What `category_titles` and `renamed_categories` say together. */
export interface CategorySettings {
  /** By slug. A category keeps the title that it had under an old name, until it has one of its own. */
  readonly categoryTitles: ReadonlyMap<string, string>;
  readonly categoryNames: CategoryNames;
}

export function categorySettings(titles: Table, written: Table): CategorySettings {
  const renamed = new Map(
    Object.keys(written).flatMap((slug): (readonly [string, string])[] => {
      const last = lastName(slug, written);
      return last === null || last === slug ? [] : [[slug, last]];
    }),
  );
  // Articles with the old name in other capitals are in the new category too, so no title makes that a category.
  const newNames = new Set(renamed.values());
  const inAnyCase = new Map(
    Array.from(renamed, ([slug, last]) => [slug.toLowerCase(), last] as const),
  );
  const nameNow = (slug: string): string =>
    newNames.has(slug) ? slug : (inAnyCase.get(slug.toLowerCase()) ?? slug);
  const all = Object.entries(titles);
  const own = all.filter(([slug]) => nameNow(slug) === slug);
  const former = all
    .filter(([slug]) => nameNow(slug) !== slug)
    .map(([slug, title]) => [nameNow(slug), title] as const);
  return {
    categoryTitles: new Map([...former, ...own]),
    categoryNames: {
      renamed,
      kept: new Set([...newNames, ...own.map(([slug]) => slug)]),
    },
  };
}

/** The slugs that are renamed to themselves, directly or through others. */
export function circlesOf(renamed: Table): readonly string[] {
  return Object.keys(renamed).filter((slug) => lastName(slug, renamed) === null);
}

/**
 * The last name in a chain of new names, of which each may be spelled in other capitals; null if the chain is a circle. A name
 * that is renamed to itself in other capitals ends there.
 */
function lastName(slug: string, renamed: Table): string | null {
  const inAnyCase = new Map(
    Object.entries(renamed).map(([old, name]) => [old.toLowerCase(), name]),
  );
  const seen = new Set([slug]);
  let last = slug;
  for (;;) {
    const next = Object.hasOwn(renamed, last) ? renamed[last] : inAnyCase.get(last.toLowerCase());
    if (next === undefined || (next === last && last !== slug)) return last;
    if (seen.has(next)) return null;
    seen.add(next);
    last = next;
  }
}
