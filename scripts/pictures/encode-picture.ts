import type { Sharp, SharpConstructor, SharpOptions } from "sharp";
import type { PictureExtension } from "../../src/domain/picture-path.ts";
import { formWidths } from "../../src/domain/picture-path.ts";
import { MAXIMUM_FILE_BYTES } from "../read/files/local-file.ts";
import type { MadePicture } from "../read/files/local-picture.ts";
import { largeSize } from "../read/files/local-picture.ts";

/** A picture that was made anew: what there is to know of it, and the bytes of its forms. */
export interface EncodedPicture {
  readonly made: MadePicture;
  /** The large form in a format that every program reads; null where nothing could be made. */
  readonly large: Uint8Array | null;
  /** The WebP forms by their widths. */
  readonly forms: ReadonlyMap<number, Uint8Array>;
}

/** A decoded picture in sRGB of eight bits, already of the large form's size. */
interface Pixels {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
  readonly isTransparent: boolean;
}

/** A billion bytes of memory where a picture has to be turned. */
const MOST_PIXELS = 268_000_000;
/** All images of an animation are in memory at once, with four bytes for each pixel. */
const MOST_ANIMATED_PIXELS = 100_000_000;
/** What previews of links take (WhatsApp). */
const MOST_LARGE_BYTES = 300_000;
/** A PNG loses at the most three quarters of its bytes with 256 colours. */
const MOST_INDEXED_BYTES = 4 * MOST_LARGE_BYTES;
/**
 * So many bytes may a form have, up to a width: 110 KB are half a second of a slow phone's connection. Details that need more
 * lose quality, down to the last of the qualities.
 */
const MOST_FORM_BYTES: readonly (readonly [width: number, bytes: number])[] = [
  [480, 45_000],
  [960, 110_000],
  [Infinity, 260_000],
];
const WEBP_QUALITIES = [76, 64, 52, 40, 28, 16, 6];
const JPEG_QUALITIES = [78, 66, 54, 42, 30, 18, 8];
const ANIMATION_QUALITY = 70;
/** How much larger an encoding is than that of the next quality. */
const PER_SETTING = 1.33;
const PALETTES = [256, 128, 64, 32];
/**
 * Smoothed edges of a smaller form are hard on lossless encoding. Text has a tenth of the lossy bytes in its own width, and 0.2 to
 * 0.4 in smaller ones; a drawing with 0.6 has more than all.
 */
const LEAST_LOSSLESS_GAIN = 0.5;
/** A picture as high as this, in widths, has the bytes above; a strip has more. */
const USUAL_HEIGHT = 1.5;
/** Previews show a large picture only from this width on. */
const PREVIEW_WIDTH = 900;
/** Far more than any takes that is no trap. What is lost for this is lost for good, so that a busy machine must not decide. */
const TIMEOUT_SECONDS = 900;
const WHITE = "#fff";

/**
 * Decodes a picture of any kind that `sharp` knows, turns it as its camera was held, and encodes its forms without any
 * metadata. Whatever is wrong with the picture becomes its fault.
 *
 * @param threads of one picture
 */
export async function encodePicture(bytes: Uint8Array, threads: number): Promise<EncodedPicture> {
  // Most runs make no picture and need none of it.
  const { default: sharp } = await import("sharp");
  sharp.concurrency(threads);
  sharp.cache(false);
  const open = (options: SharpOptions = {}): Sharp =>
    sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: "error", ...options }).timeout({
      seconds: TIMEOUT_SECONDS,
    });
  const isHeic = HEIC.test(Buffer.from(bytes.subarray(0, HEIC_BYTES)).toString("latin1"));
  try {
    const { format, width, height, pages = 1, autoOrient } = await open().metadata();
    if (autoOrient.width * autoOrient.height > MOST_PIXELS) return lost("too-large");
    const isFilm = pages > 1 && (format === "gif" || format === "webp");
    if (isFilm && width * height * pages <= MOST_ANIMATED_PIXELS) {
      const film = await encodeAnimation(open, width, height);
      if (isServable(film)) return film;
    }
    const isStill = isFilm || (pages > 1 && format === "tiff") || isAnimatedPng(bytes);
    const size = largeSize(autoOrient.width, autoOrient.height);
    const decoded = await decode(open, size);
    const kind = format === "png" || format === "gif" || format === "jpeg" ? format : null;
    const encoded = await encodeForms(sharp, decoded.pixels, kind);
    const fault = decoded.isCutOff ? "cut-off" : isStill ? "still" : null;
    return { ...encoded, made: { ...encoded.made, fault } };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (isHeic) return lost("heic");
    return lost(/pixel limit|timeout/i.test(error.message) ? "too-large" : "broken");
  }
}

/** Whether no form is larger than a file may be that is served. */
function isServable({ large, forms }: EncodedPicture): boolean {
  return [large, ...forms.values()].every((form) => (form?.length ?? 0) <= MAXIMUM_FILE_BYTES);
}

/** The brands of HEIC in the box that begins such a file; AVIF has others (ISO/IEC 23008-12). */
const HEIC = /^.{4}ftyp(?:hei[cmsx]|hev[cmsx]|mif1|msf1)(?!.{0,40}avi[fs])/s;
const HEIC_BYTES = 64;

function lost(fault: "broken" | "heic" | "too-large"): EncodedPicture {
  const made = { extension: "jpg", width: null, height: null, fault } as const;
  return { made, large: null, forms: new Map() };
}

/** Whether a PNG has the chunk that says how often its images are shown, which stands before the first of them. */
function isAnimatedPng(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, PNG_START_BYTES)).toString("latin1");
  return start.startsWith("\u0089PNG") && start.includes("acTL");
}
const PNG_START_BYTES = 4096;

/** Decodes a picture as far as it goes. */
async function decode(
  open: (options?: SharpOptions) => Sharp,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<{ readonly pixels: Pixels; readonly isCutOff: boolean }> {
  const read = async (image: Sharp): Promise<Pixels> => {
    const { data, info } = await image
      .autoOrient()
      .resize({ width, height, fit: "fill" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    const isTransparent = hasTransparency(data, info.channels);
    return { data, width, height, channels: info.channels, isTransparent };
  };
  try {
    return { pixels: await read(open()), isCutOff: false };
  } catch {
    return { pixels: await read(open({ failOn: "none" })), isCutOff: true };
  }
}

function hasTransparency(data: Uint8Array, channels: number): boolean {
  if (channels !== 2 && channels !== 4) return false;
  for (let index = channels - 1; index < data.length; index += channels) {
    if ((data[index] ?? 0) < OPAQUE) return true;
  }
  return false;
}
const OPAQUE = 255;

/** @param kind the original's format where it stays; null where the picture becomes JPEG or, with transparency, PNG */
async function encodeForms(
  sharp: SharpConstructor,
  pixels: Pixels,
  kind: "png" | "gif" | "jpeg" | null,
): Promise<EncodedPicture> {
  const { data, width, height, channels, isTransparent } = pixels;
  const open = (): Sharp => sharp(data, { raw: { width, height, channels } });
  const { large, extension, isDrawn } = await encodeLarge(open, pixels, kind);
  const forms = new Map<number, Uint8Array>();
  const high = Math.max(1, height / (USUAL_HEIGHT * width));
  /** Whether lossless forms are worth a try, which takes ten times as long: a picture's own width tells of the smaller ones. */
  let triesLossless = isDrawn;
  for (const formWidth of formWidths(width).toReversed()) {
    const most = MOST_FORM_BYTES.find(([upTo]) => formWidth <= upTo)?.[1] ?? Infinity;
    const resized = (): Sharp => {
      const image = formWidth === width ? open() : open().resize({ width: formWidth });
      return isTransparent || channels < 4 ? image : image.removeAlpha();
    };
    const lossy = await firstBelow(most * high, WEBP_QUALITIES, async (quality) =>
      resized().webp({ quality }).toBuffer(),
    );
    const lossless = triesLossless
      ? await resized().webp({ nearLossless: true, quality: 60 }).toBuffer()
      : lossy;
    forms.set(formWidth, lossless.length < lossy.length ? lossless : lossy);
    triesLossless &&= lossless.length < LEAST_LOSSLESS_GAIN * lossy.length;
  }
  return { made: { extension, width, height, fault: null }, large, forms };
}

async function encodeLarge(
  open: () => Sharp,
  { width, height, isTransparent }: Pixels,
  kind: "png" | "gif" | "jpeg" | null,
): Promise<{ large: Uint8Array; extension: PictureExtension; isDrawn: boolean }> {
  if (kind === "gif") {
    return { large: await open().gif().toBuffer(), extension: "gif", isDrawn: true };
  }
  if (kind === "png" || (kind === null && isTransparent)) {
    const lossless = await open().png({ compressionLevel: 9 }).toBuffer();
    if (lossless.length <= MOST_LARGE_BYTES) {
      return { large: lossless, extension: "png", isDrawn: true };
    }
    const isWide = !isTransparent && width >= PREVIEW_WIDTH;
    // With fewer colours it would still be too heavy, and far slower than as JPEG.
    const palettes = isWide ? (lossless.length > MOST_INDEXED_BYTES ? [] : [256]) : PALETTES;
    const indexed = await firstBelow(MOST_LARGE_BYTES, palettes, async (colours) =>
      open().png({ palette: true, colours, effort: 7 }).toBuffer(),
    );
    // A photograph: as PNG it would be too heavy for previews of links, and for old phones.
    const isPhotograph = isWide && (indexed.length === 0 || indexed.length > MOST_LARGE_BYTES);
    if (!isPhotograph) return { large: indexed, extension: "png", isDrawn: false };
  }
  const high = Math.max(1, height / (USUAL_HEIGHT * width));
  const large = await firstBelow(MOST_LARGE_BYTES * high, JPEG_QUALITIES, async (quality) =>
    open().flatten({ background: WHITE }).jpeg({ quality, mozjpeg: true }).toBuffer(),
  );
  return { large, extension: "jpg", isDrawn: false };
}

/**
 * An encoding that has no more bytes than it may, with one of the first settings that allow that; else with the last. What is
 * far too large skips some: from one setting to the next, a quarter of the bytes goes.
 */
async function firstBelow(
  most: number,
  settings: readonly number[],
  encode: (setting: number) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  let bytes = new Uint8Array();
  let next = 0;
  for (const [index, setting] of settings.entries()) {
    if (index < Math.min(next, settings.length - 1)) continue;
    bytes = new Uint8Array(await encode(setting));
    if (bytes.length <= most) break;
    next = index + Math.max(1, Math.floor(Math.log(bytes.length / most) / Math.log(PER_SETTING)));
  }
  return bytes;
}

/** An animation keeps all its images: as GIF, which every program shows, and in WebP. */
async function encodeAnimation(
  open: (options?: SharpOptions) => Sharp,
  ownWidth: number,
  ownHeight: number,
): Promise<EncodedPicture> {
  const { width, height } = largeSize(ownWidth, ownHeight);
  const animated = (formWidth: number): Sharp => {
    const image = open({ animated: true, failOn: "none" });
    return formWidth === ownWidth ? image : image.resize({ width: formWidth });
  };
  const large = await animated(width).gif().toBuffer();
  const forms = new Map<number, Uint8Array>();
  for (const formWidth of formWidths(width)) {
    const webp = animated(formWidth).webp({ quality: ANIMATION_QUALITY, effort: 3 });
    forms.set(formWidth, await webp.toBuffer());
  }
  return { made: { extension: "gif", width, height, fault: null }, large, forms };
}
