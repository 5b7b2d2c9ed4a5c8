import { readFile } from "node:fs/promises";
import type { Node } from "@takumi-rs/core";
import { Renderer } from "@takumi-rs/core";
import { LEAST_CONTRAST, contrast } from "../../src/domain/contrast.ts";
import type { Card, CardColors } from "../../src/render/card.ts";
import { CARD_HEIGHT, CARD_WIDTH } from "../../src/render/card.ts";
import { OWN_PALETTES } from "../../src/render/palette.ts";
import { createCardCoverage } from "./card-coverage.ts";
import type { FontSlice } from "./card-fonts.ts";
import {
  ARABIC_TYPE,
  FONT_WEIGHT,
  HAN_TYPE,
  LATIN_QUOTES,
  LETTER_TYPE,
  createCoverage,
} from "./card-fonts.ts";
import { LINE_HEIGHT, LINE_WIDTH, TEXT_HEIGHT, cardLines } from "./card-lines.ts";
import type { IsCovered } from "./card-fonts.ts";
import { indexedPng } from "./indexed-png.ts";
import { charactersOf, drawableCard } from "./card-text.ts";
import { HAN_CHARACTER, RARE_HAN_TYPE, rareHanSlices } from "./rare-han-slices.ts";
import { HAN_OR_KANA } from "../headline/text-width.ts";

/** Draws a card as a PNG of 1200 by 630 pixels. */
export type DrawCard = (card: Card) => Promise<Uint8Array>;

/** Makes the look of a card from the colours that its site has chosen. */
export type CardLookOf = (colors: CardColors | undefined) => CardLook;

/** Colours of a card, and where its headline stands in its place. */
interface CardLook {
  readonly ground: Node["style"];
  readonly ink: string;
  readonly quiet: string;
  readonly site: string;
  readonly rule: string;
  readonly headline: "center" | "flex-end";
}

/** Ink is a little lighter than on pages, because letters are large. */
const OWN_COLORS = { ...OWN_PALETTES.light, ink: "#1f1c18" };

/** Small text takes the ink where its own colour could not be read on the paper. */
const onPaper: CardLookOf = (colors) => {
  const { paper, ink, quiet, accent } = { ...OWN_COLORS, ...colors };
  const readable = (color: string): string =>
    contrast(color, paper) < LEAST_CONTRAST ? ink : color;
  return {
    ground: { backgroundColor: paper },
    ink,
    quiet: readable(quiet),
    site: readable(accent),
    rule: accent,
    headline: "center",
  };
};

/** Makes the picture of a card. */
type RenderCard = (renderer: Renderer, node: Node) => Promise<Uint8Array>;

const SIZE = { width: CARD_WIDTH, height: CARD_HEIGHT };

const asSmallPng: RenderCard = async (renderer, node) =>
  indexedPng({ ...SIZE, rgba: await renderer.render(node, { ...SIZE, format: "raw" }) });

/** A PNG with all colours, which may be transparent. */
export const asPng: RenderCard = async (renderer, node) =>
  renderer.render(node, { ...SIZE, format: "png" });

/** CSS pixels around everything. */
const PADDING = 40;
const RULE_HEIGHT = 12;
const SITE_FONT_SIZE = 30;
const NOTE_FONT_SIZE = 28;
/** The height above and below the headline, so that it stands in the middle. There is room for two lines. */
const EDGE_HEIGHT = (CARD_HEIGHT - RULE_HEIGHT - 2 * PADDING - TEXT_HEIGHT) / 2;
const EDGE_LINE_HEIGHT = 1.25;

/** The place behind punctuation within a line, where a blank is drawn. */
const BEHIND_PUNCTUATION = /(?<=[，：；。！？、])(?=[\p{L}\p{N}])/gu;

/** Text above or below the headline. It is cut off with `…` if it is longer than its lines. */
const EDGE_TEXT: Node["style"] = {
  maxWidth: LINE_WIDTH,
  lineHeight: EDGE_LINE_HEIGHT,
  textAlign: "center",
  textWrap: "balance",
  textOverflow: "ellipsis",
};

/**
 * Makes a function that draws cards. The fonts are read when the first card is drawn, because most runs draw none.
 *
 * @param slices the slices of the fonts
 * @param lookOf that of cards without a picture by default
 * @param render for cards without transparency by default
 */
export function createCardDrawer(
  slices: readonly FontSlice[],
  lookOf = onPaper,
  render: RenderCard = asSmallPng,
): DrawCard {
  const isCovered = createCardCoverage(slices);
  const isInHanType = createHanCoverage(slices);
  let renderer: Promise<Renderer> | null = null;
  const loaded = new Map<FontSlice, Promise<void>>();
  return async (card) => {
    renderer ??= openRenderer(slices);
    const opened = await renderer;
    const { card: shown } = drawableCard(card, isCovered);
    for (const slice of rareSlicesOf(shown, isInHanType)) {
      const loading = loaded.get(slice) ?? registerSlice(opened, slice);
      loaded.set(slice, loading);
      await loading;
    }
    return render(opened, cardNode(shown, isInHanType, lookOf));
  };
}

/** The slices of the type for rare Han characters that a card needs, mostly none. */
function rareSlicesOf(
  { headline, site, note }: Card,
  isInHanType: IsCovered,
): ReadonlySet<FontSlice> {
  const rare = charactersOf(headline + site + note)
    .filter((character) => isRareHan(character, isInHanType))
    .map((character) => character.codePointAt(0) ?? 0);
  return new Set(
    rare.flatMap((codePoint) =>
      rareHanSlices().filter(({ ranges }) =>
        ranges.some(([from, to]) => codePoint >= from && codePoint <= to),
      ),
    ),
  );
}

/** A renderer that has loaded the fonts. */
export async function openRenderer(slices: readonly FontSlice[]): Promise<Renderer> {
  const renderer = new Renderer();
  for (const slice of slices) await registerSlice(renderer, slice);
  return renderer;
}

async function registerSlice(
  renderer: Renderer,
  { family, file, ranges }: FontSlice,
): Promise<void> {
  await renderer.registerFont({
    name: family,
    data: await readFile(file),
    weight: FONT_WEIGHT,
    unicodeRange: ranges.map(([from, to]): [number, number] => [from, to]),
  });
}

/** Makes a function that says whether the Chinese type has a character. */
export function createHanCoverage(slices: readonly FontSlice[]): IsCovered {
  return createCoverage(slices.filter(({ family }) => family === HAN_TYPE));
}

/** The layout of a card whose text can all be drawn. */
export function cardNode(card: Card, isInHanType: IsCovered, lookOf = onPaper): Node {
  const { headline, site, note, day, direction, colors } = card;
  const look = lookOf(colors);
  const { lines, fontSize } = cardLines(headline);
  const fontFamily = (text: string): string => families(text, direction, isInHanType).join(", ");
  const headlineFamily = fontFamily(headline);
  const edge = (text: string, lineClamp: number, style: Node["style"]): Node | null =>
    text === ""
      ? null
      : {
          type: "text",
          text,
          style: { ...style, ...EDGE_TEXT, lineClamp, fontFamily: fontFamily(text) },
        };
  const quiet = { fontSize: NOTE_FONT_SIZE, color: look.quiet };
  return {
    type: "container",
    style: {
      display: "flex",
      flexDirection: "column",
      alignItems: "center",
      boxSizing: "border-box",
      width: CARD_WIDTH,
      height: CARD_HEIGHT,
      padding: PADDING,
      borderTop: `${RULE_HEIGHT}px solid ${look.rule}`,
      ...look.ground,
      fontWeight: FONT_WEIGHT,
      direction,
    },
    children: [
      edgeNode([edge(site, 2, { fontSize: SITE_FONT_SIZE, color: look.site })], "flex-start"),
      {
        type: "container",
        style: {
          display: "flex",
          flexDirection: "column",
          alignItems: "center",
          justifyContent: look.headline,
          height: TEXT_HEIGHT,
        },
        children: lines.map((line) => ({
          type: "text",
          text: line.replaceAll(BEHIND_PUNCTUATION, " "),
          style: {
            fontSize,
            fontFamily: headlineFamily,
            lineHeight: LINE_HEIGHT,
            color: look.ink,
            whiteSpace: "nowrap",
            // Punctuation and quotation marks are set half as wide, as in the headlines of newspapers.
            fontFeatureSettings: '"halt" 1',
          },
        })),
      },
      // The day is never broken: it stands beside the note if there is room, or else below.
      edgeNode([edge(note, day === "" ? 2 : 1, quiet), edge(day, 1, quiet)], "flex-end"),
    ],
  };
}

/** The area above or below the headline, which has the same height when it is empty. */
function edgeNode(children: readonly (Node | null)[], side: "flex-start" | "flex-end"): Node {
  return {
    type: "container",
    style: {
      display: "flex",
      flexWrap: "wrap",
      columnGap: NOTE_FONT_SIZE,
      justifyContent: "center",
      alignItems: "center",
      alignContent: side,
      height: EDGE_HEIGHT,
      width: LINE_WIDTH,
    },
    children: children.filter((child) => child !== null),
  };
}

/** The font families of a text, best first. If the Chinese type lacks one letter, another type comes first for all. */
function families(
  text: string,
  direction: Card["direction"],
  isInHanType: IsCovered,
): readonly string[] {
  const quotes = HAN_OR_KANA.test(text) ? [] : [LATIN_QUOTES];
  const others = charactersOf(text).filter((character) => !isInHanType(character));
  const areRareHan = others.map((character) => isRareHan(character, isInHanType));
  const han = areRareHan.includes(true) ? [HAN_TYPE, RARE_HAN_TYPE] : [HAN_TYPE];
  if (direction === "rtl") return [...quotes, ARABIC_TYPE, LETTER_TYPE, ...han];
  return areRareHan.includes(false)
    ? [...quotes, LETTER_TYPE, ...han, ARABIC_TYPE]
    : [...quotes, ...han, LETTER_TYPE, ARABIC_TYPE];
}

/** Whether a character that a card can show is a Han character of the type for rare ones. */
function isRareHan(character: string, isInHanType: IsCovered): boolean {
  return HAN_CHARACTER.test(character) && !isInHanType(character);
}
