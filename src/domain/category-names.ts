/** What the settings say about the names of categories. Plain data, since it is sent to threads. */
export interface CategoryNames {
  /** New names by old ones, each the last of its chain. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Names that are there on purpose: new names, and those with a title. */
  readonly kept: ReadonlySet<string>;
}

export const NO_CATEGORY_NAMES: CategoryNames = { renamed: new Map(), kept: new Set() };

/**
 * The name of a category now. As in addresses, an old name means the same in other capitals, unless the settings name those too.
 */
export function currentName(name: string, { renamed, kept }: CategoryNames): string {
  if (renamed.size === 0) return name;
  const renamedTo = renamed.get(name);
  if (renamedTo !== undefined || kept.has(name)) return renamedTo ?? name;
  const lower = name.toLowerCase();
  const [, inAnyCase = name] = [...renamed].find(([old]) => old.toLowerCase() === lower) ?? [];
  return inAnyCase;
}
