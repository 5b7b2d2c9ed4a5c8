import { existsSync } from "node:fs";
import type { Card } from "../../src/render/card.ts";
import { CARD_HEIGHT, CARD_WIDTH } from "../../src/render/card.ts";
import { OWN_PALETTES } from "../../src/render/palette.ts";
import type { FontSlice } from "./card-fonts.ts";
import type { CardLookOf } from "./draw-card.ts";
import { asPng, createCardDrawer } from "./draw-card.ts";

/** Draws a card on a picture, as a JPEG of 1200 by 630 pixels. */
export type DrawPictureCard = (card: Card, pictureFile: string) => Promise<Uint8Array>;

/** Dark enough for white letters on a white picture, and lightest where nothing is written. */
const onPicture: CardLookOf = (colors) => ({
  ground: {
    textShadow: "0 2px 14px rgba(0,0,0,0.7)",
    backgroundImage:
      "linear-gradient(180deg, rgba(20,17,14,0.72) 0%, rgba(20,17,14,0.42) 26%, rgba(20,17,14,0.62) 55%, rgba(20,17,14,0.86) 100%)",
  },
  ink: "#fff",
  quiet: "#e6e0d5",
  site: "#fff",
  rule: colors?.accent ?? OWN_PALETTES.light.accent,
  headline: "flex-end",
});

const PLAIN_GROUND = {
  width: CARD_WIDTH,
  height: CARD_HEIGHT,
  channels: 3,
  background: "#777",
} as const;

/** What previews of links take (WhatsApp). */
const MOST_BYTES = 300_000;
/** The last is for pictures full of leaves or grain. */
const QUALITIES = [80, 68, 56, 44, 32];

/** Makes a function that draws cards on pictures. Fonts and `sharp` are loaded when the first one is drawn. */
export function createPictureCardDrawer(slices: readonly FontSlice[]): DrawPictureCard {
  const drawText = createCardDrawer(slices, onPicture, asPng);
  return async (card, pictureFile) => {
    const { default: sharp } = await import("sharp");
    const text = await drawText(card);
    // A picture that vanished since it was read costs its card only the ground.
    const picture = existsSync(pictureFile) ? sharp(pictureFile) : sharp({ create: PLAIN_GROUND });
    const { data, info } = await picture
      // What one looks at first stays in the picture: faces, and what is bright and sharp.
      .resize(CARD_WIDTH, CARD_HEIGHT, { fit: "cover", position: sharp.strategy.attention })
      .flatten({ background: "#fff" })
      .composite([{ input: Buffer.from(text) }])
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    // Not all that `info` says: it may call the pixels premultiplied, which they are not any more.
    const raw = { width: info.width, height: info.height, channels: info.channels };
    let jpeg = data;
    for (const quality of QUALITIES) {
      jpeg = await sharp(data, { raw }).jpeg({ quality, mozjpeg: true }).toBuffer();
      if (jpeg.byteLength <= MOST_BYTES) break;
    }
    return jpeg;
  };
}
