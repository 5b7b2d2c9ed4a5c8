import { describe, expect, it } from "vitest";
import { Report } from "./report.ts";
import type { Row } from "./row.ts";
import { atLeast, atMost, measuredRow, skippedRow, tryRow, verdictOf } from "./row.ts";

const HELD = measuredRow("held", [0.9, 1.2, 1], { unit: "x", bar: atMost(1) });
const MISSED = measuredRow("missed", [2], { unit: "x", bar: atLeast(3), beside: "1 | 2" });
const OPEN = measuredRow("open", [5], { unit: "MB" });
const SKIPPED = skippedRow("skipped", "Hugo is not installed");
const failing = async (): Promise<Row> => {
  throw new Error("it fell");
};

function reported(rows: readonly Row[]): { readonly said: string; readonly exitCode: number } {
  const said: string[] = [];
  const report = new Report((line) => {
    said.push(line);
  });
  for (const row of rows) report.add(row);
  const exitCode = report.finish();
  return { said: said.join("\n"), exitCode };
}

describe("a row of the bench", () => {
  it("is held to its bar by the median", () => {
    expect([HELD, MISSED, OPEN, SKIPPED].map(verdictOf)).toEqual(["pass", "miss", "", "skipped"]);
  });

  it("is there, with the reason, where measuring fails", async () => {
    const row = await tryRow("broken", failing);
    expect(row).toEqual({ kind: "failed", name: "broken", why: "it fell" });
  });
});

describe("the bench's report", () => {
  it.each([
    { rows: [HELD, OPEN, SKIPPED], exitCode: 0 },
    { rows: [HELD, MISSED], exitCode: 1 },
    { rows: [MISSED, { kind: "failed", name: "broken", why: "it fell" } as const], exitCode: 3 },
  ])("ends with $exitCode", ({ rows, exitCode }) => {
    expect(reported(rows).exitCode).toBe(exitCode);
  });

  it("says each row with its range, its bar and its verdict, and counts them", () => {
    const { said } = reported([HELD, MISSED, SKIPPED]);
    expect(said).toContain("held: 1 (0.9 to 1.2) x, bar <= 1: pass\n");
    expect(said).toContain("| missed | 2 x | >= 3 | miss | 1 \\| 2 |\n");
    expect(said).toContain("skipped: skipped, Hugo is not installed\n");
    expect(said).toContain("3 rows: 1 pass, 1 miss, 0 without a bar, 1 skipped, 0 failed");
  });

  it("complains if the process ends before the last row", () => {
    const said: string[] = [];
    const report = new Report((line) => {
      said.push(line);
    });
    report.add(HELD);
    expect(report.complainIfUnfinished()).toBe(3);
    expect(said.at(-1)).toMatch(/^The bench ended early, behind the row "held"/);
    report.finish();
    expect(report.complainIfUnfinished()).toBeNull();
  });
});
