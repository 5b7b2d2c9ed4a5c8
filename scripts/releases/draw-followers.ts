import type { Attributes, Xml } from "../../src/render/xml.ts";
import { emptyElement, parentElement, textElement, xmlDocument } from "../../src/render/xml.ts";
import type { Followers, Share, TitledFollowers } from "./reckon-followers.ts";

/*
 * Who follows as a picture: a bar for each feed, cut by fetcher. Text stays text, in fonts that have Chinese, and the colours follow
 * the reader's scheme. Where no fetcher names subscribers, the bars are polls a day.
 */

interface DrawnFollowers extends Pick<Followers, "subscribers" | "days"> {
  readonly feeds: readonly TitledFollowers[];
}

interface Row {
  readonly title: string;
  readonly count: number;
  readonly parts: readonly Share[];
}

const BARS_SHOWN = 20;
/** So many fetchers have a colour of their own. */
const COLOURS = 5;
const REST = "others";

const WIDTH = 760;
const MARGIN = 20;
const BAR = { left: 250, width: 410, height: 18, distance: 28 };
const LEGEND = { perLine: 3, width: 230, distance: 24 };
/** Widths in parts of the font's size: of Han, kana and hangul, and of other letters. */
const FONT_SIZE = 14;
const MOST_EMS = (BAR.left - MARGIN - 14) / FONT_SIZE;

const STYLE = `
svg { font: ${FONT_SIZE}px system-ui, -apple-system, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif; background: #fff }
text { fill: #1f2328 }
.heading { font-weight: 600; font-size: 16px }
.about { fill: #59636e }
.c0 { fill: #0969a2 } .c1 { fill: #a8325f } .c2 { fill: #6b6500 } .c3 { fill: #5b4aa8 } .c4 { fill: #a04a00 } .c5 { fill: #8c959f }
@media (prefers-color-scheme: dark) {
svg { background: #0d1117 }
text { fill: #e6edf3 }
.about { fill: #9198a1 }
.c0 { fill: #6cb6ff } .c1 { fill: #f69ac0 } .c2 { fill: #d3cc5b } .c3 { fill: #b8a8ff } .c4 { fill: #ffb077 } .c5 { fill: #7d8590 }
}
`.trim();

/** Draws the feeds that most follow. */
export function drawFollowers(
  { feeds, subscribers, days }: DrawnFollowers,
  site: { readonly url: string; readonly language: string },
): Uint8Array {
  const isOfPeople = subscribers > 0;
  const all = feeds
    .map(({ title, ...feed }) =>
      isOfPeople
        ? { title, count: feed.subscribers, parts: feed.fetchers }
        : { title, count: feed.otherPolls, parts: feed.otherPrograms },
    )
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count);
  const rows = all.slice(0, BARS_SHOWN);
  const names = namesOf(all);
  const what = isOfPeople ? "Subscribers, as fetchers name them" : "Polls a day";
  const legendTop = 74;
  const barsTop = legendTop + Math.ceil(names.length / LEGEND.perLine) * LEGEND.distance + 8;
  const height = barsTop + rows.length * BAR.distance + MARGIN;
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const more =
    all.length > rows.length ? `, the ${rows.length} largest of ${all.length} feeds` : "";
  return xmlDocument(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      "xml:lang": site.language,
      viewBox: `0 0 ${WIDTH} ${height}`,
      width: WIDTH,
      height,
      role: "img",
    },
    [
      textElement("title", `${what}: ${site.url}`),
      textElement("desc", rows.map(describe).join("; ")),
      textElement("style", STYLE),
      label(what, { class: "heading", x: MARGIN, y: 30 }),
      label(`${site.url}, ${Math.round(days)} days${more}`, { class: "about", x: MARGIN, y: 52 }),
      ...names.flatMap((name, index) => {
        const x = MARGIN + (index % LEGEND.perLine) * LEGEND.width;
        const y = legendTop + Math.floor(index / LEGEND.perLine) * LEGEND.distance;
        return [
          rectangle(colourOf(name, names), x, y, 12, 12),
          label(name, { x: x + 20, y: y + 11 }),
        ];
      }),
      ...rows.map((row, index) => drawRow(row, names, barsTop + index * BAR.distance, most)),
    ],
  );
}

/** The names that have a colour: the largest over all feeds, and the rest under one. */
function namesOf(rows: readonly Row[]): readonly string[] {
  const totals = new Map<string, number>();
  for (const { name, count } of rows.flatMap(({ parts }) => parts)) {
    totals.set(name, (totals.get(name) ?? 0) + count);
  }
  const names = [...totals].toSorted(([, a], [, b]) => b - a).map(([name]) => name);
  return names.length > COLOURS ? [...names.slice(0, COLOURS), REST] : names;
}

function colourOf(name: string, names: readonly string[]): string {
  const index = names.indexOf(name);
  return `c${index < 0 ? COLOURS : index}`;
}

/** One bar: the feed's title before it, its number behind it, and what a part is where the mouse rests. */
function drawRow(
  { title, count, parts }: Row,
  names: readonly string[],
  y: number,
  most: number,
): Xml {
  const baseline = y + BAR.height - 4;
  let x: number = BAR.left;
  const pieces = parts.map((part) => {
    const width = (part.count / most) * BAR.width;
    const piece = parentElement("g", [
      textElement("title", `${title}: ${part.name} ${number(part.count)}`),
      // A hair of the ground between the parts, where they are wide enough.
      rectangle(colourOf(part.name, names), x, y, Math.max(width - 1, width / 2), BAR.height),
    ]);
    x += width;
    return piece;
  });
  return parentElement("g", [
    label(shortened(title), { x: BAR.left - 12, y: baseline, "text-anchor": "end" }),
    ...pieces,
    label(number(count), { x: round(x + 8), y: baseline }),
  ]);
}

function describe({ title, count, parts }: Row): string {
  const by = parts.map((part) => `${part.name} ${number(part.count)}`).join(", ");
  return `${title} ${number(count)} (${by})`;
}

function label(text: string, attributes: Attributes): Xml {
  return textElement("text", text, attributes);
}

function rectangle(colour: string, x: number, y: number, width: number, height: number): Xml {
  return emptyElement("rect", { class: colour, x: round(x), y, width: round(width), height });
}

/** A title that fits before the bars. */
function shortened(title: string): string {
  let width = 0;
  let end = 0;
  for (const character of title) {
    width += /[\u2e80-\uffdc\u{20000}-\u{3ffff}]/u.test(character) ? 1 : 0.6;
    if (width > MOST_EMS) return `${title.slice(0, end - 1)}…`;
    end += character.length;
  }
  return title;
}

function number(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
