import { once } from "node:events";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { mapWithinBudget } from "../../../../scripts/read/cache/cpu-budget.ts";

const BUDGET = { cpuSeconds: 0.05, windowMilliseconds: 100 };
const giveUp = (item: string): string => `${item}: too slow`;

/** Uses up CPU time of this thread. */
function work(seconds: number): void {
  const start = process.threadCpuUsage();
  while (process.threadCpuUsage(start).user < seconds * 1_000_000);
}

/** Waits without using any. */
function wait(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

describe("mapWithinBudget", () => {
  it("gives what comes of each item, in order", () => {
    expect(mapWithinBudget(["a", "b"], (item) => item + item, giveUp, BUDGET)).toEqual([
      "aa",
      "bb",
    ]);
    expect(mapWithinBudget([], String, giveUp, BUDGET)).toEqual([]);
  });

  it.each<readonly [string, () => void]>([
    [
      "a loop",
      () => {
        work(60);
      },
    ],
    [
      "a regular expression",
      () => {
        /^(?:a|a)*$/.test(`${"a".repeat(60)}b`);
      },
    ],
    [
      "what catches everything",
      () => {
        for (;;) {
          try {
            JSON.parse("{");
          } catch {
            work(0.001);
          }
        }
      },
    ],
  ])("gives up on %s that goes on and on, and works on the others", (_, endless) => {
    const values = mapWithinBudget(
      ["a", "b", "c"],
      (item) => {
        if (item === "b") endless();
        return item;
      },
      giveUp,
      BUDGET,
    );
    expect(values).toEqual(["a", "b: too slow", "c"]);
  });

  it("gives up on what ends, but took too much", () => {
    const slow = (item: string): string => {
      work(0.1);
      return item;
    };
    expect(mapWithinBudget(["a"], slow, giveUp, { ...BUDGET, windowMilliseconds: 60_000 })).toEqual(
      ["a: too slow"],
    );
  });

  it("begins an item anew as long as it had too little of a busy machine", () => {
    let attempts = 0;
    const values = mapWithinBudget(
      ["a", "b"],
      (item) => {
        attempts += 1;
        wait(50);
        return item;
      },
      giveUp,
      { cpuSeconds: 30, windowMilliseconds: 10 },
    );
    expect(values).toEqual(["a", "b"]);
    expect(attempts).toBeGreaterThan(2);
  });

  it("stops a thread's first body at any point and renders it in the end, since all code is loaded by then", async () => {
    const url = (path: string): string => pathToFileURL(join(import.meta.dirname, path)).href;
    const code = `(async () => {
      const { mapWithinBudget } = await import("${url("../../../../scripts/read/cache/cpu-budget.ts")}");
      const { render } = await import("${url("../body/render.ts")}");
      const budget = { cpuSeconds: 60, windowMilliseconds: 1 };
      const [html] = mapWithinBudget(["**loud**"], (text) => render(text).html, () => null, budget);
      require("node:worker_threads").parentPort.postMessage(html);
    })()`;
    const [html] = (await once(new Worker(code, { eval: true }), "message")) as [string | null];
    expect(html).toBe("<p><strong>loud</strong></p>");
  });

  it("throws what the work throws", () => {
    const fail = (): string => {
      throw new TypeError("a bug");
    };
    expect(() => mapWithinBudget(["a"], fail, giveUp, BUDGET)).toThrow("a bug");
  });
});
