import { shortNumber } from "./row.ts";
import type { SpeedPoint } from "./speed-points.ts";

/*
 * The chart of docs/speed.md as SVG: four panels with logarithmic axes, a line for each program. Text stays text, the names
 * stand at the lines, and the colours follow the reader's scheme.
 */

type Quantity = "cpuSeconds" | "megabytes" | "files" | "storedMegabytes";
type Program = SpeedPoint["program"];

const PANELS: readonly { readonly quantity: Quantity; readonly title: string }[] = [
  { quantity: "cpuSeconds", title: "CPU seconds" },
  { quantity: "megabytes", title: "memory, MB" },
  { quantity: "files", title: "files or values to write" },
  { quantity: "storedMegabytes", title: "to store, MB" },
];
const PROGRAMS: readonly Program[] = ["Offprint", "Hugo", "Jekyll"];

const PANEL = { width: 380, height: 250 };
const PLOT = { left: 66, top: 34, width: 236, height: 172 };
const LABEL_DISTANCE = 15;
const MARK_RADIUS = 4;

const STYLE = `
svg { font: 13px system-ui, sans-serif }
text { fill: #1f2328 }
.title { font-weight: 600 }
.grid { stroke: #d0d7de }
.line { fill: none; stroke-width: 2 }
.Offprint { stroke: #0969a2; fill: #0969a2 }
.Hugo { stroke: #a8325f; fill: #a8325f }
.Jekyll { stroke: #6b6500; fill: #6b6500 }
text.Offprint, text.Hugo, text.Jekyll { paint-order: stroke; stroke: #fff; stroke-width: 4px }
.line.Offprint, .line.Hugo, .line.Jekyll { fill: none }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.grid { stroke: #3d444d }
.Offprint { stroke: #6cb6ff; fill: #6cb6ff }
.Hugo { stroke: #f69ac0; fill: #f69ac0 }
.Jekyll { stroke: #d3cc5b; fill: #d3cc5b }
text.Offprint, text.Hugo, text.Jekyll { stroke: #0d1117 }
}
`.trim();

/** Draws all points; the description says the largest of each program for those who do not see the chart. */
export function speedChart(points: readonly SpeedPoint[]): string {
  const [width, height] = [2 * PANEL.width, 2 * PANEL.height];
  const panels = PANELS.map(({ quantity, title }, index) => {
    const [x, y] = [(index % 2) * PANEL.width, Math.floor(index / 2) * PANEL.height];
    return `<g transform="translate(${x} ${y})">\n${drawPanel(points, quantity, title)}\n</g>`;
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title about">`,
    `<title id="title">What a cold run costs, by number of articles</title>`,
    `<desc id="about">${describePoints(points)}</desc>`,
    `<style>${STYLE}</style>`,
    ...panels,
    "</svg>",
  ].join("\n")}\n`;
}

function describePoints(points: readonly SpeedPoint[]): string {
  return PROGRAMS.flatMap((program) => {
    const last = pointsOf(points, program).at(-1);
    if (last === undefined) return [];
    const { articles, cpuSeconds, megabytes, files, storedMegabytes } = last;
    return `${program}, ${articles.toLocaleString("en-US")} articles: ${shortNumber(cpuSeconds)} CPU seconds, ${shortNumber(megabytes)} MB of memory, ${shortNumber(files)} files or values of ${shortNumber(storedMegabytes)} MB.`;
  }).join(" ");
}

function drawPanel(points: readonly SpeedPoint[], quantity: Quantity, title: string): string {
  const xs = decades(points.map(({ articles }) => articles));
  const ys = decades(points.map((point) => point[quantity]));
  const atX = (value: number): number => round(PLOT.left + PLOT.width * xs.part(value));
  const atY = (value: number): number => round(PLOT.top + PLOT.height * (1 - ys.part(value)));
  const [right, bottom] = [PLOT.left + PLOT.width, PLOT.top + PLOT.height];
  const rules = [
    ...ys.ticks.map(
      (tick) =>
        `<path class="grid" d="M${PLOT.left} ${atY(tick)}H${right}"/><text x="${PLOT.left - 6}" y="${atY(tick) + 4}" text-anchor="end">${tickLabel(tick)}</text>`,
    ),
    ...xs.ticks.map(
      (tick) =>
        `<path class="grid" d="M${atX(tick)} ${PLOT.top}V${bottom}"/><text x="${atX(tick)}" y="${bottom + 18}" text-anchor="middle">${tickLabel(tick)}</text>`,
    ),
  ];
  const series = PROGRAMS.flatMap((program) => {
    const places = pointsOf(points, program).map((point) => ({
      x: atX(point.articles),
      y: atY(point[quantity]),
    }));
    const last = places.at(-1);
    return last === undefined ? [] : [{ program, places, last }];
  });
  let lowest = Number.NEGATIVE_INFINITY;
  const labels = series
    .toSorted((a, b) => a.last.y - b.last.y)
    .map(({ program, last }) => {
      lowest = Math.max(last.y + 4, lowest + LABEL_DISTANCE);
      return `<text class="${program}" x="${last.x + 9}" y="${lowest}">${program}</text>`;
    });
  return [
    `<text class="title" x="${PLOT.left}" y="20">${title}</text>`,
    ...rules,
    ...series.map(({ program, places }) => drawSeries(program, places)),
    ...labels,
    `<text x="${right}" y="${bottom + 36}" text-anchor="end">articles</text>`,
  ].join("\n");
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A line with a mark of its own kind at each point, so that colour is not all that tells programs apart. */
function drawSeries(program: Program, places: readonly Place[]): string {
  const line = places.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join("");
  const marks = places.map(({ x, y }) => drawMark(program, x, y)).join("");
  return `<path class="line ${program}" d="${line}"/>${marks}`;
}

function drawMark(program: Program, x: number, y: number): string {
  const r = MARK_RADIUS;
  if (program === "Offprint") return `<circle class="${program}" cx="${x}" cy="${y}" r="${r}"/>`;
  const path =
    program === "Hugo"
      ? `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`
      : `M${x} ${y - r}l${r} ${2 * r}h${-2 * r}z`;
  return `<path class="${program}" d="${path}"/>`;
}

function pointsOf(points: readonly SpeedPoint[], program: Program): readonly SpeedPoint[] {
  return points
    .filter((point) => point.program === program)
    .toSorted((a, b) => a.articles - b.articles);
}

/** A logarithmic axis from one power of ten to another, at least one apart. */
function decades(values: readonly number[]): {
  readonly ticks: readonly number[];
  readonly part: (value: number) => number;
} {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(first + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    ticks: Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index)),
    part: (value) => (Math.log10(value) - first) / (last - first),
  };
}

function tickLabel(value: number): string {
  if (value >= 1e6) return `${value / 1e6} M`;
  return value >= 1 ? value.toLocaleString("en-US") : String(Number(value.toPrecision(1)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
