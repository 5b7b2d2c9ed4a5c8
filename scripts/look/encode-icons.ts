import { encodeIco } from "./encode-ico.ts";

/** The files of an icon: for browsers, for programs that ask for `/favicon.ico`, and for home screens and feed readers. */
export interface EncodedIcons {
  readonly svg: Uint8Array;
  readonly ico: Uint8Array;
  /** A PNG without transparent places, which phones would show black. */
  readonly touch: Uint8Array;
}

/** What iPhones ask for. */
export const TOUCH_ICON_PIXELS = 180;
const ICO_PIXELS = [16, 32, 48];
const PIXELS_PER_INCH = 72;
/** What `sharp` takes. */
const MOST_PIXELS_PER_INCH = 100_000;
const NOTHING = { r: 0, g: 0, b: 0, alpha: 0 };
const MOST_PIXELS = 268_000_000;

/**
 * Makes all icons from one picture; null where it cannot be read. What is not square gets empty sides.
 *
 * @param ground the colour under transparent places of the icon for home screens, as `#rrggbb`
 */
export async function encodeIcons(bytes: Uint8Array, ground: string): Promise<EncodedIcons | null> {
  // Few runs make icons, and loading what makes them takes longer than a run that finds nothing new.
  const [{ default: sharp }, { encodeSvg, isSvg }] = await Promise.all([
    import("sharp"),
    import("../pictures/encode-svg.ts"),
  ]);
  const drawing = isSvg(bytes) ? await encodeSvg(bytes, 1) : null;
  if (drawing !== null && drawing.large === null) return null;
  const { width, height } = drawing?.made ?? { width: null, height: null };
  const shorter = Math.min(width ?? TOUCH_ICON_PIXELS, height ?? TOUCH_ICON_PIXELS);
  const density = Math.min(
    MOST_PIXELS_PER_INCH,
    Math.max(PIXELS_PER_INCH, (PIXELS_PER_INCH * TOUCH_ICON_PIXELS) / shorter),
  );
  const options = {
    limitInputPixels: MOST_PIXELS,
    failOn: "error" as const,
    ...(drawing === null ? {} : { density }),
  };
  const picture = sharp(drawing?.large ?? bytes, options).autoOrient();
  const square = (pixels: number): typeof picture =>
    picture
      .clone()
      .resize(pixels, pixels, { fit: "contain", background: NOTHING, kernel: "lanczos3" })
      .png({ compressionLevel: 9 });
  try {
    const [whole, touch, ...small] = await Promise.all([
      square(TOUCH_ICON_PIXELS).toBuffer(),
      square(TOUCH_ICON_PIXELS).flatten({ background: ground }).toBuffer(),
      ...ICO_PIXELS.map(async (pixels) => square(pixels).toBuffer()),
    ]);
    const images = small.map((png, index) => ({ png, pixels: ICO_PIXELS[index] ?? 0 }));
    return { svg: drawing?.large ?? pictureAsSvg(whole), ico: encodeIco(images), touch };
  } catch {
    return null;
  }
}

/** A PNG where browsers ask for a drawing. */
function pictureAsSvg(png: Uint8Array): Uint8Array {
  const data = Buffer.from(png).toString("base64");
  const size = `width="${TOUCH_ICON_PIXELS}" height="${TOUCH_ICON_PIXELS}"`;
  return new TextEncoder().encode(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${size}><image ${size} xlink:href="data:image/png;base64,${data}"/></svg>`,
  );
}
