import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { fontSlices } from "../../../scripts/cards/card-fonts.ts";
import { createPictureCardDrawer } from "../../../scripts/cards/draw-picture-card.ts";
import { articleCard } from "../../../src/render/card.ts";
import { NEWSPAPER_ARTICLE, SITE } from "../../render/sample-articles.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const MOST_CARD_BYTES = 300_000;
const draw = createPictureCardDrawer(fontSlices());
const card = articleCard(NEWSPAPER_ARTICLE, SITE);
const folder = temporaryFolder();

const picture = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 4, background } });

describe("a card with a picture", () => {
  it.each([
    ["wide", picture(1600, 500, "#3a6").png()],
    ["upright", picture(900, 1600, "#3a6").jpeg()],
    ["transparent", picture(1200, 800, "#ffffff00").png()],
    [
      "full of grain",
      sharp({
        create: {
          width: 1600,
          height: 1067,
          channels: 3,
          background: "#777",
          noise: { type: "gaussian", mean: 128, sigma: 60 },
        },
      }).jpeg({ quality: 95 }),
    ],
  ])("is a JPEG that WhatsApp takes: %s", async (name, source) => {
    const file = join(folder.path, name);
    await source.toFile(file);
    const jpeg = await draw(card, file);
    const { format, width, height, space } = await sharp(jpeg).metadata();
    expect({ format, width, height, space }).toEqual({
      format: "jpeg",
      width: 1200,
      height: 630,
      space: "srgb",
    });
    expect(jpeg.byteLength).toBeLessThanOrEqual(MOST_CARD_BYTES);
    // The rule at the top, whose colours a wrong channel would change.
    const [red = 0, green = 0] = await pixelAt(jpeg, 600, 5);
    expect(Math.abs(red - 0x95)).toBeLessThan(12);
    expect(Math.abs(green - 0x27)).toBeLessThan(12);
  });

  it("shows the picture between its words, darkened", async () => {
    const file = join(folder.path, "blue.png");
    await picture(1200, 800, "#2050ff").toFile(file);
    const [red = 0, , blue = 0] = await pixelAt(await draw(card, file), 20, 300);
    expect(blue).toBeGreaterThan(90);
    expect(blue).toBeLessThan(200);
    expect(red).toBeLessThan(40);
  });

  it("is drawn on a plain ground where the picture is gone", async () => {
    const { width } = await sharp(await draw(card, join(folder.path, "nothing.jpg"))).metadata();
    expect(width).toBe(1200);
  });
});

async function pixelAt(jpeg: Uint8Array, left: number, top: number): Promise<Uint8Array> {
  return sharp(jpeg).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
}
