import { posix, resolve } from "node:path";
import type { Table } from "../config/config-file.ts";
import { isTable } from "../config/config-file.ts";
import type { FoundFile } from "../read/files/find-articles.ts";
import { PLAIN_FILE_SETTINGS, findArticles } from "../read/files/find-articles.ts";
import { findPages } from "../read/files/find-pages.ts";
import { createFollowFile } from "../read/files/follow-file.ts";
import { isJekyllSite } from "../read/files/jekyll-site.ts";
import { readPart } from "../read/files/read-part.ts";
import { statOf } from "../read/files/stat-of.ts";
import { splitFrontMatter } from "../read/front-matter/front-matter.ts";
import { parseRubyYaml } from "../read/front-matter/ruby-yaml.ts";

/** An article or a page that init found. */
export interface SiteFile {
  /** The path from the folder, with `/` between folders. */
  readonly path: string;
  /** `posts`, `pages`, or the name of its collection: what `defaults` calls its type. */
  readonly type: string;
  /** Its front matter; empty where that cannot be read, of which the content check tells. */
  readonly header: Table;
  /** Whether its name or its front matter has a date. */
  readonly isDated: boolean;
}

export interface SiteFiles {
  /** Of Jekyll: in `_posts` folders. */
  readonly posts: readonly SiteFile[];
  /** Those of collections. */
  readonly documents: readonly SiteFile[];
  /** Files with front matter elsewhere; in folders of nothing else but dated ones they are articles. */
  readonly pages: readonly SiteFile[];
}

/** What of a folder is looked at. */
export interface Looked {
  /** Jekyll's `collections_dir`, or `.`: where its posts and collections are. */
  readonly documentsFolder: string;
  /** Names of collections that have addresses. */
  readonly collections: readonly string[];
  /** Folders that begin with `_` and hold pages all the same. */
  readonly pageFolders: readonly string[];
}

const DATED_NAME = /^\d{4}-\d{1,2}-\d{1,2}-/;
/** More than any front matter that somebody wrote. */
const HEADER_BYTES = 16_384;

/** Lists what a folder holds that may be an article or a page, whatever settings would leave out. */
export function listSiteFiles(root: string, looked: Looked): SiteFiles {
  const { documentsFolder, collections } = looked;
  const folder = resolve(root, documentsFolder);
  const roots = [documentsFolder, "."];
  const settings = { ...PLAIN_FILE_SETTINGS, collections };
  const documents = isSiteWith(folder, collections)
    ? findArticles(root, [documentsFolder], createFollowFile(root, roots), settings).articles
    : [];
  const pageFolders = looked.pageFolders.filter((name) => statOf(resolve(root, name)) !== null);
  const pages = findPages(
    root,
    ["."],
    { ...PLAIN_FILE_SETTINGS, pages: [".", ...pageFolders] },
    createFollowFile(root, roots),
  ).pages;
  const read = documents.map((found) => siteFile(found, typeOf(found, collections)));
  const taken = new Set(read.map(({ path }) => path));
  return {
    posts: read.filter(({ type }) => type === "posts"),
    documents: read.filter(({ type }) => type !== "posts"),
    pages: pages.map((found) => siteFile(found, "pages")).filter(({ path }) => !taken.has(path)),
  };
}

/** Whether a folder has posts or collections; of any other `findArticles` would list all files. */
function isSiteWith(folder: string, collections: readonly string[]): boolean {
  const hasCollection = collections.some((name) => statOf(resolve(folder, `_${name}`)) !== null);
  return isJekyllSite(folder) || hasCollection;
}

function typeOf({ pathInSource }: FoundFile, collections: readonly string[]): string {
  const [first = ""] = pathInSource.split("/");
  return collections.find((name) => first === `_${name}`) ?? "posts";
}

function siteFile({ file, path: written }: FoundFile, type: string): SiteFile {
  const path = posix.normalize(written);
  const header = headerOf(file);
  const isDated = DATED_NAME.test(posix.basename(path)) || typeof header["date"] === "string";
  return { path, type, header, isDated };
}

function headerOf(file: string): Table {
  try {
    const text = readPart(file, 0, HEADER_BYTES)
      .toString()
      .replace(/^\uFEFF/, "");
    const split = splitFrontMatter(text.replaceAll("\r\n", "\n"));
    const read = split.ok ? parseRubyYaml(split.value.header ?? "") : split;
    return read.ok && isTable(read.value.value) ? read.value.value : {};
  } catch {
    // It may not be read, or was deleted meanwhile.
    return {};
  }
}
