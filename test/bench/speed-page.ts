import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shortNumber } from "./row.ts";
import { speedChart } from "./speed-chart.ts";
import type { SpeedPoints } from "./speed-points.ts";
import { readSpeedPoints } from "./speed-points.ts";

const DOCS = join(import.meta.dirname, "../../docs");
const PAGE = join(DOCS, "speed.md");
const CHART = join(DOCS, "speed.svg");
const TABLE = /(?<=<!-- sizes -->\n\n)[^]*?(?=\n\n<!-- end of sizes -->)/;

/** The page and its chart as the points in docs/speed.json make them. */
export function speedPage(): { readonly page: string; readonly chart: string } {
  const points = readSpeedPoints();
  const page = readFileSync(PAGE, "utf8").replace(TABLE, () => speedTable(points));
  return { page, chart: speedChart(points.points) };
}

/** Writes both. */
export function drawSpeed(): void {
  const { page, chart } = speedPage();
  writeFileSync(PAGE, page);
  writeFileSync(CHART, chart);
}

function speedTable({ machine, load, points }: SpeedPoints): string {
  const rows = points.map((point) => [
    point.articles.toLocaleString("en-US"),
    point.program,
    shortNumber(point.cpuSeconds),
    shortNumber(point.seconds),
    shortNumber(point.megabytes),
    point.files.toLocaleString("en-US"),
    shortNumber(point.storedMegabytes),
  ]);
  const head = [
    "articles",
    "program",
    "CPU s",
    "seconds",
    "memory, MB",
    "files or values",
    "to store, MB",
  ];
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const pad = (text: string, column: number): string =>
    column === 1 ? text.padEnd(widths[column] ?? 0) : text.padStart(widths[column] ?? 0);
  const line = (texts: readonly string[]): string => `| ${texts.map(pad).join(" | ")} |`;
  const rule = widths.map((width, column) =>
    column === 1 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [
    `${machine}. ${load}.`,
    "",
    line(head),
    `| ${rule.join(" | ")} |`,
    ...rows.map(line),
  ].join("\n");
}
