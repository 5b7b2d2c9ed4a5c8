import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import { isThemeWrong, readTheme } from "../../../scripts/look/read-theme.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();
const file = (): string => join(folder.path, "theme.css");

async function read(
  css: string | Uint8Array,
): Promise<{ readonly isWrong: boolean; readonly said: readonly string[] }> {
  writeFileSync(file(), css);
  const { diagnostics } = await readTheme(file());
  return { isWrong: isThemeWrong(diagnostics), said: diagnostics.map(formatDiagnostic) };
}

const inDark = (css: string): string => `@media (prefers-color-scheme: dark) { :root { ${css} } }`;

describe("readTheme", () => {
  it("finds nothing where there is no file", async () => {
    expect(await readTheme(file())).toEqual({ theme: undefined, diagnostics: [] });
  });

  it("reads a file that Windows has saved", async () => {
    writeFileSync(file(), `\uFEFF:root {\r\n  --ink: #000;\r\n}\r\n${inDark("--ink: #fff;")}\r\n`);
    expect(await readTheme(file())).toEqual({
      theme: { light: { ink: "#000000" }, dark: { ink: "#ffffff" } },
      diagnostics: [],
    });
  });

  it.each([
    ["/*".padEnd(16_385, "x"), "The file has 16385 bytes, and no more than 16384 are read"],
    [Buffer.from([0x3a, 0xff, 0xfe]), "The file is not UTF-8"],
    [":root { --inc: #000; }", `did you mean "--ink"?`],
  ])("takes nothing of a file with an error, so that nothing is published", async (css, what) => {
    const { isWrong, said } = await read(css);
    expect(isWrong).toBe(true);
    expect(said).toEqual([expect.stringContaining(what)]);
  });

  it("says that a folder is no file", async () => {
    mkdirSync(file());
    const { diagnostics } = await readTheme(file());
    expect(diagnostics).toMatchObject([{ code: "theme-unreadable", line: null }]);
  });

  it.each([
    [`:root { --ink: #777; } ${inDark("--ink: #fff;")}`, ["--ink", "#777777", "#fdfcf8", "4.36"]],
    [
      `:root { --accent: #fc0; } ${inDark("--accent: #fc0;")}`,
      ["--accent", "#ffcc00", "#fdfcf8", "1.47"],
    ],
    [
      inDark("--paper: #fff; --ink: #000; --quiet: #555;"),
      ["--accent", "#f0a08f", "#ffffff", "2.07"],
    ],
  ])("warns of what not everybody can read, with the numbers: %s", async (css, numbers) => {
    const { isWrong, said } = await read(css);
    expect(isWrong).toBe(false);
    expect(said).toHaveLength(1);
    for (const number of numbers) expect(said[0]).toContain(number);
  });

  it("warns of colours that dark pages lack", async () => {
    expect(await read(":root { --accent: #0b5a43; --line: #cdc; --text-face: serif; }")).toEqual({
      isWrong: false,
      said: [
        "theme.css:1: warning: Dark pages keep Offprint's --line, --accent, since theme.css has them for light pages only; add @media (prefers-color-scheme: dark) { :root { --line: #444433; } } with colours of yours",
      ],
    });
  });
});
