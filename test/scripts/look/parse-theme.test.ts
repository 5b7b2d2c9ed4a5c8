import { describe, expect, it } from "vitest";
import type { Theme } from "../../../src/domain/site.ts";
import { createDiagnosticLog, formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import { parseTheme, themeOf } from "../../../scripts/look/parse-theme.ts";

/** The theme of a text, or all that is wrong with it. */
function read(css: string): Theme | readonly string[] | undefined {
  const log = createDiagnosticLog("theme.css");
  const theme = themeOf(parseTheme(css, log));
  return log.diagnostics.length === 0 ? theme : log.diagnostics.map(formatDiagnostic);
}

const DARK = "@media (prefers-color-scheme: dark)";
const NOTHING = { light: {}, dark: {} };

describe("parseTheme", () => {
  it.each<[css: string, theme: Partial<Theme>]>([
    [":root { --accent: #0B5A43; }", { light: { accent: "#0b5a43" } }],
    [":root{--accent:#abc}", { light: { accent: "#aabbcc" } }],
    [
      "\n/* ours; { */ :root\n{\n  --paper:#fff;--ink:#000\n}",
      { light: { paper: "#ffffff", ink: "#000000" } },
    ],
    [
      `:root { --line: #eee; } ${DARK} { :root { --line: #222; } }`,
      { light: { line: "#eeeeee" }, dark: { line: "#222222" } },
    ],
    [
      "@MEDIA screen and (prefers-color-scheme:dark){:root{--quiet:#bbb}}",
      { dark: { quiet: "#bbbbbb" } },
    ],
    // As in CSS, the later of two counts.
    [":root { --ink: #111; --ink: #222; } :root { --ink: #333; }", { light: { ink: "#333333" } }],
    [":root { --text-face: Georgia, serif; }", { textFace: "Georgia, serif" }],
    [
      `:root { --headline-face: 'Songti SC',"宋体", Noto Serif 2, serif }`,
      { headlineFace: 'Songti SC, "宋体", "Noto Serif 2", serif' },
    ],
    // What CSS would take for a word of its own is the name of a face where it stands in quotation marks.
    [
      `:root { --text-face: "serif", system-ui, inherit, sans-serif; }`,
      { textFace: '"serif", system-ui, "inherit", sans-serif' },
    ],
  ])("reads %j", (css, theme) => {
    expect(read(css)).toEqual({ ...NOTHING, ...theme });
  });

  it.each([
    "",
    "  \n",
    "/* nothing yet */",
    ":root {}",
    ":root { --paper: #fdfcf8; --line: #DDC; }",
  ])("finds nothing of its own in %j", (css) => {
    expect(read(css)).toBeUndefined();
  });

  it.each([
    [
      ":root {\n  --acent: #fff;\n}",
      `theme.css:2: error: There is no property "--acent"; did you mean "--accent"?`,
    ],
    [
      ":root { --zebra: #fff; }",
      `theme.css:1: error: There is no property "--zebra"; the properties are --paper, --ink, --quiet, --line, --accent, --headline-face, --text-face`,
    ],
    [
      ":root {\n\n  --ink: red;\n}",
      `theme.css:3: error: The property "--ink" is "red"; write a colour as #rrggbb: #95271f`,
    ],
    [":root { --ink: #12345; }", `The property "--ink" is "#12345"`],
    [":root { --ink: rgb(0 0 0); }", `write a colour as #rrggbb`],
    [":root { --ink: ; }", `The property "--ink" is ""`],
    [":root { --text-face: Georgia; }", "end with one of serif, sans-serif"],
    [":root { --text-face: serif, ; }", "write names of faces"],
    [`:root { --text-face: ${"Long Name, ".repeat(20)}serif; }`, "write names of faces"],
    [`${DARK} { :root { --text-face: Georgia, serif; } }`, "faces are the same in the dark"],
    [":root { --ink: #000;", "A bracket is not closed"],
    [`${DARK} { :root { --ink: #fff; }`, "A bracket is not closed"],
    [":root { color: red; }", `The theme cannot hold "color: red; }"`],
    ["/* never closed", `The theme cannot hold "/* never closed"`],
  ])("refuses %j", (css, said) => {
    expect(read(css)).toEqual([expect.stringContaining(said)]);
  });

  it("says all that is wrong with values, each with its line", () => {
    expect(read(":root {\n --ink: a;\n --papper: b;\n}\n")).toMatchObject({ length: 2 });
  });

  it.each([
    "</style><script>alert(1)</script>",
    ":root { --ink: #000; } </style>",
    `:root { --text-face: "</style><img src=x>", serif; }`,
    `:root { --text-face: a\\22 , serif; }`,
    '@import "https://spy.example/a.css";',
    '@charset "utf-8"; :root { --ink: #000; }',
    ":root { --paper: url(https://spy.example/a.png); }",
    ":root { --paper: var(--ink); }",
    ":root { --text-face: var(--ink), serif; }",
    ":root { --text-face: Geo--rgia, serif; }",
    ":root { --ink: expression(alert(1)); }",
    ":root { --ink: #000 } body { display: none }",
    ":root, body { --ink: #000; }",
    ":root { background: #000; }",
    "@media print { :root { --ink: #000; } }",
    "@font-face { font-family: a; src: url(a.woff) }",
    ":root { --ink: #000\u0000; }",
  ])("lets nothing through that loads, runs or reaches further: %j", (css) => {
    expect(read(css)).toEqual([expect.stringMatching(/^theme\.css:1: error: /)]);
  });

  it("is quick with a text that is made to be slow", () => {
    for (const piece of ["/*", ":root{", "--a:", " ", "@media (", "\n:root {--ink:#000;}"]) {
      expect(read(piece.repeat(16_384 / piece.length))).not.toBe("anything");
    }
  });
});
