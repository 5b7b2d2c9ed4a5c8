import { posix, resolve, sep } from "node:path";

/** A file, as settings by folder may name it. */
interface NamedFile {
  /** The absolute path on disk. */
  readonly file: string;
  /** The path from the root of the Jekyll site, as far as that is known, which is the same wherever the site lies. */
  readonly pathFromRoot: string;
}

/**
 * What a setting by folders says of a file: the value of the innermost folder that it is in; null where none is named.
 *
 * @param values by folder, relative to `root`; else to the Jekyll site's root, so that a setting fits wherever that was checked out
 * @param root the folder of `wrangler.toml`, absolute
 */
export function ofFolder<Value>(
  values: ReadonlyMap<string, Value>,
  root: string,
  { file, pathFromRoot }: NamedFile,
): Value | null {
  const isAt = (name: string): boolean => `${file}${sep}`.startsWith(resolve(root, name) + sep);
  const isFromRoot = (name: string): boolean =>
    `${pathFromRoot}/`.startsWith(`${posix.normalize(name).replace(/\/$/, "")}/`);
  const named = [...values];
  const there = named.filter(([name]) => isAt(name));
  const [innermost] = (
    there.length > 0 ? there : named.filter(([name]) => isFromRoot(name))
  ).toSorted(([a], [b]) => resolve(root, b).length - resolve(root, a).length);
  return innermost?.[1] ?? null;
}
