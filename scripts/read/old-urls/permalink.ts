import type { Result } from "../../../src/domain/result.ts";
import { failed, ok } from "../../../src/domain/result.ts";

/** Jekyll's named styles (https://jekyllrb.com/docs/permalinks/#built-in-formats). */
const STYLES: ReadonlyMap<string, string> = new Map([
  ["date", "/:categories/:year/:month/:day/:title:output_ext"],
  ["pretty", "/:categories/:year/:month/:day/:title/"],
  ["ordinal", "/:categories/:year/:y_day/:title:output_ext"],
  ["weekdate", "/:categories/:year/W:week/:short_day/:title:output_ext"],
  ["none", "/:categories/:title:output_ext"],
]);

/** What may follow a colon in a permalink (https://jekyllrb.com/docs/permalinks/#placeholders). */
export const PLACEHOLDER_NAMES = [
  "categories",
  "collection",
  "day",
  "hour",
  "i_day",
  "i_month",
  "long_day",
  "long_month",
  "minute",
  "month",
  "name",
  "output_ext",
  "path",
  "second",
  "short_day",
  "short_month",
  "short_year",
  "slug",
  "slugified_categories",
  "title",
  "w_day",
  "w_year",
  "week",
  "y_day",
  "year",
] as const;

export type PlaceholderName = (typeof PLACEHOLDER_NAMES)[number];

/** A permalink, divided into text and placeholders. */
export interface Permalink {
  /** As it was written, a style by its name. */
  readonly written: string;
  /** The template that a style stands for; else as it was written. */
  readonly template: string;
  readonly parts: readonly (string | { readonly placeholder: PlaceholderName })[];
}

export interface PermalinkFailure {
  readonly reason: "placeholder-unknown";
  /** With its colon. */
  readonly placeholder: string;
}

const KNOWN_NAMES: ReadonlySet<string> = new Set(PLACEHOLDER_NAMES);

/** Reads a permalink as settings name it: a template, or one of Jekyll's styles. */
export function readPermalink(written: string): Result<Permalink, PermalinkFailure> {
  const read = readTemplate(STYLES.get(written) ?? written);
  return read.ok ? ok({ ...read.value, written }) : read;
}

/** Reads the template of a permalink, in which the name of a style means nothing. */
export function readTemplate(template: string): Result<Permalink, PermalinkFailure> {
  const parts: (string | { readonly placeholder: PlaceholderName })[] = [];
  let copied = 0;
  for (const { 0: whole, 1: name = "", index } of template.matchAll(/:([a-z_]+)/g)) {
    // A name that ends in `_` may be a placeholder with a literal `_` behind it.
    const known = [name, name.replace(/_$/, "")].find(isPlaceholderName);
    if (known === undefined) return failed({ reason: "placeholder-unknown", placeholder: whole });
    parts.push(template.slice(copied, index), { placeholder: known });
    copied = index + 1 + known.length;
  }
  parts.push(template.slice(copied));
  return ok({ written: template, template, parts });
}

function isPlaceholderName(name: string): name is PlaceholderName {
  return KNOWN_NAMES.has(name);
}

/** Styles after which Jekyll gives the documents of a collection an ending; it forgot `weekdate`. */
const STYLES_WITH_ENDING: ReadonlySet<string> = new Set(["date", "ordinal", "none"]);

/**
 * The permalink of the documents of a collection that has none of its own: as Jekyll makes it, it ends as the site's does.
 */
export function collectionPermalink({ written, template }: Permalink): Permalink {
  const hasEnding = STYLES_WITH_ENDING.has(written) || written.endsWith(":output_ext");
  const end = template.endsWith("/") ? "/" : hasEnding ? ".html" : "";
  return {
    written,
    template: `/:collection/:path${end}`,
    parts: ["/", { placeholder: "collection" }, "/", { placeholder: "path" }, end],
  };
}
