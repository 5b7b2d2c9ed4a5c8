import { posix } from "node:path";
import type { Table } from "../config/config-file.ts";
import { isTable } from "../config/config-file.ts";
import { merged, tableOf } from "./jekyll-config.ts";

/** What a file's front matter has where it says nothing, by its path from the site's root and its type. */
export type DefaultsOf = (path: string, type: string) => Table;

interface Scope {
  readonly path: string;
  /** `posts`, `pages` or the name of a collection; null for all of them. */
  readonly type: string | null;
  readonly values: Table;
}

/**
 * Jekyll's `defaults`, as its `FrontmatterDefaults` reads them: a longer path counts more, of equal ones that with a type, and
 * of these the later.
 *
 * @param collectionsFolder `collections_dir`, which documents' paths there leave out; empty where there is none
 */
export function createDefaults(written: unknown, collectionsFolder: string): DefaultsOf {
  const scopes = (Array.isArray(written) ? written : []).filter(isTable).map((set): Scope => {
    const { path, type } = tableOf(set["scope"]);
    const prefix = collectionsFolder === "" ? "" : `${collectionsFolder}/`;
    const named = typeof path === "string" ? path : "";
    return {
      path: prefix !== "" && named.startsWith(prefix) ? named.slice(prefix.length) : named,
      type: typeof type === "string" ? type : null,
      values: tableOf(set["values"]),
    };
  });
  return (path, type) => {
    let values: Table = {};
    let strongest: Scope | null = null;
    for (const scope of scopes) {
      if ((scope.type !== null && scope.type !== type) || !holds(scope.path, path)) continue;
      if (strongest === null || beats(scope, strongest)) {
        values = merged(values, scope.values);
        strongest = scope;
      } else {
        values = merged(scope.values, values);
      }
    }
    return values;
  };
}

/** Whether a scope's path holds a file: it is the beginning of its path, or the glob of a folder above it or of itself. */
function holds(scope: string, path: string): boolean {
  if (!scope.includes("*")) return path.startsWith(scope);
  const parts = path.split("/");
  return parts.some((_, index) =>
    posix.matchesGlob(parts.slice(0, index + 1).join("/"), scope.replace(/\/+$/, "")),
  );
}

function beats(scope: Scope, before: Scope): boolean {
  const [length, lengthBefore] = [scope, before].map(
    ({ path }) => path.replace(/^\/(.*?)\/?$/, "$1").length,
  );
  if (length !== lengthBefore) return (length ?? 0) > (lengthBefore ?? 0);
  return scope.type !== null || before.type === null;
}
