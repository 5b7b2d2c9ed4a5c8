import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { speedChart } from "./speed-chart.ts";
import { speedPage } from "./speed-page.ts";
import type { SpeedPoint } from "./speed-points.ts";

const DOCS = join(import.meta.dirname, "../../docs");

const point = (program: SpeedPoint["program"], articles: number, cost: number): SpeedPoint => ({
  program,
  articles,
  cpuSeconds: cost,
  seconds: cost,
  megabytes: 100 * cost,
  files: articles,
  storedMegabytes: cost,
});

/** Where the marks of a program stand in the first panel. */
function marks(svg: string): readonly (readonly number[])[] {
  const panel = svg.slice(0, svg.indexOf("</g>"));
  return [...panel.matchAll(/<circle class="Offprint" cx="([\d.]+)" cy="([\d.]+)"/g)].map((found) =>
    found.slice(1).map(Number),
  );
}

describe("docs/speed", () => {
  /** Written anew by `npm run bench -- --chart`. */
  it.each(["page", "chart"] as const)("shows what was measured: %s", (what) => {
    const file = join(DOCS, what === "page" ? "speed.md" : "speed.svg");
    if (process.env["UPDATE_EXPECTED"] === "1") writeFileSync(file, speedPage()[what]);
    expect(readFileSync(file, "utf8")).toBe(speedPage()[what]);
  });
});

describe("speedChart", () => {
  const svg = speedChart([
    point("Offprint", 1000, 1),
    point("Offprint", 10_000, 10),
    point("Offprint", 100_000, 100),
    point("Hugo", 1000, 2),
  ]);

  it("is well-formed XML with a title and a description in words", () => {
    new SaxesParser().write(svg).close();
    expect(svg).toContain('aria-labelledby="title about"');
    expect(svg).toContain("Offprint, 100,000 articles: 100 CPU seconds");
  });

  it("draws ten times as much at equal distances", () => {
    const [first = [], second = [], third = []] = marks(svg);
    const step = (from: readonly number[], to: readonly number[]): readonly number[] =>
      from.map((at, axis) => Math.round((to[axis] ?? 0) - at));
    expect(step(first, second)).toEqual(step(second, third));
    expect(step(first, second)[0]).toBeGreaterThan(0);
    expect(step(first, second)[1]).toBeLessThan(0);
  });

  it("leaves out a program that was not measured", () => {
    expect(svg).toContain(">Hugo</text>");
    expect(svg).not.toContain(">Jekyll</text>");
  });
});
