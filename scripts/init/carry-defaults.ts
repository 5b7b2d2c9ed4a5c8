import { canonicalLanguage } from "../../src/domain/canonical-language.ts";
import type { Table } from "../config/config-file.ts";
import { HEADER_FIELDS } from "../read/front-matter/header-fields.ts";
import { counted } from "../terminal/counted.ts";
import { folderValues } from "./folder-values.ts";
import { tableOf, textOf, textsOf } from "./jekyll-config.ts";
import { nameSome } from "./name-some.ts";
import type { SiteFile } from "./list-site-files.ts";
import type { Setting } from "./setting.ts";

/** What Jekyll's `defaults` say of a file. */
export type FileDefaults = (file: Pick<SiteFile, "path" | "type">) => Table;

/** What `lang` of `defaults` means, for files that name none themselves. */
export function languagesByFolder(
  files: readonly SiteFile[],
  defaultsOf: FileDefaults,
  usual: string,
): { readonly settings: readonly Setting[]; readonly leftovers: readonly string[] } {
  const unknown = new Set<string>();
  const silent = files.filter(
    ({ header }) => textOf(header["lang"] ?? header["language"]) === null,
  );
  const values = silent.map((file): [string, string] => {
    const { path } = file;
    const defaults = defaultsOf(file);
    const written = textOf(defaults["lang"] ?? defaults["language"] ?? defaults["locale"]);
    if (written === null) return [path, usual];
    const tag = canonicalLanguage(written);
    if (tag === null) unknown.add(written);
    return [path, tag ?? usual];
  });
  const { byFolder, astray } = folderValues(new Map(values), usual);
  return {
    settings: Object.keys(byFolder).length === 0 ? [] : [{ key: "languages", value: byFolder }],
    leftovers: [
      ...(astray.length === 0
        ? []
        : [
            `defaults: lang of ${nameSome(astray)} is another than that of the files beside; write lang: into the front matter of each`,
          ]),
      ...[...unknown].map(
        (tag) =>
          `defaults: lang "${tag}" is no language tag; write one such as zh-CN into languages`,
      ),
    ],
  };
}

/** Whether Jekyll shows a file, by its front matter or by `defaults`. */
export function isPublished(file: SiteFile, defaultsOf: FileDefaults): boolean {
  return (file.header["published"] ?? defaultsOf(file)["published"]) !== false;
}

/** Folders whose files `defaults` keeps out by `published: false`. */
export function unpublishedFolders(
  files: readonly SiteFile[],
  defaultsOf: FileDefaults,
): readonly string[] {
  const silent = files.filter(({ header }) => header["published"] === undefined);
  const values = silent.map((file): [string, string] => [
    file.path,
    isPublished(file, defaultsOf) ? "in" : "out",
  ]);
  const { byFolder } = folderValues(new Map(values), "in");
  return Object.entries(byFolder).flatMap(([folder, value]) => (value === "out" ? folder : []));
}

const MOST_NAMED = 3;

/** Keys for which there are settings by folder, or that are read elsewhere. */
const CARRIED: ReadonlySet<string> = new Set(["permalink", "lang", "language", "published"]);

/**
 * What articles have by `defaults` alone, and no setting says by folder.
 *
 * @param author the site's, whom all articles have that name none
 */
export function defaultsWithoutSetting(
  articles: readonly SiteFile[],
  defaultsOf: FileDefaults,
  author: string | null,
): readonly string[] {
  const filesByKey = new Map<string, readonly string[]>();
  const isOwn = (key: string, value: unknown): boolean =>
    CARRIED.has(key) || (key === "author" && author !== null && isNamed(value, author));
  for (const file of articles) {
    for (const [key, value] of Object.entries(defaultsOf(file))) {
      const isSaid = file.header[key] !== undefined || !Object.hasOwn(HEADER_FIELDS, key);
      if (isSaid || isOwn(key, value)) continue;
      filesByKey.set(key, [
        ...(filesByKey.get(key) ?? []),
        `${file.path}: ${textsOf(value).join(", ")}`,
      ]);
    }
  }
  if (filesByKey.size === 0) return [];
  // What an article's sections are is worth naming: their pages are missing until it is written.
  const keys = [...filesByKey].map(([key, files]) => {
    const rest = files.length - MOST_NAMED;
    const named = [...files.slice(0, MOST_NAMED), ...(rest > 0 ? [`and ${rest} more`] : [])];
    const isCategory = key === "category" || key === "categories";
    return `${key} (${isCategory ? named.join("; ") : counted(files.length, "article")})`;
  });
  return [
    `defaults: ${keys.join(", ")} have no setting by folder; write them into the front matter of these articles`,
  ];
}

function isNamed(value: unknown, author: string): boolean {
  return textOf(value) === author || textOf(tableOf(value)["name"]) === author;
}
