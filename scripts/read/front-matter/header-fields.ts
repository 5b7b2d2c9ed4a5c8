import * as v from "valibot";
import type { WrittenNames } from "./article-names.ts";
import { plainText } from "./plain-text.ts";

/** A picture as the front matter names it. */
export interface WrittenImage {
  /** An address or a path, as written. */
  readonly address: string;
  readonly alt: string;
  readonly width: number | null;
  readonly height: number | null;
}

const text = v.pipe(
  v.union([v.string(), v.boolean()]),
  v.transform((value) => String(value)),
);

/** A text, or null where it is blank. */
const optionalText = v.pipe(
  v.nullable(text),
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
  v.nullable(text),
  v.transform((value) => value !== null && !/^(?:false|no|off|0|)$/i.test(value.trim())),
);

const pathList = v.pipe(
  names,
  v.transform((written) => listTexts(written)),
);

/** Themes name authors in lists, maps and lists of maps; links and mail addresses are not names. */
const authors = v.pipe(
  v.unknown(),
  v.transform((written) => [...new Set(listAuthors(written))]),
);

const IMAGE_KEYS = [
  "path",
  "url",
  "src",
  "image",
  "feature",
  "og_image",
  "overlay_image",
  "teaser",
  "thumbnail",
] as const;

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

function listTexts(written: WrittenNames): readonly string[] {
  if (written === null) return [];
  if (typeof written !== "object") return [String(written).trim()].filter(Boolean);
  return written.flatMap(listTexts);
}

function listAuthors(written: unknown): readonly string[] {
  if (typeof written === "string") return [plainText(written)].filter(Boolean);
  if (Array.isArray(written)) return written.flatMap(listAuthors);
  if (typeof written !== "object" || written === null) return [];
  const values = new Map<string, unknown>(Object.entries(written));
  const name = ["name", "display_name", "title"]
    .map((key) => values.get(key))
    .find((value) => typeof value === "string" && value.trim() !== "");
  return name === undefined ? [] : listAuthors(name);
}

function readImage(
  written: null | boolean | string | Readonly<Record<string, unknown>>,
): WrittenImage | null {
  if (written === null || typeof written === "boolean") return null;
  if (typeof written === "string") return imageOf(written, {});
  const address = IMAGE_KEYS.map((key) => written[key]).find(
    (value) => typeof value === "string" && value.trim() !== "",
  );
  return typeof address === "string" ? imageOf(address, written) : null;
}

function imageOf(
  address: string,
  { alt, width, height }: Readonly<Record<string, unknown>>,
): WrittenImage | null {
  if (address.trim() === "") return null;
  return {
    address: address.trim(),
    alt: typeof alt === "string" ? plainText(alt) : "",
    width: readPixels(width),
    height: readPixels(height),
  };
}

function readPixels(written: unknown): number | null {
  const pixels = typeof written === "string" ? Number.parseInt(written, 10) : Number.NaN;
  return Number.isSafeInteger(pixels) && pixels > 0 ? pixels : null;
}
