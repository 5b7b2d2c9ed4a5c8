import { posix } from "node:path";
import type { Table } from "../config/config-file.ts";
import { findArticleFolders } from "./article-folders.ts";
import type { FileDefaults } from "./carry-defaults.ts";
import { readExcludes } from "./carry-excludes.ts";
import { createDefaults } from "./front-matter-defaults.ts";
import { isOn, tableOf, textOf, textsOf } from "./jekyll-config.ts";
import type { SiteFile } from "./list-site-files.ts";
import { listSiteFiles } from "./list-site-files.ts";

/** The files of a Jekyll site by what they become here, without those that it leaves out. */
export interface JekyllFiles {
  readonly articles: readonly SiteFile[];
  /** Those of collections that become pages. */
  readonly documents: readonly SiteFile[];
  readonly pages: readonly SiteFile[];
  /** The folders with articles. */
  readonly sources: readonly string[];
  /** The names of collections that become articles. */
  readonly collections: readonly string[];
  readonly excludes: { readonly globs: readonly string[] };
  readonly defaultsOf: FileDefaults;
  /** What could not be carried over, and what to do. */
  readonly leftovers: readonly string[];
}

/** Lists a Jekyll site's files and says which are articles: posts, and collections all of whose documents have a date. */
export function divideJekyllFiles(root: string, config: Table): JekyllFiles {
  const written = (textOf(config["collections_dir"]) ?? "").replaceAll(/^(?:\.?\/)+|\/+$/g, "");
  const documentsFolder = written === "" ? "." : written;
  const { isExcluded, globsFor } = readExcludes(config);
  const names = collectionsWithAddresses(config["collections"]);
  const listed = listSiteFiles(root, {
    documentsFolder,
    collections: names,
    pageFolders: textsOf(config["include"]).filter((name) => /^_[^/]+\/?$/.test(name)),
  });
  const isKept = ({ path }: SiteFile): boolean => !isExcluded(path);
  const collections = names.filter((name) => {
    const own = listed.documents.filter(({ type }) => type === name);
    return own.length > 0 && own.every(({ isDated }) => isDated);
  });
  const isArticle = ({ type }: SiteFile): boolean => collections.includes(type);
  const posts = listed.posts.filter((post) => isKept(post) && post.isDated);
  const documents = listed.documents.filter(isKept);
  const besides = findArticleFolders(listed.pages, isExcluded);
  const excludes = globsFor([...listed.posts, ...listed.documents].map(({ path }) => path));
  const defaults = createDefaults(config["defaults"], written);
  const prefix = written === "" ? "" : `${written}/`;
  return {
    articles: [...posts, ...documents.filter(isArticle), ...besides.articles],
    documents: documents.filter((file) => !isArticle(file)),
    pages: listed.pages.filter((page) => isKept(page) && !besides.articles.includes(page)),
    sources: sourcesOf(posts, documentsFolder, collections, besides.folders),
    collections,
    excludes,
    // Jekyll's paths of documents begin in `collections_dir`.
    defaultsOf: ({ path, type }) =>
      defaults(path.startsWith(prefix) ? path.slice(prefix.length) : path, type),
    leftovers: [
      ...(excludes.astray.length === 0
        ? []
        : [
            `exclude: no glob says the same as ${excludes.astray.join(", ")}; write what is meant into exclude`,
          ]),
      ...besides.leftovers,
    ],
  };
}

/** Labels of collections whose documents have addresses, but `posts`. */
function collectionsWithAddresses(written: unknown): readonly string[] {
  return Object.entries(tableOf(written)).flatMap(([label, metadata]) =>
    label !== "posts" && isOn(tableOf(metadata)["output"]) ? label : [],
  );
}

/** The folders with articles: `_posts` itself where it is the only one, so that addresses are computed from file names. */
function sourcesOf(
  posts: readonly SiteFile[],
  documentsFolder: string,
  dated: readonly string[],
  besides: readonly string[],
): readonly string[] {
  const folders = new Set(
    posts.map(({ path }) => path.replace(/(^|.*?\/)_posts\/.*$/, "$1_posts")),
  );
  const usual = posix.join(documentsFolder, "_posts");
  const isOne = folders.size <= 1 && dated.length === 0 && documentsFolder === ".";
  const [only = usual] = folders;
  const main = isOne ? (posts.length === 0 && besides.length > 0 ? [] : [only]) : [documentsFolder];
  return [...main, ...besides];
}
