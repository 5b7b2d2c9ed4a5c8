import type { HtmlElement } from "./html-tree.ts";

type Attributes = HtmlElement["attributes"];

/** Attributes in which lazy loaders keep the address, the most reliable first. */
const LAZY_SOURCES = ["data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-url"];
/** An address with a host: what editors write into attributes of their own is of use only if it is whole. */
const ABSOLUTE = /^\s*(?:https?:)?\/\/[^\s"'<>]+\s*$/i;
/** Attributes whose addresses show nothing. */
const OTHER_ADDRESSES =
  /^(?:srcset|href|cite|longdesc|usemap|action|xmlns.*|.*(?:link|href|jump|profile|namespace))$/i;
const PICTURE =
  /\.(?:avif|bmp|gif|jpe?g|png|svg|webp)(?:$|[?#!@])|[?&]wx_fmt=|^https?:\/\/mmbiz\./i;
const PICTURE_KEY =
  /(?:^|[-_:])(?:img|image|pic|picture|cover|poster|thumb|headimg)|(?:img|image|pic|cover)(?:url|src)?$/i;
const BACKGROUND = /background(?:-image)?\s*:[^;]{0,200}?url\(\s*["']?([^"')\s]+)/i;
const BACKGROUND_KEY = /(?:^|[-_])(?:bg|background|bgimg)(?:$|[-_])/i;

/** The first of these values that is not blank. */
export function firstWritten(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value.trim() !== "");
}

/** The address in an attribute for lazy loaders; undefined if there is none. */
export function lazyAddress(attributes: Attributes): string | undefined {
  return firstWritten(...LAZY_SOURCES.map((key) => attributes[key]));
}

/** An address with a host in any other attribute, and whether it is a picture's; null if there is none. */
export function otherAddress(
  attributes: Attributes,
): { readonly address: string; readonly isPicture: boolean } | null {
  const found = Object.entries(attributes).filter(
    ([key, value]) => ABSOLUTE.test(value) && !OTHER_ADDRESSES.test(key),
  );
  const ranked = found.map(([key, value]) => ({
    address: value.trim(),
    isPicture: isPictureAddress(value) || PICTURE_KEY.test(key),
  }));
  // A film is worth more than the picture on its cover.
  return ranked.find(({ isPicture }) => !isPicture) ?? ranked[0] ?? null;
}

/** Whether an address is a picture's by its looks. */
export function isPictureAddress(address: string): boolean {
  return PICTURE.test(address);
}

/** The address of the picture behind an element's content; undefined if there is none, or one that is only an ornament. */
export function backgroundAddress(attributes: Attributes): string | undefined {
  const { style = "" } = attributes;
  const styled = style.includes("url(") ? BACKGROUND.exec(style)?.[1] : undefined;
  if (styled !== undefined && !/^data:/i.test(styled)) return styled;
  for (const key in attributes) {
    if (BACKGROUND_KEY.test(key) && ABSOLUTE.test(attributes[key] ?? "")) return attributes[key];
  }
  return undefined;
}
