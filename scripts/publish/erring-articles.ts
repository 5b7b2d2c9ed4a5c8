import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { identityOfFile } from "../../src/domain/identity.ts";
import { parseLegacyCode } from "../../src/domain/legacy-code.ts";
import type { ShareId } from "../../src/domain/share-id.ts";
import { shareIdOf } from "../../src/domain/share-id.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { hasError } from "../diagnostics/diagnostic.ts";
import { createFollowFile } from "../read/files/follow-file.ts";

const EXTENSION = /\.[^./]+$/;
const ID_LINE = /^id:[ \t]*(["']?)(.+?)\1[ \t]*(?:#.*)?$/gm;
const CODE = /(?:nw)?\d{18}/gi;

/**
 * The articles that may be in files with an error, and where the error is, as `path:line`. Such a file can still say which
 * article it is: by its name, its line `id:`, and the legacy codes in it.
 *
 * @param root the project's folder, to which source folders are relative
 * @param idPrefixes the setting `id_prefix`
 */
export async function findErringArticles(
  root: string,
  sources: readonly string[],
  diagnostics: readonly Diagnostic[],
  idPrefixes: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<ShareId, string>> {
  const prefixes = ["", ...idPrefixes.values()];
  const folders = sources.map((source) => `${source.replace(/\/+$/, "")}/`);
  const follow = createFollowFile(root, sources);
  const places = new Map<ShareId, string>();
  for (const { path, line } of diagnostics.filter((diagnostic) => hasError([diagnostic]))) {
    const place = line === null ? path : `${path}:${line}`;
    const followed = follow(resolve(root, path));
    // Nothing is opened that is not read as an article either: a pipe would have no end.
    const text = followed.ok ? await readFile(followed.value.path, "utf8").catch(() => "") : "";
    for (const folder of folders.filter((prefix) => path.startsWith(prefix))) {
      const name = path.slice(folder.length).replace(EXTENSION, "");
      for (const id of possibleIds(name, text, prefixes)) places.set(id, place);
    }
  }
  return places;
}

function possibleIds(name: string, text: string, prefixes: readonly string[]): readonly ShareId[] {
  const explicit = [...text.matchAll(ID_LINE)].map(([, , id = ""]) => id);
  const codes = [...text.matchAll(CODE)].map(([code]) => parseLegacyCode(code));
  return [null, ...explicit].flatMap((id) =>
    [null, ...codes].flatMap((code) =>
      prefixes.map((prefix) => shareIdOf(identityOfFile(name, id, code, prefix))),
    ),
  );
}
