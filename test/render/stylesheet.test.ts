import { describe, expect, it } from "vitest";
import {
  LIST_STYLESHEET,
  PLAIN_ARTICLE_STYLESHEET,
  RICH_ARTICLE_STYLESHEET,
} from "../../src/render/stylesheet.ts";

const TEXT_CONTRAST = 12;
const OTHER_CONTRAST = 6;

/** Relative luminance (WCAG 2.2). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Light, then dark. Names are their first letters. */
function palettes(css: string): readonly ReadonlyMap<string, string>[] {
  const blocks = [...css.matchAll(/:root\{([^}]*--p:[^}]*)/g)].map(([, block = ""]) => block);
  return blocks.map(
    (block) =>
      new Map(
        [...block.matchAll(/--(\w+):(#[\da-f]{6})/g)].map(([, name = "", color = ""]) => [
          name,
          color,
        ]),
      ),
  );
}

describe.each([
  ["PLAIN_ARTICLE_STYLESHEET", PLAIN_ARTICLE_STYLESHEET],
  ["RICH_ARTICLE_STYLESHEET", RICH_ARTICLE_STYLESHEET],
  ["LIST_STYLESHEET", LIST_STYLESHEET],
])("%s", (_name, css) => {
  it.each(["light", "dark"])("can be read in %s", (scheme) => {
    const colors = palettes(css)[scheme === "light" ? 0 : 1];
    const paper = colors?.get("p") ?? "";
    expect(contrast(colors?.get("i") ?? paper, paper)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    for (const name of ["q", "r"]) {
      expect(contrast(colors?.get(name) ?? paper, paper)).toBeGreaterThanOrEqual(OTHER_CONTRAST);
    }
  });

  it("loads nothing and closes no element", () => {
    expect(css).not.toMatch(/url\(|@import|@font-face|</);
    expect(css.split("{")).toHaveLength(css.split("}").length);
  });
});
