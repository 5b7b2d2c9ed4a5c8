import * as v from "valibot";
import type { WrittenNames } from "./article-names.ts";
import { flattenNames } from "./article-names.ts";
import { plainText } from "./plain-text.ts";

/** A picture as the front matter names it. */
export interface WrittenImage {
  /** An address or a path, as written. */
  readonly address: string;
  readonly alt: string;
  readonly width: number | null;
  readonly height: number | null;
}

const writtenText = v.pipe(
  v.union([v.string(), v.boolean()]),
  v.transform((value) => String(value)),
);

/** A text, or null where it is blank. */
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

/** Ruby's truth: all but `false` and nothing; `"no"` between quotes is a text, but nobody who writes it means yes. */
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

/** Themes name authors in lists, maps and lists of maps; links and mail addresses are not names. */
const authors = v.pipe(
  v.unknown(),
  v.transform((written) => [...new Set(listAuthors(written))]),
);

/** Where themes keep the address, most telling first. */
const IMAGE_KEYS = "path url src image feature og_image overlay_image teaser thumbnail".split(" ");

const image = v.pipe(
  v.union([v.null(), v.boolean(), v.string(), v.record(v.string(), v.unknown())]),
  v.transform(readImage),
);

/** The keys of Jekyll's front matter that mean something here, each in all its spellings. Other keys are nobody's fault. */
export const HEADER_FIELDS = {
  author: authors,
  authors,
  categories: names,
  category: names,
  date: optionalText,
  description: optionalText,
  draft: flag,
  excerpt: optionalText,
  header: image,
  id: optionalText,
  image,
  lang: optionalText,
  language: optionalText,
  last_modified_at: optionalText,
  modified: optionalText,
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
