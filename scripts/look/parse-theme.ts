import type { Theme } from "../../src/domain/site.ts";
import { THEME_COLORS } from "../../src/domain/site.ts";
import { OWN_PALETTES } from "../../src/render/palette.ts";
import type { DiagnosticLog } from "../diagnostics/diagnostic.ts";
import { lineAt } from "../diagnostics/line-at.ts";
import { nearestName } from "../terminal/nearest-name.ts";

/** A custom property as `theme.css` says it, already in the form in which pages have it. */
export interface ThemeValue {
  readonly value: string;
  readonly line: number;
}

/** What `theme.css` says, by the names of properties without `--`. */
export interface WrittenTheme {
  readonly light: ReadonlyMap<string, ThemeValue>;
  readonly dark: ReadonlyMap<string, ThemeValue>;
}

type Scheme = keyof WrittenTheme;

const FACES = ["headline-face", "text-face"];
const NAMES = [...THEME_COLORS, ...FACES];

const COMMENT = /\/\*.*?\*\//gs;
const ROOT = /\s*:root\s*\{/y;
const DARK = /\s*@media\s+(?:screen\s+and\s+)?\(\s*prefers-color-scheme\s*:\s*dark\s*\)\s*\{/iy;
const DECLARATION = /\s*--([\w-]+)\s*:([^;{}]*)(?:;|(?=\}))/y;
const END = /\s*\}/y;
const BLANKS = /\s*/y;
const SHOWN_CHARACTERS = 30;

const COLOR = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;
const COLOR_ADVICE = "write a colour as #rrggbb: #95271f";

const LONGEST_FACE = 160;
/** Families of which every browser has one. */
const GENERIC = ["serif", "sans-serif", "monospace", "cursive", "fantasy"];
/** Further words that CSS does not take for the name of a family. */
const KEYWORDS = /^(?:system-ui|ui-[a-z-]+|math|emoji|fangsong)$/;
const FAMILY = /^(?:"([^"]+)"|'([^']+)'|([^"']+))$/;
const FAMILY_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_ ]|-(?!-))*$/u;
/** What needs no quotation marks. */
const PLAIN_NAME = /^(?!(?:inherit|initial|unset|revert|default)$)[a-z]+(?:[ -][a-z]+)*$/i;
const FACE_ADVICE = `write names of faces with commas between, and end with one of ${GENERIC.join(", ")}: "Songti SC", Georgia, serif`;

/**
 * Reads the text of a `theme.css`: `:root { --paper: #fff; }`, and the same in `@media (prefers-color-scheme: dark)`. All else
 * is an error, so that nothing in it can load anything, close the element around it or reach past its properties.
 */
export function parseTheme(text: string, log: DiagnosticLog): WrittenTheme {
  const css = text.replaceAll(COMMENT, (comment) => comment.replaceAll(/[^\n]/g, " "));
  const theme = { light: new Map<string, ThemeValue>(), dark: new Map<string, ThemeValue>() };
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(css);
    if (found !== null) at = pattern.lastIndex;
    return found;
  };
  /** A block of declarations, up to its end; whether it has one. */
  const takeBlock = (scheme: Scheme): boolean => {
    for (let found = take(DECLARATION); found !== null; found = take(DECLARATION)) {
      const [whole, name = "", value = ""] = found;
      const line = lineAt(css, at - whole.trimStart().length);
      const read = readValue(name, value.trim(), scheme, line, log);
      if (read !== null) theme[scheme].set(name, { value: read, line });
    }
    return take(END) !== null;
  };
  const takeRules = (scheme: Scheme): boolean => {
    while (take(ROOT) !== null) if (!takeBlock(scheme)) return false;
    return true;
  };
  let isGood = true;
  do {
    isGood = takeRules("light");
    if (!isGood || take(DARK) === null) break;
    isGood = takeRules("dark") && take(END) !== null;
  } while (isGood);
  take(BLANKS);
  if (at === css.length && isGood) return theme;
  const rest = css.slice(at).split("\n", 1)[0]?.trim().slice(0, SHOWN_CHARACTERS) ?? "";
  const what = rest === "" ? "A bracket is not closed" : `The theme cannot hold "${rest}"`;
  const advice = `write only :root { --accent: #95271f; }, and the same in @media (prefers-color-scheme: dark) { … }; the properties are ${listed(NAMES)}`;
  log.error(lineAt(css, at), "theme-invalid", what, advice);
  return theme;
}

/** The value in the form in which pages have it; null where it is none, which is reported. */
function readValue(
  name: string,
  written: string,
  scheme: Scheme,
  line: number,
  log: DiagnosticLog,
): string | null {
  const refuse = (advice: string): null => {
    log.error(line, "theme-invalid", `The property "--${name}" is "${written}"`, advice);
    return null;
  };
  if (!NAMES.includes(name)) {
    const near = nearestName(name, NAMES);
    const advice =
      near === null ? `the properties are ${listed(NAMES)}` : `did you mean "--${near}"?`;
    log.error(line, "theme-unknown", `There is no property "--${name}"`, advice);
    return null;
  }
  if (!FACES.includes(name)) {
    return COLOR.test(written) ? longColor(written.toLowerCase()) : refuse(COLOR_ADVICE);
  }
  if (scheme === "dark") {
    return refuse("write it into the first :root, since faces are the same in the dark");
  }
  return readFace(written) ?? refuse(FACE_ADVICE);
}

function listed(names: readonly string[]): string {
  return names.map((name) => `--${name}`).join(", ");
}

/** `#ddc` as `#ddddcc`. */
function longColor(color: string): string {
  return color.length === "#ddc".length ? color.replaceAll(/[\da-f]/g, "$&$&") : color;
}

function readFace(written: string): string | null {
  const families = written.split(",").map((family) => {
    const [, quoted, apostrophed, bare] = FAMILY.exec(family.trim()) ?? [];
    if (bare !== undefined && (GENERIC.includes(bare) || KEYWORDS.test(bare))) return bare;
    const name = (quoted ?? apostrophed ?? bare ?? "").trim();
    if (!FAMILY_NAME.test(name)) return null;
    const isKeyword = GENERIC.includes(name.toLowerCase()) || KEYWORDS.test(name.toLowerCase());
    return PLAIN_NAME.test(name) && !isKeyword ? name : `"${name}"`;
  });
  const face = families.join(", ");
  const isWhole = !families.includes(null) && GENERIC.includes(families.at(-1) ?? "");
  return isWhole && face.length <= LONGEST_FACE ? face : null;
}

/** What pages differ in; undefined where all is as Offprint has it. */
export function themeOf({ light, dark }: WrittenTheme): Theme | undefined {
  const headlineFace = light.get("headline-face")?.value;
  const textFace = light.get("text-face")?.value;
  const theme = {
    light: otherColors("light", light),
    dark: otherColors("dark", dark),
    ...(headlineFace === undefined ? {} : { headlineFace }),
    ...(textFace === undefined ? {} : { textFace }),
  };
  const isOwn = Object.values(theme).every((part) => Object.keys(part).length === 0);
  return isOwn ? undefined : theme;
}

function otherColors(
  scheme: Scheme,
  values: ReadonlyMap<string, ThemeValue>,
): Partial<Theme["light"]> {
  return Object.fromEntries(
    THEME_COLORS.flatMap((name) => {
      const value = values.get(name)?.value;
      return value === undefined || value === OWN_PALETTES[scheme][name] ? [] : [[name, value]];
    }),
  );
}
