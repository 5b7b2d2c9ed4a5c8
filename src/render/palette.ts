import type { Palette, Theme } from "../domain/site.ts";

/** Offprint's own colours, on paper and in the dark. */
export const OWN_PALETTES: Readonly<Record<"light" | "dark", Palette>> = {
  light: {
    paper: "#fdfcf8",
    ink: "#181613",
    quiet: "#5a534a",
    line: "#ddddcc",
    accent: "#95271f",
  },
  dark: {
    paper: "#181613",
    ink: "#e6e0d5",
    quiet: "#ada59a",
    line: "#444433",
    accent: "#f0a08f",
  },
};

/** The colours of a site's pages. */
export function palettesOf(theme: Theme | undefined): typeof OWN_PALETTES {
  return {
    light: { ...OWN_PALETTES.light, ...theme?.light },
    dark: { ...OWN_PALETTES.dark, ...theme?.dark },
  };
}
