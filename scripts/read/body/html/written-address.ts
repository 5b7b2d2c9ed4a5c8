import type { HtmlElement } from "./html-tree.ts";

type Attributes = HtmlElement["attributes"];

/**
 * Attributes in which lazy loaders keep the address of what is shown, the most reliable first: lazysizes, lozad, vanilla-lazyload,
 * jquery.lazyload, echo, unveil, bLazy; WordPress's plugins, Cloudflare's Mirage, mod_pagespeed; WeChat, Zhihu, Jianshu, layui.
 */
const LAZY_SOURCES = words(`
  data-src data-original data-lazy-src data-actualsrc data-lazy data-lazyload data-lazyload-src data-lazysrc data-echo
  data-original-src data-orig-src data-origin-src data-origin data-real-src data-realsrc data-real data-img-src data-image-src
  data-img data-image data-defer-src data-deferred data-delay-src data-async-src data-bp data-normal data-layzr data-opt-src
  data-cfsrc data-ezsrc data-pagespeed-lazy-src pagespeed_lazy_src data-wood-src data-croporisrc data-backsrc data_src datasrc
  lazy-src lazysrc lazyload lay-src v-lazy ng-src real_src real-src realsrc original original-src origin-src
  src-original load-src loadsrc _src`);
/** These hold nothing else; what is in the others must look like an address. */
const USUAL: ReadonlySet<string> = words("data-src data-original data-lazy-src data-actualsrc");
/**
 * Attributes with the address of a larger form, or of something else: they count only where `src` shows nothing. Discuz keeps
 * the picture in `file`, and WordPress's galleries in `data-orig-file`.
 */
const SPARE_SOURCES = words(`
  data-url file zoomfile data-full-src data-full data-large-src data-large data-high-res-src data-hi-res-src data-hires data-src-retina
  data-retina data-zoom-src data-zoom-image data-orig-file data-large-file data-medium-file data-large_image data-desktop-src
  data-mobile-src data-iesrc data-thumb data-src-small`);
/** Attributes in which lazy loaders keep several sizes. */
const LAZY_SETS = words(`
  data-srcset data-lazy-srcset data-lazy-src-set data-original-set data-src-set data-lazyload-srcset data-orig-srcset data-real-srcset data-opt-srcset data-cfsrcset data-ezsrcset data-pagespeed-lazy-srcset lazy-srcset`);
/** What some loaders write before they know an address, and what names a place for one in a template. */
const NO_ADDRESS =
  /^(?:true|false|auto|lazy|lazyload|none|null|undefined|loaded|\d+|#.*|about:.*|javascript:.*)$|[{}]/i;
/** File names of the pictures that stand in a place until the real one is loaded. */
const PLACEHOLDER_NAME =
  /(?:^|[/_.-])(?:blank|spacer|space|placeholder|loading|loader|lazy|lazyload|lazy[-_]?loading|grey|gray|transparent|trans|pixel|1x1|dot|default|empty|none|spinner|preload|clear|shim|nopic)(?:[-_.]?(?:\d{1,4}|img|image|pic|bg|icon|gif)){0,3}\.(?:gif|png|svg|jpe?g|webp)(?:$|[?#])/i;
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
const URL_IN_STYLE = /^\s*url\(\s*["']?([^"')\s]+)/i;
const BACKGROUND_KEY = /(?:^|[-_])(?:bg|background|bgimg)(?:$|[-_])/i;

/** The first of these values that is not blank. */
export function firstWritten(...values: readonly (string | undefined)[]): string | undefined {
  return values.find((value) => value !== undefined && value.trim() !== "");
}

/** The address in an attribute for lazy loaders; undefined if there is none. */
export function lazyAddress(attributes: Attributes): string | undefined {
  return firstAddress(attributes, LAZY_SOURCES);
}

/** An address that counts where `src` shows nothing; undefined if there is none. */
export function spareAddress(attributes: Attributes): string | undefined {
  return firstAddress(attributes, SPARE_SOURCES);
}

/** The sizes in an attribute for lazy loaders, else those in `srcset`; undefined if there are none. */
export function writtenSet(attributes: Attributes): string | undefined {
  const { srcset } = attributes;
  if (!holdsAny(attributes, LAZY_SETS)) return firstWritten(srcset);
  return firstWritten(...[...LAZY_SETS].map((key) => attributes[key]), srcset);
}

/** Whether an address shows nothing of the picture: there is none, or a stand-in until a script has loaded it. */
export function isPlaceholder(address: string | undefined): boolean {
  return (
    address === undefined ||
    isStandIn(address) ||
    PLACEHOLDER_NAME.test(address.slice(-LONGEST_NAME))
  );
}

/** More of an address than of its end tells nothing. */
const LONGEST_NAME = 200;

/** Whether a value looks like an address, not like a word or an expression of a script. */
function looksWhole(value: string): boolean {
  return (
    /^(?:\.{0,2}\/|data:image\/)/i.test(value) || ABSOLUTE.test(value) || isPictureAddress(value)
  );
}

/** Whether an address is none, or that of a picture without a file. */
function isStandIn(address: string): boolean {
  return /^\s*(?:data|about|javascript):|^\s*#?\s*$/i.test(address.slice(0, LONGEST_NAME));
}

/** Whether an element has any of these attributes; most have none. */
function holdsAny(attributes: Attributes, keys: ReadonlySet<string>): boolean {
  for (const key in attributes) if (keys.has(key)) return true;
  return false;
}

/** The first address in these attributes; one that holds its picture itself only if there is no other. */
function firstAddress(attributes: Attributes, keys: ReadonlySet<string>): string | undefined {
  if (!holdsAny(attributes, keys)) return undefined;
  const written = [...keys].flatMap((key) => {
    const value = attributes[key]?.trim() ?? "";
    // bLazy writes the picture for finer screens behind a bar.
    const [address = ""] = value.startsWith("data:") ? [value] : value.split("|", 1);
    return address === "" || NO_ADDRESS.test(address) || !(USUAL.has(key) || looksWhole(address))
      ? []
      : [address];
  });
  return written.find((address) => !isStandIn(address)) ?? written[0];
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
    if (!BACKGROUND_KEY.test(key)) continue;
    const value = attributes[key] ?? "";
    const address = URL_IN_STYLE.exec(value)?.[1] ?? value;
    if (ABSOLUTE.test(address) || isPictureAddress(address)) return address;
  }
  const lazy = lazyAddress(attributes);
  return lazy !== undefined && isPictureAddress(lazy) ? lazy : undefined;
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
