import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import type { MeasuredNode, Node } from "@takumi-rs/core";
import { imageSize } from "image-size";
import { cardDiagnostics } from "../../../scripts/check/card-diagnostics.ts";
import { createCardCoverage } from "../../../scripts/cards/card-coverage.ts";
import type { FontSlice } from "../../../scripts/cards/card-fonts.ts";
import { HAN_TYPE, createCoverage, fontSlices } from "../../../scripts/cards/card-fonts.ts";
import { drawableCard } from "../../../scripts/cards/card-text.ts";
import {
  cardNode,
  createCardDrawer,
  createHanCoverage,
  openRenderer,
} from "../../../scripts/cards/draw-card.ts";
import type { Card, CardColors } from "../../../src/render/card.ts";
import { rareHanSlices } from "../../../scripts/cards/rare-han-slices.ts";
import { hasRareHan } from "../../../src/render/rare-han.ts";
import {
  CARD_DESIGN,
  RARE_HAN_DESIGN,
  CARD_HEIGHT,
  CARD_WIDTH,
  articleCard,
  cardHash,
} from "../../../src/render/card.ts";
import {
  ARABIC_ARTICLE,
  NEWSPAPER_ARTICLE,
  SITE,
  TECHNICAL_ARTICLE,
} from "../../render/sample-articles.ts";

const MOST_CARD_BYTES = 300_000;

const require = createRequire(import.meta.url);
const slices = fontSlices();
const isCovered = createCardCoverage(slices);
const isInHanType = createHanCoverage(slices);
const draw = createCardDrawer(slices);
const opened = openRenderer(slices);
const READ_ARTICLE = { ...NEWSPAPER_ARTICLE, path: "articles/a.md", titleLine: 3 };

describe("a share card", () => {
  it.each([NEWSPAPER_ARTICLE, TECHNICAL_ARTICLE, ARABIC_ARTICLE])(
    "is a PNG of 1200 by 630 pixels that WhatsApp takes: $title",
    async (article) => {
      const png = await draw(articleCard(article, SITE));
      expect(imageSize(png)).toMatchObject({ type: "png", width: 1200, height: 630 });
      expect(png.byteLength).toBeLessThan(MOST_CARD_BYTES);
    },
  );

  it("is the same picture whenever it is drawn, and another one for another headline", async () => {
    const card = articleCard(NEWSPAPER_ARTICLE, SITE);
    const [first, second, other] = await Promise.all([
      draw(card),
      draw(card),
      draw({ ...card, headline: "另一个标题" }),
    ]);
    expect(Buffer.compare(first, second)).toBe(0);
    expect(Buffer.compare(first, other)).not.toBe(0);
  });

  it("is named after the type that is installed", () => {
    const versions = ["noto-serif-sc", "noto-serif", "noto-naskh-arabic"].map((family) => {
      const { version } = require(`@fontsource/${family}/package.json`) as { version: string };
      return `${family} ${version}`;
    });
    expect(CARD_DESIGN.split(", ").slice(1)).toEqual(versions);
    const { version } = require("@chinese-fonts/syst/package.json") as { version: string };
    expect(RARE_HAN_DESIGN).toBe(`syst ${version}`);
  });
});

describe("the colours of a site's theme", () => {
  const card = articleCard(NEWSPAPER_ARTICLE, SITE);
  /** The colours of the strip, the ground and the texts, each once. */
  function colorsOf(colors: CardColors): readonly string[] {
    const drawn = JSON.stringify(cardNode({ ...card, colors }, isInHanType));
    return [...new Set(drawn.match(/#[\da-f]{6}/g))];
  }

  it("are drawn on a card", () => {
    const all = { paper: "#102030", ink: "#ffffff", quiet: "#bbbbbb", accent: "#ffcc00" };
    expect(colorsOf(all)).toEqual(["#ffcc00", "#102030", "#ffffff", "#bbbbbb"]);
    expect(colorsOf({ accent: "#0b5a43" })).toEqual(["#0b5a43", "#fdfcf8", "#1f1c18", "#5a534a"]);
  });

  it("give way to the ink in small texts that nobody could read", () => {
    const faint = { accent: "#ffcc00", quiet: "#dddddd" };
    expect(colorsOf(faint)).toEqual(["#ffcc00", "#fdfcf8", "#1f1c18"]);
  });
});

describe("rare Han characters", () => {
  const card = articleCard(NEWSPAPER_ARTICLE, SITE);

  it.each(["李䶮出任馆长", "新元素𬭎", "王㛃、赵𬇕与㑇村的书屋", "焏里的老街"])(
    "are drawn in the headline: %s",
    async (headline) => {
      expect(drawableCard({ ...card, headline }, isCovered)).toMatchObject({
        card: { headline },
        leftOut: [],
      });
      const [named, nameless] = await Promise.all([
        draw({ ...card, headline }),
        draw({ ...card, headline: SITE.title, site: "" }),
      ]);
      expect(Buffer.compare(named, nameless)).not.toBe(0);
    },
  );

  it("give the card another name than the one of the picture that it had without them", () => {
    const before = [CARD_DESIGN, "李䶮", card.site, card.note, card.day, card.direction];
    const name = createHash("sha256").update(JSON.stringify(before)).digest("hex").slice(0, 16);
    expect(cardHash({ ...card, headline: "李䶮" })).not.toBe(name);
  });

  it("leave all other cards as they were", async () => {
    const fresh = createCardDrawer(slices);
    const first = await fresh(card);
    await fresh({ ...card, headline: "李䶮出任馆长" });
    expect(Buffer.compare(await fresh(card), first)).toBe(0);
    expect(cardHash(card)).toBe("6e51b413d018c597");
  });

  it("are those of the second type that no usual one has", () => {
    const charactersIn = ({ ranges }: FontSlice): readonly string[] =>
      ranges.flatMap(([from, to]) =>
        Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index)),
      );
    const usual = new Set(
      slices
        .filter(({ family }) => family === HAN_TYPE)
        .flatMap((slice) => charactersIn(slice).filter(createCoverage([slice]))),
    );
    const wrong = rareHanSlices()
      .flatMap(charactersIn)
      .filter((character) => hasRareHan(character) === usual.has(character));
    expect(wrong).toEqual([]);
    expect(Array.from("湖城㐂𠮷か").filter(hasRareHan)).toEqual(["㐂"]);
  });
});

describe("the layout of a share card", () => {
  const HAN = "鹭岛市人民广播电视台融媒体中心新闻文摘";
  const LATIN = "The Ludao Metropolitan Broadcasting Digest & Weekly Review ";
  const texts = [
    "",
    "雨",
    "快讯：鹭岛图书馆海边新馆今日开放",
    HAN.repeat(60),
    LATIN.repeat(30),
    "W".repeat(500),
    "سوق البحر يفتح أبوابه من جديد ".repeat(12),
  ];
  const shapes = [
    { direction: "ltr", day: "2026年11月22日" },
    { direction: "rtl", day: "22 نوفمبر 2026" },
    { direction: "ltr", day: "" },
  ] as const;
  const cards = texts.flatMap((headline) =>
    texts.flatMap((other) =>
      shapes.map((shape): [string, Card] => [
        `${headline.slice(0, 8)}, ${other.slice(0, 8)}, ${shape.direction}, ${shape.day}`,
        { headline, site: other, note: other, ...shape },
      ]),
    ),
  );

  it.each(cards)("keeps all text apart and in the middle square: %s", async (_, card) => {
    const renderer = await opened;
    const layout = await renderer.measure(cardNode(card, isInHanType), {
      width: CARD_WIDTH,
      height: CARD_HEIGHT,
    });
    const parts = layout.children.map(({ children }) => children.map(boxOf));
    let bottom = 0;
    for (const boxes of parts.filter(({ length }) => length > 0)) {
      expect(Math.min(...boxes.map(({ top }) => top))).toBeGreaterThanOrEqual(bottom);
      bottom = Math.max(...boxes.map((box) => box.bottom));
      const edge = (CARD_WIDTH - CARD_HEIGHT) / 2;
      expect(Math.min(...boxes.map(({ left }) => left))).toBeGreaterThanOrEqual(edge);
      expect(Math.max(...boxes.map(({ right }) => right))).toBeLessThanOrEqual(CARD_WIDTH - edge);
    }
    expect(bottom).toBeLessThanOrEqual(CARD_HEIGHT - 40);
  });
});

describe("characters that the type has not", () => {
  const card = articleCard(NEWSPAPER_ARTICLE, SITE);
  const drawn = (headline: string) => drawableCard({ ...card, headline }, isCovered);

  it.each([
    ["a character that no type has", "市长李𠮷出席"],
    ["a rare character at the beginning", "𠮷野家开张"],
    ["a script", "한국어 제목 2026"],
    ["nothing but ornaments", "🎉🎊"],
  ])("take the headline away, and the site's name stands for it once: %s", (_, headline) => {
    const { card: shown, leftOut } = drawn(headline);
    expect(shown).toMatchObject({ headline: SITE.title, site: "" });
    expect(leftOut).toEqual(["headline"]);
  });

  it.each([
    // Ornaments, and what joins them.
    ["开张 👨‍👩‍👧 大吉 ❤️‍🔥", "开张 大吉"],
    ["骑行川藏线🚴‍♀️45天", "骑行川藏线45天"],
    ["1️⃣ 双11", "1 双11"],
    // Another form of a character that there is.
    ["㍿鹭岛", "株式会社鹭岛"],
    ["ｶﾞｽ", "ｶﾞｽ"],
    ["Cafe\u0301", "Café"],
    ["100㎥与5㎨", "100m³与5m∕s²"],
    ["Ⅲ期与ⅢB期", "III期与IIIB期"],
    // Not where that would say something else.
    ["ⅠⅡ期与AⅠ型、ⅠV", "I II期与A I型、I V"],
    ["2⅓倍、⅓杯", "2 1/3倍、1/3杯"],
    // Nothing to see, or a way to turn the text around.
    ["\u200B\u202E反转\u202C的\u00AD标题\u0007", "反转的标题"],
    ["نمی\u200Cخواهم", "نمی\u200Cخواهم"],
    ["McDonald’s进驻", "McDonald's进驻"],
    ["The harbour’s", "The harbour’s"],
    ["。，？！", "。，？！"],
  ])("go without harm: %j is drawn as %j", (headline, expected) => {
    expect(drawn(headline).card.headline).toBe(expected);
    expect(drawn(headline).leftOut).toEqual([]);
  });

  it("take the source away whole, and leave the day", () => {
    const shown = drawableCard({ ...card, note: "李𠮷工作室" }, isCovered);
    expect(shown.card).toMatchObject({ headline: card.headline, note: "", day: card.day });
    expect(shown.leftOut).toEqual(["note"]);
  });

  it.each([
    [{ title: "𠮷野家" }, "“𠮷” (U+20BB7): it shows the site's name instead of the headline"],
    [{ source: "李𠮸工作室" }, "“𠮸” (U+20BB8): it is drawn without the source"],
    [{ title: "🎉开张" }, "“🎉” (U+1F389): it is drawn without"],
    [
      { title: "𠮷𠮸𠮹𠮺𠮻𠮼𠮽" },
      "“𠮷” (U+20BB7), “𠮸” (U+20BB8), “𠮹” (U+20BB9), “𠮺” (U+20BBA), “𠮻” (U+20BBB) and 2 more: it shows the site's name instead of the headline",
    ],
  ])("are reported with file and line: %j", (strange, what) => {
    const articles = [READ_ARTICLE, { ...READ_ARTICLE, ...strange }];
    const diagnostics = cardDiagnostics(articles, { site: SITE, cards: 2 }, isCovered);
    expect(diagnostics).toMatchObject([{ level: "warning", path: "articles/a.md", line: 3 }]);
    expect(diagnostics[0]?.what).toBe(`The type of the share card has no ${what}`);
  });

  it("are not all that is reported: a headline for which there is no room is, too", () => {
    const titled = (title: string) =>
      cardDiagnostics([{ ...READ_ARTICLE, title }], { site: SITE, cards: 1 }, isCovered);
    expect(titled("a".repeat(200))).toMatchObject([
      { level: "warning", path: "articles/a.md", line: 3, code: "card-headline-cut" },
    ]);
    // Such a title is warned of where it is read.
    expect(titled("长".repeat(201))).toEqual([]);
  });

  it("are one report where the type lacks a whole script", () => {
    const articles = ["हिन्दी", "नमस्ते", "한국어", "岛城新闻"].map((title, index) => ({
      ...READ_ARTICLE,
      title,
      path: `articles/${index}.md`,
      published: { epochSeconds: index, offsetMinutes: 0 },
    }));
    const found = cardDiagnostics(articles, { site: SITE, cards: 9 }, isCovered);
    expect(found.map(({ path, what }) => `${path}: ${what}`)).toEqual([
      "articles/2.md: The type of the share card has no Hangul: the card of this article does without the headline or the source that is in it",
      "articles/1.md: The type of the share card has no Devanagari: the cards of this article and 1 more do without the headline or the source that is in it",
    ]);
  });

  it("are reported for the newest articles only", () => {
    const article = { ...READ_ARTICLE, title: "𠮷野家" };
    expect(cardDiagnostics([article], { site: SITE, cards: 0 }, isCovered)).toEqual([]);
  });

  it("are those that its files lack, whatever their stylesheet says", () => {
    const characters = Array.from("鹭岛か漁Aé1②…ا🌅❤한국𠮷ไ");
    expect(characters.filter(isCovered)).toEqual(Array.from("鹭岛か漁Aé1②…ا"));
  });
});

describe("characters that the type has", () => {
  it.each([
    ["high and low figures", "2⁵⁰个数据点与10⁻⁶米，x⁻¹、CO₂、3²"],
    ["Greek", "α地中海贫血与β受体，15μg/m³，Ω、π"],
    ["Polish, Czech, Turkish", "Łódź żegna święta, Dvořák, İstanbul’da ışık"],
    ["Vietnamese and Kazakh", "Nguyễn Đà Nẵng, Қазақстан Ґ"],
    ["currencies", "₽、₹、₺、₴"],
    ["accents that no letter comes with", "x\u0304与за\u0301мок"],
  ])("are drawn as they are written: %s", (_, headline) => {
    const { card, missing } = drawableCard(
      { ...articleCard(NEWSPAPER_ARTICLE, SITE), headline },
      isCovered,
    );
    expect({ headline: card.headline.replaceAll("'", "’"), missing }).toEqual({
      headline,
      missing: [],
    });
  });

  it("do not include an accent that no file has together with its letter", () => {
    expect(["e\u0301", "é", "x\u0304", "x\u030A", "鹭\u0301"].map(isCovered)).toEqual([
      false,
      true,
      true,
      false,
      false,
    ]);
  });

  // A letter put together from a base and an accent of another file is drawn with its accent astray.
  const scripts = ["Latin", "Greek", "Cyrillic", "Hiragana", "Katakana", "Arabic"];
  it.each(scripts)("are drawn from the file that has them: %s", async (script) => {
    const isOfScript = new RegExp(`[\\p{Script=${script}}&&\\p{L}]`, "v");
    const letters = Array.from({ length: 0x1_0000 }, (_, codePoint) =>
      String.fromCharCode(codePoint),
    ).filter((letter) => isOfScript.test(letter) && isCovered(letter));
    expect(letters.length).toBeGreaterThan(50);

    const renderer = await opened;
    const groups = Map.groupBy(letters, (letter) => {
      const family = isInHanType(letter) ? HAN_TYPE : null;
      return slices.find(
        (slice) => (family ?? slice.family) === slice.family && createCoverage([slice])(letter),
      );
    });
    for (const [slice, members] of groups) {
      const alone = await openRenderer(slice === undefined ? [] : [slice]);
      for (let from = 0; from < members.length; from += LETTERS_A_SHEET) {
        const sheet = sheetOf(members.slice(from, from + LETTERS_A_SHEET));
        const [drawn, expected] = await Promise.all(
          [renderer, alone].map(async (one) => inked(await one.render(sheet, SHEET))),
        );
        const place = `${slice?.file}, letter ${from} and following`;
        expect(drawn?.equals(expected ?? Buffer.of()), place).toBe(true);
      }
    }
  });
});

const LETTERS_A_SHEET = 100;
const SHEET = { width: 1000, height: 500, format: "raw" } as const;

/** Letters each by itself, in the type that a headline of them has. */
function sheetOf(letters: readonly string[]): Node {
  const card: Card = { headline: letters.join(""), site: "", note: "", day: "", direction: "ltr" };
  const fontFamily = /"fontFamily":"([^"]+)"/.exec(
    JSON.stringify(cardNode(card, isInHanType)),
  )?.[1];
  return {
    type: "container",
    style: {
      ...SHEET,
      display: "flex",
      flexWrap: "wrap",
      gap: 10,
      padding: 20,
      fontSize: 30,
      fontWeight: 700,
      fontFamily: fontFamily ?? "",
    },
    children: letters.map((text) => ({ type: "text", text })),
  };
}

/** The rows from the first to the last with something on them: how high letters stand is the business of all families. */
function inked(pixels: Buffer): Buffer {
  const row = SHEET.width * 4;
  const blank = Buffer.alloc(row);
  const rows = Array.from({ length: SHEET.height }, (_, y) =>
    pixels.subarray(y * row, (y + 1) * row),
  );
  const isInked = (pixelRow: Buffer): boolean => !pixelRow.equals(blank);
  return Buffer.concat(rows.slice(rows.findIndex(isInked), rows.findLastIndex(isInked) + 1));
}

function boxOf({ transform: [, , , , left, top], width, height }: MeasuredNode) {
  return { left, top, right: left + width, bottom: top + height };
}
