import { pageAddress } from "../read/old-urls/page-address.ts";
import { collectionPermalink, readPermalink, readTemplate } from "../read/old-urls/permalink.ts";
import type { Table } from "../config/config-file.ts";
import type { FileDefaults } from "./carry-defaults.ts";
import { folderValues } from "./folder-values.ts";
import { tableOf, textOf, textsOf } from "./jekyll-config.ts";
import { nameSome } from "./name-some.ts";
import type { SiteFile } from "./list-site-files.ts";
import type { Setting } from "./setting.ts";

/** What Jekyll's settings say about addresses. */
export interface CarriedPermalinks {
  readonly settings: readonly Setting[];
  /** What could not be carried over, and what to do. */
  readonly leftovers: readonly string[];
}

/** Jekyll's own, as ours. */
const USUAL = "date";

/**
 * Turns `permalink`, that of collections and that of `defaults` into the settings `permalink` and `permalinks`: what each file
 * has is worked out as Jekyll does it, and then said by folder.
 *
 * @param articles posts, and documents of collections that become articles
 * @param documents of collections that become pages, which need a permalink to be at their addresses
 */
export function carryPermalinks(
  config: Table,
  articles: readonly SiteFile[],
  documents: readonly SiteFile[],
  defaultsOf: FileDefaults,
): CarriedPermalinks {
  const leftovers: string[] = [];
  const known = new Map<string, string | null>();
  /** A permalink as it is, null where Jekyll itself would not know it. */
  const checked = (written: string | null, where: string): string | null => {
    if (written === null) return null;
    const before = known.get(written);
    if (before !== undefined) return before;
    const read = readPermalink(written);
    if (!read.ok) {
      leftovers.push(
        `${where}: the permalink "${written}" has "${read.failure.placeholder}", which Jekyll does not know; write what the site had into permalink`,
      );
    }
    known.set(written, read.ok ? written : null);
    return read.ok ? written : null;
  };
  const usual = checked(textOf(config["permalink"]), "permalink") ?? USUAL;
  const folder = textOf(config["collections_dir"]);
  const collections = tableOf(config["collections"]);
  /** What a file has without its front matter; null for what follows from the site's permalink. */
  const effective = (file: SiteFile): string | null => {
    const { type } = file;
    const byDefault = textOf(defaultsOf(file)["permalink"]);
    if (byDefault !== null && isStyle(byDefault)) {
      leftovers.push(
        `defaults: the permalink "${byDefault}" is a style, which Jekyll takes for an address there; write the template that is meant into permalinks`,
      );
      return null;
    }
    const ofType = textOf(tableOf(collections[type])["permalink"]);
    return checked(byDefault, "defaults") ?? checked(ofType, `collections.${type}`);
  };
  const inherited = ({ type }: SiteFile): string => (type === "posts" ? usual : inheritedBy(usual));
  const valuesOf = (files: readonly SiteFile[]): ReadonlyMap<string, string> =>
    new Map(
      files
        .filter(({ header }) => textOf(header["permalink"]) === null)
        .map((file) => [
          file.path,
          withCategories(effective(file) ?? inherited(file), file, defaultsOf(file), folder),
        ]),
    );
  const ofArticles = valuesOf(articles);
  const [common = usual, ...others] = new Set(ofArticles.values());
  const isSame = others.length === 0 && hasSamePages(common, usual) && articles.every(isPost);
  const site = isSame ? common : usual;
  const said = [
    folderValues(ofArticles, site),
    // A folder with several collections in it has pages of its own.
    ...[...Map.groupBy(documents, ({ type }) => type).values()].map((own) =>
      folderValues(valuesOf(own), null),
    ),
  ];
  const byFolder = Object.fromEntries(said.flatMap((each) => Object.entries(each.byFolder)));
  const astray = said.flatMap((each) => each.astray);
  if (astray.length > 0) {
    leftovers.push(
      `defaults: the permalink of ${nameSome(astray)} is another than that of the files beside; write permalink: into the front matter of each`,
    );
  }
  return {
    settings: [
      ...(site === USUAL ? [] : [{ key: "permalink", value: site }]),
      ...(Object.keys(byFolder).length === 0 ? [] : [{ key: "permalinks", value: byFolder }]),
    ],
    leftovers: [...new Set(leftovers)],
  };
}

/**
 * A permalink with the categories in it that a file has by `defaults` alone, since Offprint reads those of front matter and of
 * folders only. Nothing of it changes when they are written into the front matter.
 *
 * @param folder Jekyll's `collections_dir`, which is no category
 */
function withCategories(
  permalink: string,
  { path, header }: SiteFile,
  defaults: Table,
  folder: string | null,
): string {
  const own = header["categories"] ?? header["category"];
  const written = defaults["categories"] ?? defaults["category"];
  const names = typeof written === "string" ? written.split(/\s+/) : textsOf(written);
  const read = readPermalink(permalink);
  if (own !== undefined || names.length === 0 || !read.ok) return permalink;
  const [before = ""] = path.split("_posts/");
  const folders = before.split("/").filter((name) => name !== "" && name !== folder);
  const all = new Set([...folders, ...names].map((name) => name.toLowerCase()));
  const { template } = read.value;
  return template.includes(":categories")
    ? template.replaceAll(":categories", [...all].join("/"))
    : permalink;
}

function isPost({ type }: SiteFile): boolean {
  return type === "posts";
}

function isStyle(written: string): boolean {
  const [style, template] = [readPermalink(written), readTemplate(written)];
  return style.ok && template.ok && style.value.template !== template.value.template;
}

/** Whether pages without a permalink of their own are at the same addresses under both. */
function hasSamePages(one: string, other: string): boolean {
  const [first, second] = [one, other].map((site) => pageAddress("about.md", null, "", site));
  return first === second;
}

/** What documents of a collection have under the site's permalink. */
function inheritedBy(usual: string): string {
  const read = readPermalink(usual);
  return read.ok ? collectionPermalink(read.value).template : "/:collection/:path.html";
}
