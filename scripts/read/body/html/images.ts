import type { Addresses } from "../links/addresses.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { createElement } from "./html-tree.ts";
import { bestCandidate, parseSrcset } from "./srcset.ts";
import {
  firstWritten,
  isPlaceholder,
  lazyAddress,
  otherAddress,
  spareAddress,
  writtenSet,
} from "./written-address.ts";

/** An image that is no wider or higher than this only counts readers. */
const TRACKER_PIXELS = 1;

/**
 * An image that a page can load lazily; its `alt` text if it has no address, nothing if it only counts readers.
 *
 * @param fallback the address that it has where its own attributes name none
 */
export function cleanImage(
  { attributes }: HtmlElement,
  addresses: Addresses,
  fallback?: string,
): readonly HtmlNode[] {
  const candidates = writtenSet(attributes);
  const written = imageAddress(attributes, candidates, fallback);
  const width = pixels(attributes["width"]);
  const height = pixels(attributes["height"]);
  const image = addresses.media(written ?? "");
  const alt = firstWritten(attributes["alt"], attributes["data-alt"]) ?? "";
  if (image === null) return alt.trim() === "" ? [] : [alt];
  if (isTracker(width) || isTracker(height)) return [];
  const size = scaledSize(width, height, image.file);
  const srcset = cleanSrcset(candidates, addresses);
  const title = attributes["title"] ?? "";
  return [
    createElement("img", {
      src: image.address,
      srcset,
      sizes: srcset === null ? null : writtenSizes(attributes),
      alt,
      title: title === "" || title === alt ? null : title,
      width: size.width === null ? null : String(size.width),
      height: size.height === null ? null : String(size.height),
      loading: "lazy",
      decoding: "async",
      referrerpolicy: addresses.referrerPolicy(image.address),
    }),
  ];
}

/** A cleaned `source`, whose address is in `src` (video, audio) or `srcset` (pictures); null if it has no address. */
export function cleanSource(
  { attributes }: HtmlElement,
  kind: "src" | "srcset",
  addresses: Addresses,
): HtmlElement | null {
  const address =
    kind === "src"
      ? (addresses.media(firstWritten(attributes["src"], lazyAddress(attributes)) ?? "")?.address ??
        null)
      : cleanSrcset(firstWritten(writtenSet(attributes), lazyAddress(attributes)), addresses);
  if (address === null) return null;
  const { type = "", media = "" } = attributes;
  const isPicture = kind === "srcset";
  return createElement("source", {
    [kind]: address,
    type: /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : null,
    media: isPicture && media !== "" ? media : null,
    sizes: isPicture ? writtenSizes(attributes) : null,
  });
}

/** The address of what an image shows once all scripts have run; undefined if none is written. */
function imageAddress(
  attributes: HtmlElement["attributes"],
  candidates: string | undefined,
  fallback: string | undefined,
): string | undefined {
  const src = firstWritten(attributes["src"]);
  const lazy = lazyAddress(attributes);
  if (lazy !== undefined && !/^data:/i.test(lazy)) return lazy;
  if (!isPlaceholder(src)) return src;
  // A placeholder stands in the place of an address that only the site's own script knows how to find.
  const other = otherAddress(attributes);
  const found = firstWritten(
    spareAddress(attributes),
    other?.isPicture === true ? other.address : undefined,
    bestCandidate(candidates) ?? fallback,
  );
  return found ?? longest(lazy, src);
}

/** Of two pictures that are written in their addresses, a placeholder is the smaller one. */
function longest(lazy: string | undefined, src: string | undefined): string | undefined {
  return (lazy?.length ?? 0) > (src?.length ?? 0) ? lazy : src;
}

function writtenSizes({ sizes, "data-sizes": lazy }: HtmlElement["attributes"]): string | null {
  return [lazy, sizes].find((value) => !/^\s*(?:auto)?\s*$/i.test(value ?? "")) ?? null;
}

/** The candidates with files, in absolute addresses; null if there are none. */
function cleanSrcset(srcset: string | undefined, addresses: Addresses): string | null {
  const candidates = parseSrcset(srcset ?? "").flatMap(({ address: written, descriptor }) => {
    // Such a picture stands in the place of a real one, and is in `src` if it is one.
    if (/^data:/i.test(written)) return [];
    const address = addresses.media(written)?.address;
    if (address === undefined) return [];
    const safe = address.replaceAll(",", "%2C");
    const [, number, unit] = /^(\d+(?:\.\d+)?)([wx])$/.exec(descriptor) ?? [];
    if (number === undefined) return [safe];
    // Browsers leave out a width of nothing, or of a part of a pixel (HTML 4.8.4.2.1).
    if (unit === "w" && !/^\d*[1-9]\d*$/.test(number)) return [];
    return [Number(number) === 0 ? safe : `${safe} ${Number(number)}${unit}`];
  });
  return candidates.length === 0 ? null : candidates.join(", ");
}

function isTracker(size: number | null): boolean {
  return size !== null && size <= TRACKER_PIXELS;
}

/** The author's size, completed from the file's so that the page does not jump while it loads. */
function scaledSize(
  width: number | null,
  height: number | null,
  file: { readonly width: number | null; readonly height: number | null } | null,
): { readonly width: number | null; readonly height: number | null } {
  const own = file?.width ?? null;
  const ownHeight = file?.height ?? null;
  if (own === null || ownHeight === null || own === 0 || ownHeight === 0) return { width, height };
  if (width === null && height === null) return { width: own, height: ownHeight };
  return {
    width: width ?? Math.round(((height ?? ownHeight) * own) / ownHeight),
    height: height ?? Math.round(((width ?? own) * ownHeight) / own),
  };
}

function pixels(value: string | undefined): number | null {
  const digits = /^\s*(\d{1,5})(?:\.\d+)?(?:px)?\s*$/.exec(value ?? "")?.[1];
  return digits === undefined ? null : Number(digits);
}
