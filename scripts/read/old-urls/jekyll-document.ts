import type { DateReading } from "../dates/article-date.ts";
import type { ArticleMeta } from "../front-matter/article-meta.ts";
import type { AddressSettings } from "./address-settings.ts";
import { permalinksOfFolder } from "./address-settings.ts";
import { POSTS, documentPlace } from "./document-place.ts";
import type { JekyllPost } from "./jekyll-paths.ts";
import type { Permalink } from "./permalink.ts";
import { collectionPermalink } from "./permalink.ts";

/** An article as a document of the Jekyll site. */
export interface JekyllDocument {
  readonly meta: ArticleMeta;
  readonly date: DateReading;
  /** The path inside the source folder, without extension. */
  readonly path: string;
  /** The path from the folder of `wrangler.toml`, with extension. */
  readonly file: string;
  /** The path from the root of the Jekyll site, with extension, as far as that is known. */
  readonly pathFromRoot: string;
}

/** The parts of its address there. */
export function jekyllPost(
  { meta, date, path, pathFromRoot }: JekyllDocument,
  timeZone: string,
): JekyllPost {
  const place = documentPlace(pathFromRoot, path);
  return { categories: meta.jekyllCategories, slug: meta.slug, ...place, date, timeZone };
}

/**
 * What its permalink has been, where its front matter has none, the one in use first.
 *
 * @param usual what it has been where nothing is said of its folder
 */
export function permalinksOf(
  { collection }: Pick<JekyllPost, "collection">,
  { file, pathFromRoot }: Pick<JekyllDocument, "file" | "pathFromRoot">,
  settings: AddressSettings,
  usual: readonly Permalink[] = settings.permalinks,
): readonly Permalink[] {
  const inherited = collection === POSTS ? usual : usual.map(collectionPermalink);
  return permalinksOfFolder(settings, [file, pathFromRoot]) ?? inherited;
}
