import { describe, expect, it } from "vitest";
import { likeness, textSketch } from "../../../scripts/publish/text-sketch.ts";
import { RandomSource } from "../../generate/random-source.ts";

const SEED = 3;

/** Chinese prose without repetition, the same for the same number. */
function prose(number: number, length = 800): string {
  const random = new RandomSource(SEED, number);
  return Array.from({ length }, () => String.fromCodePoint(random.integer(0x4e00, 0x55ff))).join(
    "",
  );
}

function alike(a: string, b: string): number {
  const encoder = new TextEncoder();
  return likeness(textSketch(encoder.encode(a)), textSketch(encoder.encode(b)));
}

const half = prose(1).slice(0, 400);

describe("the likeness of two texts", () => {
  it.each([
    [
      "the same text in other markup",
      `<p>${half}</p>\n<p>b</p>`,
      `<div title="c">${half}<br> b</div>`,
    ],
    ["one word", "<p>号外</p>", "<p>号外</p>"],
  ])("is 1 of %s", (_, a, b) => {
    expect(alike(a, b)).toBe(1);
  });

  it.each([
    [
      "a text in which a sentence changed",
      prose(1),
      prose(1).slice(0, 700) + prose(2, 100),
      0.5,
      1,
    ],
    ["a text of which half is another's", prose(1), half + prose(2, 400), 0.2, 0.5],
    ["two texts", prose(1), prose(2), 0, 0.05],
    ["a text and none", prose(1), "<p><img></p>", 0, 0],
    ["a long text and a notice", prose(1, 100_000), prose(2, 40), 0, 0.05],
  ])("is little or much of %s", (_, a, b, least, most) => {
    expect(alike(a, b)).toBeGreaterThanOrEqual(least);
    expect(alike(a, b)).toBeLessThanOrEqual(most);
  });
});
