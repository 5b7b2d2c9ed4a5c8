import { LEAST_CONTRAST, contrast } from "../../src/domain/contrast.ts";
import { THEME_COLORS } from "../../src/domain/site.ts";
import { palettesOf } from "../../src/render/palette.ts";
import type { DiagnosticLog } from "../diagnostics/diagnostic.ts";
import type { WrittenTheme } from "./parse-theme.ts";
import { themeOf } from "./parse-theme.ts";

/** What text is set in: the words, what is less important, and links and headings. */
const TEXT_COLORS = ["ink", "quiet", "accent"] as const;

/** Reports colours of texts that not everybody can read on their paper, and colours that dark pages lack. */
export function warnOfTheme(written: WrittenTheme, log: DiagnosticLog): void {
  const palettes = palettesOf(themeOf(written));
  for (const scheme of ["light", "dark"] as const) {
    const { paper, ...others } = palettes[scheme];
    const lineOf = (name: string): number | null => written[scheme].get(name)?.line ?? null;
    for (const name of TEXT_COLORS) {
      const color = others[name];
      const ratio = contrast(color, paper);
      if (ratio >= LEAST_CONTRAST) continue;
      const pages = scheme === "light" ? "light" : "dark";
      const what = `On ${pages} pages "--${name}" ${color} on "--paper" ${paper} has a contrast of ${cut(ratio)}:1; 4.5:1 is what everybody can read`;
      const advice = "make one of them darker or lighter";
      log.warn(lineOf(name) ?? lineOf("paper"), "theme-contrast", what, advice);
    }
  }
  const lacking = THEME_COLORS.filter((name) => written.light.has(name) && !written.dark.has(name));
  const [first] = lacking;
  if (first === undefined) return;
  const names = lacking.map((name) => `--${name}`).join(", ");
  const what = `Dark pages keep Offprint's ${names}, since theme.css has them for light pages only`;
  const advice = `add @media (prefers-color-scheme: dark) { :root { --${first}: ${palettes.dark[first]}; } } with colours of yours`;
  log.warn(written.light.get(first)?.line ?? null, "theme-light-only", what, advice);
}

/** Two digits, never rounded up to what would be enough. */
function cut(ratio: number): string {
  return (Math.floor(ratio * 100) / 100).toFixed(2);
}
