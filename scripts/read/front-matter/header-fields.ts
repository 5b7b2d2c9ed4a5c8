import * as v from "valibot";
import type { WrittenNames } from "./article-names.ts";
import { flattenNames } from "./article-names.ts";
import { plainText } from "./plain-text.ts";

/** A picture as written in the front matter. */
export interface WrittenImage {
  /** The address or path, unchanged. */
  readonly address: string;
  readonly alt: string;
  readonly width: number | null;
  readonly height: number | null;
}

const writtenText = v.pipe(v.union([v.string(), v.boolean()]), v.toString());

/** A trimmed text; null if it is blank. */
const optionalText = v.pipe(
  v.nullable(writtenText),
  v.transform((value) => (value === null || value.trim() === "" ? null : value.trim())),
);

const names: v.GenericSchema<unknown, WrittenNames> = v.union([
  v.null(),
  v.string(),
  v.boolean(),
  v.array(v.lazy(() => names)),
]);

/** True for all but `false` and null, as in Ruby, but not for texts such as `"no"`, which nobody writes for yes. */
const flag = v.pipe(
  v.nullable(writtenText),
  v.transform((value) => value !== null && !/^(?:false|no|off|0|)$/i.test(value.trim())),
);

const pathList = v.pipe(
  names,
  v.transform((written) =>
    flattenNames(written, false)
      .map((text) => text.trim())
      .filter(Boolean),
  ),
);

/** The names of authors, which themes write in texts, maps and lists of both; their links and addresses are ignored. */
const authors = v.pipe(
  v.unknown(),
  v.transform((written) => [...new Set(listAuthors(written))]),
);

/** Keys under which themes keep the address, the most reliable first. */
const IMAGE_KEYS = "path url src image feature og_image overlay_image teaser thumbnail".split(" ");

const image = v.pipe(
  v.union([v.null(), v.boolean(), v.string(), v.record(v.string(), v.unknown())]),
  v.transform(readImage),
);

/** The supported keys of front matter, in all their spellings. Other keys are ignored without a warning. */
export const HEADER_FIELDS = {
  author: authors,
  authors,
  categories: names,
  category: names,
  date: optionalText,
  description: optionalText,
  draft: flag,
  excerpt: optionalText,
  feed_id: optionalText,
  guid: optionalText,
  header: image,
  id: optionalText,
  image,
  lang: optionalText,
  language: optionalText,
  last_modified_at: optionalText,
  modified: optionalText,
  nav: optionalText,
  nav_order: optionalText,
  permalink: optionalText,
  published: flag,
  redirect_from: pathList,
  slug: optionalText,
  summary: optionalText,
  tag: names,
  tags: names,
  title: optionalText,
  updated: optionalText,
} as const;

/** The keys whose value, where it is a text, is that text without the blanks around it. */
export const TEXT_KEYS: ReadonlySet<string> = new Set(
  Object.entries(HEADER_FIELDS).flatMap(([key, schema]) => (schema === optionalText ? key : [])),
);
/** The keys whose value, where it is a text, is that text. */
export const NAMES_KEYS: ReadonlySet<string> = new Set(
  Object.entries(HEADER_FIELDS).flatMap(([key, schema]) => (schema === names ? key : [])),
);

export type HeaderKey = keyof typeof HEADER_FIELDS;
export type HeaderValue<Key extends HeaderKey> = v.InferOutput<(typeof HEADER_FIELDS)[Key]>;

function listAuthors(written: unknown): readonly string[] {
  if (typeof written === "string") return [plainText(written)].filter(Boolean);
  if (Array.isArray(written)) return written.flatMap(listAuthors);
  if (typeof written !== "object" || written === null) return [];
  const values = new Map<string, unknown>(Object.entries(written));
  const name = firstText(["name", "display_name", "title"].map((key) => values.get(key)));
  return name === undefined ? [] : listAuthors(name);
}

function readImage(
  written: null | boolean | string | Readonly<Record<string, unknown>>,
): WrittenImage | null {
  if (written === null || typeof written === "boolean") return null;
  const values = typeof written === "string" ? { path: written } : written;
  const address = firstText(IMAGE_KEYS.map((key) => values[key]));
  if (address === undefined) return null;
  const { alt, width, height } = values;
  return {
    address: address.trim(),
    alt: typeof alt === "string" ? plainText(alt) : "",
    width: readPixels(width),
    height: readPixels(height),
  };
}

function firstText(values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === "string" && value.trim() !== "");
}

function readPixels(written: unknown): number | null {
  const pixels = typeof written === "string" ? Number.parseInt(written, 10) : Number.NaN;
  return Number.isSafeInteger(pixels) && pixels > 0 ? pixels : null;
}
