import { resolve, sep } from "node:path";

/**
 * What a setting by folders says of a file: the value of the innermost folder that it is in; null where none is named.
 *
 * @param values by folder, relative to `root`
 * @param root the folder of `wrangler.toml`, absolute
 */
export function ofFolder<Value>(
  values: ReadonlyMap<string, Value>,
  root: string,
  file: string,
): Value | null {
  let found: Value | null = null;
  let length = -1;
  for (const [name, value] of values) {
    const folder = resolve(root, name);
    if (folder.length <= length || !`${file}${sep}`.startsWith(folder + sep)) continue;
    found = value;
    length = folder.length;
  }
  return found;
}
