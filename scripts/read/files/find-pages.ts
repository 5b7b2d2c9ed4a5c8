import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { errorAt, warningAt } from "../../diagnostics/diagnostic.ts";
import type { FileSettings, FoundFile } from "./find-articles.ts";
import { PLAIN_FOLDER } from "./find-articles.ts";
import type { FollowFile } from "./follow-file.ts";
import { isJekyllSite, siteRootOf } from "./jekyll-site.ts";
import type { FileFault } from "./list-files.ts";
import { ARTICLE_EXTENSION, listFiles } from "./list-files.ts";
import { ofFolder } from "./of-folder.ts";
import { createPathJudge } from "./path-globs.ts";
import { readPart } from "./read-part.ts";
import { SOURCE_MISSING } from "./source-folder.ts";
import { statOf } from "./stat-of.ts";

/** Files that are read as pages. Their source folder is the site's root, from which their addresses begin. */
export interface FoundPages {
  readonly pages: readonly FoundFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Of Offprint itself, where a Jekyll site was moved into its checkout: in them are pages for tests, and what is bundled. */
const OWN_FOLDERS = ["test", "build"];
const OPENING_FENCE = /^\uFEFF?---\s/;

/**
 * Lists the files with front matter that the setting `pages` names, and those in folders that it names: not in folders
 * that begin with `_`, in which Jekyll has no pages, and not in source folders. Files without front matter are no pages in
 * Jekyll either.
 *
 * @param root the folder of `wrangler.toml`
 */
export function findPages(
  root: string,
  sources: readonly string[],
  settings: FileSettings,
  follow: FollowFile,
): FoundPages {
  const pages = new Map<string, FoundFile>();
  const diagnostics: Diagnostic[] = [];
  const folders = sources.map((source) => resolve(root, source));
  const listing = {
    kind: "pages",
    collections: new Set<string>(),
    judge: createPathJudge(root, settings),
    apart: new Set([
      ...folders.filter((folder) => !isJekyllSite(folder)),
      ...OWN_FOLDERS.map((folder) => resolve(root, folder)),
    ]),
    visited: new Map<string, string>(),
    follow,
  } as const;
  for (const written of settings.pages.map((page) => page.replace(/\/+$/, ""))) {
    const named = resolve(root, written);
    const isFolder = statOf(named)?.isDirectory() ?? null;
    if (isFolder === null) {
      const what = `There is no page and no folder of pages "${written}"`;
      const advice = `create it, or correct the setting "pages"`;
      diagnostics.push(errorAt(written, null, SOURCE_MISSING, what, advice));
      continue;
    }
    const site = siteRootOf(root, named) ?? (isFolder ? named : dirname(named));
    const add = (file: string, path: string): void => {
      const pathInSource = relative(site, file).split(sep).join("/");
      const language = ofFolder(settings.languages, root, { file, pathFromRoot: pathInSource });
      const folder = { ...PLAIN_FOLDER, place: "", language };
      pages.set(file, { file, path, source: site, pathInSource, folder });
    };
    if (!isFolder) {
      if (ARTICLE_EXTENSION.test(named) && hasFrontMatter(named)) add(named, written);
      else diagnostics.push(describeNoPage(written));
      continue;
    }
    const report = (pathInside: string, { level = "error", ...fault }: FileFault): void => {
      const { code, what, advice } = fault;
      diagnostics.push({ ...errorAt(`${written}/${pathInside}`, null, code, what, advice), level });
    };
    for (const inner of listFiles(named, { ...listing, report })) {
      const file = join(named, inner);
      if (ARTICLE_EXTENSION.test(inner) && hasFrontMatter(file)) add(file, `${written}/${inner}`);
    }
  }
  return { pages: [...pages.values()], diagnostics };
}

function describeNoPage(path: string): Diagnostic {
  const what = `"${basename(path)}" is no page: no .md or .html file that begins with front matter`;
  const advice = `write title: … between two lines of --- at its beginning, or take it out of the setting "pages"`;
  return warningAt(path, 1, "page-impossible", what, advice);
}

function hasFrontMatter(file: string): boolean {
  try {
    return OPENING_FENCE.test(readPart(file, 0, 8).toString());
  } catch {
    // It was deleted meanwhile, or may not be read; then it says so where it is read.
    return true;
  }
}
