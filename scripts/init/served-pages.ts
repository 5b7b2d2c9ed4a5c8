import { posix } from "node:path";
import { readSettings } from "../config/settings.ts";
import { pageAddress } from "../read/old-urls/page-address.ts";
import { readPages } from "../read/read-pages.ts";
import type { FileDefaults } from "./carry-defaults.ts";
import { textOf } from "./jekyll-config.ts";
import { nameSome } from "./name-some.ts";
import type { SiteFile } from "./list-site-files.ts";
import type { Setting } from "./setting.ts";
import { wranglerFile } from "./wrangler-file.ts";

/** The pages of a Jekyll site that can be served where they were. */
export interface ServedPages {
  /** Files, and folders all of whose pages can be served. */
  readonly pages: readonly string[];
  readonly count: number;
  readonly leftovers: readonly string[];
}

interface PagesOfJekyll {
  readonly pages: readonly SiteFile[];
  /** Documents of collections without a date. */
  readonly documents: readonly SiteFile[];
  readonly defaultsOf: FileDefaults;
  /** The site's. */
  readonly permalink: string;
}

/** The front page, and lists that the site has by itself under the same names or leads on from. */
const LISTS =
  /^(?:_\w+\/)?(?:index|archives?|categor(?:y|ies)|tags?|posts|blog(?:\/index)?|search)\.\w+$/;

/**
 * Reads a site's pages as a bundle would, and keeps those that are served at the address that they have in Jekyll.
 *
 * @param settings those written so far
 */
export function findServedPages(
  root: string,
  settings: readonly Setting[],
  { pages, documents, defaultsOf, permalink }: PagesOfJekyll,
): ServedPages {
  const all = [...pages, ...documents];
  if (all.length === 0) return { pages: [], count: 0, leftovers: [] };
  const text = wranglerFile({
    name: "site",
    from: null,
    settings: [...settings, { key: "pages", value: all.map(({ path }) => path) }],
  });
  const read = readSettings(text, "wrangler.toml", {});
  if (!read.ok) throw new Error(`The settings were refused: ${JSON.stringify(read.failure)}`);
  const { site, sources, files, markdown, media, addresses } = read.value;
  const found = readPages({
    root,
    site,
    sources,
    files,
    markdown,
    media,
    addresses,
    findArticle: () => null,
  });
  const served = new Map(found.pages.map((page) => [posix.normalize(page.path), page.address]));
  const elsewhere = pages.flatMap((file) => {
    const { path, header } = file;
    const written = textOf(header["permalink"]) ?? textOf(defaultsOf(file)["permalink"]);
    const address = pageAddress(path, written, site.url, permalink);
    const from =
      textOf(defaultsOf(file)["permalink"]) === null ? "the permalink of the site" : "defaults";
    return served.has(path) && served.get(path) !== address ? { path, address, from } : [];
  });
  for (const { path } of elsewhere) served.delete(path);
  const lost = all.filter(({ path }) => !served.has(path) && !LISTS.test(path));
  const lists = lost.filter(({ path }) => !elsewhere.some((each) => each.path === path));
  return {
    pages: inFolders(
      [...served.keys()],
      all.map(({ path }) => path),
    ),
    count: served.size,
    leftovers: [
      ...elsewhere.map(
        ({ path, address, from }) =>
          `${path}: its address comes from ${from}; write permalink: ${address} into its front matter, and the file into pages`,
      ),
      ...(lists.length === 0
        ? []
        : [
            `${nameSome(lists.map(({ path }) => path))}: hold nothing but what templates list, or nothing that a page shows; write text into those that are to be pages, and name them in pages`,
          ]),
    ],
  };
}

/** Names a folder in place of its files where all that are in it are among those named. */
function inFolders(paths: readonly string[], all: readonly string[]): readonly string[] {
  const served = new Set(paths);
  // A folder that begins with `_` is read only where it is named itself.
  const byTop = Map.groupBy(
    all,
    (path) => /^(?:.*?\/)??_[^/]*(?=\/)|^[^/]+(?=\/)/.exec(path)?.[0] ?? "",
  );
  return [...byTop].flatMap(([folder, files]) => {
    const own = files.filter((path) => served.has(path));
    return folder !== "" && own.length === files.length && own.length > 1 ? [folder] : own;
  });
}
