import { readFile } from "node:fs/promises";
import type { Node } from "@takumi-rs/core";
import { Renderer } from "@takumi-rs/core";
import type { Card } from "../../../src/render/card.ts";
import { CARD_HEIGHT, CARD_WIDTH } from "../../../src/render/card.ts";
import type { FontSlice } from "./card-fonts.ts";
import { FONT_FAMILIES, FONT_WEIGHT, createCoverage } from "./card-fonts.ts";
import { LINE_WIDTH, cardLines } from "./card-lines.ts";
import { drawableCard } from "./card-text.ts";

/** Draws a card as a PNG of 1200 by 630 pixels. */
export type DrawCard = (card: Card) => Promise<Uint8Array>;

const PAPER = "#fdfcf8";
const INK = "#1f1c18";
const QUIET = "#5a534a";
const RED = "#95271f";

/** Room for two lines of the note. */
const EDGE_HEIGHT = 76;

/** Of the column that holds all text, so that a square cut from the middle shows all of it. */
const COLUMN_WIDTH = LINE_WIDTH + 10;

/**
 * Makes a drawer. The type is read when the first card is drawn, so that whoever draws none does not wait for it.
 *
 * @param slices of the type
 */
export function createCardDrawer(slices: readonly FontSlice[]): DrawCard {
  const isCovered = createCoverage(slices);
  let renderer: Promise<Renderer> | null = null;
  return async (card) => {
    renderer ??= openRenderer(slices);
    const drawn = await (
      await renderer
    ).render(cardNode(drawableCard(card, isCovered).card), {
      width: CARD_WIDTH,
      height: CARD_HEIGHT,
      format: "png",
    });
    return drawn;
  };
}

async function openRenderer(slices: readonly FontSlice[]): Promise<Renderer> {
  const renderer = new Renderer();
  for (const { family, file, ranges } of slices) {
    await renderer.registerFont({
      name: family,
      data: await readFile(file),
      weight: FONT_WEIGHT,
      unicodeRange: ranges.map(([from, to]): [number, number] => [from, to]),
    });
  }
  return renderer;
}

function cardNode({ headline, site, note, direction }: Card): Node {
  const isRightToLeft = direction === "rtl";
  const families = isRightToLeft ? FONT_FAMILIES.toReversed() : FONT_FAMILIES;
  const { lines, fontSize } = cardLines(headline);
  return {
    type: "container",
    style: {
      display: "flex",
      flexDirection: "column",
      alignItems: "center",
      justifyContent: "space-between",
      boxSizing: "border-box",
      width: CARD_WIDTH,
      height: CARD_HEIGHT,
      padding: 44,
      borderTop: `12px solid ${RED}`,
      backgroundColor: PAPER,
      fontFamily: families.join(", "),
      fontWeight: FONT_WEIGHT,
      direction,
    },
    children: [
      edgeNode(textNode(site, { fontSize: 30, color: RED })),
      {
        type: "container",
        style: {
          display: "flex",
          flexDirection: "column",
          alignItems: "center",
          width: COLUMN_WIDTH,
        },
        // Arabic is shaped as a whole, so its lines are left to the renderer.
        children: (isRightToLeft ? [headline] : lines).map((line) =>
          textNode(line, {
            fontSize,
            lineHeight: 1.35,
            color: INK,
            textAlign: "center",
            textWrap: "balance",
            maxWidth: isRightToLeft ? COLUMN_WIDTH : CARD_WIDTH,
          }),
        ),
      },
      edgeNode(
        textNode(note, {
          fontSize: 28,
          color: QUIET,
          textAlign: "center",
          textWrap: "balance",
          maxWidth: COLUMN_WIDTH,
        }),
      ),
    ],
  };
}

/** Above or below the headline, of the same height also where it is empty, so that the headline stands in the middle. */
function edgeNode(text: Node): Node {
  return {
    type: "container",
    style: {
      display: "flex",
      justifyContent: "center",
      alignItems: "center",
      height: EDGE_HEIGHT,
      width: COLUMN_WIDTH,
    },
    children: [text],
  };
}

function textNode(text: string, style: Node["style"]): Node {
  return { type: "text", text, ...(style === undefined ? {} : { style }) };
}
