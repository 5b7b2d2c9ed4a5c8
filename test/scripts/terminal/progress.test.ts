import { describe, expect, it } from "vitest";
import { createProgress } from "../../../scripts/terminal/progress.ts";

function run(
  isTTY: boolean,
  moments: readonly (readonly [done: number, atMilliseconds: number])[],
): string {
  let now = 0;
  let written = "";
  const output = { isTTY, write: (text: string) => (written += text) };
  const show = createProgress("articles read", output, () => now);
  for (const [done, at] of moments) {
    now = at;
    show(done, 100);
  }
  return written;
}

describe("createProgress", () => {
  it("shows nothing of short work", () => {
    expect(
      run(true, [
        [50, 40],
        [100, 80],
      ]),
    ).toBe("");
    expect(
      run(false, [
        [50, 2000],
        [100, 4000],
      ]),
    ).toBe("");
  });

  it("writes one line over on a terminal, and clears it at the end", () => {
    expect(
      run(true, [
        [10, 1000],
        [20, 1050],
        [50, 2000],
        [100, 4000],
      ]),
    ).toBe(
      "\r\u001b[K10 of 100 articles read, 10 a second, 9 s left" +
        "\r\u001b[K50 of 100 articles read, 25 a second, 2 s left" +
        "\r\u001b[K",
    );
  });

  it("writes a plain line every few seconds into a log", () => {
    expect(
      run(false, [
        [10, 1000],
        [50, 5000],
        [60, 6000],
        [90, 10_000],
        [100, 11_000],
      ]),
    ).toBe(
      "50 of 100 articles read, 10 a second, 5 s left\n90 of 100 articles read, 9 a second, 2 s left\n",
    );
  });
});
