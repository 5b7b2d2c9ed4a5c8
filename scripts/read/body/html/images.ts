import type { Addresses } from "../links/addresses.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { createElement } from "./html-tree.ts";
import { firstWritten, lazyAddress, otherAddress } from "./written-address.ts";

/** An image that is no wider or higher than this only counts readers. */
const TRACKER_PIXELS = 1;

/** An image that a page can load lazily; its `alt` text if it has no address, nothing if it only counts readers. */
export function cleanImage({ attributes }: HtmlElement, addresses: Addresses): readonly HtmlNode[] {
  const candidates = firstWritten(attributes["data-srcset"], attributes["srcset"]);
  const src = firstWritten(attributes["src"]);
  // A placeholder stands in the place of an address that only the site's own script knows how to find.
  const isPlaceholder = src === undefined || /^\s*data:/i.test(src);
  const other = isPlaceholder ? otherAddress(attributes) : null;
  const written = firstWritten(
    lazyAddress(attributes),
    other?.isPicture === true ? other.address : undefined,
    src,
    firstCandidate(candidates),
  );
  const width = pixels(attributes["width"]);
  const height = pixels(attributes["height"]);
  const image = addresses.media(written ?? "");
  const alt = attributes["alt"] ?? "";
  if (image === null) return alt.trim() === "" ? [] : [alt];
  if (isTracker(width) || isTracker(height)) return [];
  const size = scaledSize(width, height, image.file);
  const srcset = cleanSrcset(candidates, addresses);
  const title = attributes["title"] ?? "";
  return [
    createElement("img", {
      src: image.address,
      srcset,
      sizes: srcset === null ? null : (attributes["sizes"] ?? null),
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
      : cleanSrcset(firstWritten(attributes["srcset"], attributes["data-srcset"]), addresses);
  if (address === null) return null;
  const { type = "", media = "", sizes = "" } = attributes;
  const isPicture = kind === "srcset";
  return createElement("source", {
    [kind]: address,
    type: /^[\w.+-]+\/[\w.+-]+$/.test(type) ? type : null,
    media: isPicture && media !== "" ? media : null,
    sizes: isPicture && sizes !== "" ? sizes : null,
  });
}

/** The first address of a `srcset`, for an image that has no other. */
function firstCandidate(srcset: string | undefined): string | undefined {
  return srcset?.trim().split(/\s+/)[0]?.replace(/,$/, "");
}

/** Splits candidates at commas before a blank or an address, since addresses may hold commas (HTML 4.8.4.2.1). */
function cleanSrcset(srcset: string | undefined, addresses: Addresses): string | null {
  const candidates = (srcset?.split(/,\s+|,(?=https?:|\/)/) ?? []).flatMap((candidate) => {
    const [written = "", descriptor = ""] = candidate.trim().split(/\s+/);
    const address = addresses.media(written)?.address;
    if (address === undefined || address.startsWith("data:")) return [];
    const safe = address.replaceAll(",", "%2C");
    return [/^\d+(?:\.\d+)?[wx]$/.test(descriptor) ? `${safe} ${descriptor}` : safe];
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
