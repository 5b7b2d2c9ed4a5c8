import { describe, expect, it } from "vitest";
import { unsupportedCss } from "./unsupported-css.ts";
import { contrast } from "../../src/domain/contrast.ts";
import type { Theme } from "../../src/domain/site.ts";
import { feedStylesheet } from "../../src/render/feed-stylesheet.ts";
import { stylesheetsOf } from "../../src/render/stylesheet.ts";

const TEXT_CONTRAST = 12;
const OTHER_CONTRAST = 6;

const THEME: Theme = {
  light: { paper: "#f4f7f2", ink: "#102018", accent: "#0b5a43" },
  dark: { paper: "#0d1512", accent: "#7fd1b3", line: "#334433" },
  headlineFace: 'Kaiti SC, "2 Serif", STKaiti, serif',
  textFace: "Songti SC, serif",
};
const OWN = stylesheetsOf({});
const THEMED = stylesheetsOf({ theme: THEME });

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
  ...Object.entries(OWN),
  ...Object.entries(THEMED).map(([name, css]) => [`${name} of a theme`, css] as const),
])("the stylesheet %s", (_name, css) => {
  it.each(["light", "dark"])("can be read in %s", (scheme) => {
    const colors = palettes(css)[scheme === "light" ? 0 : 1];
    const paper = colors?.get("p") ?? "";
    expect(contrast(colors?.get("i") ?? paper, paper)).toBeGreaterThanOrEqual(TEXT_CONTRAST);
    for (const name of ["q", "a"]) {
      expect(contrast(colors?.get(name) ?? paper, paper)).toBeGreaterThanOrEqual(OTHER_CONTRAST);
    }
  });

  it("loads nothing and closes no element", () => {
    expect(css).not.toMatch(/url\(|@import|@font-face|</);
    expect(css.split("{")).toHaveLength(css.split("}").length);
  });
});

/**
 * What engines of before 2019 do not understand and do not need: why. All else that is newer needs an older form before it
 * in its rule.
 */
const ENHANCEMENTS: Readonly<Record<string, string>> = {
  "-webkit-text-size-adjust:100%":
    "WebKit's own word; Chromium knows it too, though its tables do not say so",
  "color-scheme:light dark": "colours the browser's own bars; there are no dark pages before it",
  "(prefers-color-scheme:dark)": "the page stays light",
  "text-autospace:normal": "thin gaps between Han characters and Latin words",
  "text-wrap:pretty": "no lone last word",
  "text-wrap:balance": "a headline's lines of one length",
  "hyphens:auto": "lines of Latin words end more raggedly",
  "hyphens:none": "where they do not hyphenate, code is not hyphenated either",
  "padding-inline-start:1.5em": "lists keep the browser's 40 pixels",
  "padding-inline-start:3em": "lists keep the browser's 40 pixels, where a year just fits",
  "margin-inline:0": "a quotation keeps the browser's 40 pixels on both sides",
  "border-inline-start:3px solid var(--l)": "a quotation is set in and grey without its line",
  ":has(td:nth-child(7))": "wide tables are printed at the size of all others, with more lines",
  "-webkit-user-select:all": "one tap selects a feed's address; elsewhere a long one does",
  "user-select:all": "the same",
  "cursor:pointer": "phones have no pointer",
};

describe("a theme", () => {
  it("stands in the place of Offprint's colours and faces, and adds no rule", () => {
    const [light, dark] = palettes(THEMED.list);
    expect(Object.fromEntries(light ?? [])).toMatchObject({ p: "#f4f7f2", a: "#0b5a43" });
    expect(Object.fromEntries(dark ?? [])).toMatchObject({ p: "#0d1512", i: "#e6e0d5" });
    expect(THEMED.list).toContain("--l:#343;");
    expect(THEMED.list).toContain('--h:Kaiti SC,"2 Serif",STKaiti,serif;');
    expect(THEMED.list).toContain("font:106.25%/1.85 Songti SC,serif;");
    expect(THEMED.list).not.toMatch(/Charter|YaHei|system-ui|\{\}/);
    expect(THEMED.list.split("}").length).toBeLessThan(OWN.list.split("}").length);
  });

  it("colours a feed that a browser shows as it is", () => {
    expect(feedStylesheet(THEME).startsWith(feedStylesheet(undefined))).toBe(true);
    expect(feedStylesheet(THEME)).toMatch(/background: #f4f7f2;[^]*dark[^]*background: #0d1512;/);
  });
});

describe("what Chromium 61, iOS 11 and Samsung Internet 8 must understand", () => {
  it("is all but what they do not need", () => {
    const sheets = [OWN, THEMED].flatMap((styles) => Object.values(styles));
    const feeds = [feedStylesheet(undefined), feedStylesheet(THEME)];
    const unsupported = new Set([...sheets, ...feeds].flatMap(unsupportedCss));
    expect([...unsupported].toSorted()).toEqual(Object.keys(ENHANCEMENTS).toSorted());
  });

  it.each([
    ["a:is(b,c){color:red}", [":is(b,c)"]],
    [".a,.b:where(c){color:red}", [":where(c)"]],
    ["a:not(b,c){color:red}", [":not(b,c)"]],
    ["a:focus-visible{color:red}", [":focus-visible"]],
    ["a::marker{color:red}", ["::marker"]],
    ["a{&:hover{color:red}}", ["&"]],
    ["a{display:flex;gap:1em}", ["gap:1em"]],
    ["a{overflow-wrap:anywhere}", ["overflow-wrap:anywhere"]],
    ["a{inset:0;aspect-ratio:1}", ["inset:0", "aspect-ratio:1"]],
    ["a{border-block:1px solid red}", ["border-block:1px solid red"]],
    ["a{width:min(9em,50%)}", ["width:min(9em,50%)"]],
    ["a{min-height:100svh}", ["min-height:100svh"]],
    ["a{no-such-property:0}", ["no-such-property:0"]],
    ["@media (width>3px){a{color:red}}", ["(width>3px)"]],
    ["@supports selector(a>b){a{color:red}}", ["selector(a>b)"]],
    ["@layer a{a{color:red}}", ["@layer"]],
    ["a{font-size:clamp(1px,2vw,3px);font-size:1px}", ["font-size:clamp(1px,2vw,3px)"]],
    ["a{font-size:1px;font-size:clamp(1px,2vw,3px)}", []],
    ["a{-webkit-margin-start:1px;margin-inline-start:1px}", []],
    ["a{display:flex;width:calc(1px + 1vw);color:var(--red)}a:not(b)>c~d{color:red}", []],
  ])("does not hold what %s needs beyond them", (css, unsupported) => {
    expect(unsupportedCss(css)).toEqual(unsupported);
  });
});
