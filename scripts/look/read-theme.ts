import type { Theme } from "../../src/domain/site.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticLog, errorAt, hasError } from "../diagnostics/diagnostic.ts";
import { readOwnText } from "../read/files/read-own-text.ts";
import { parseTheme, themeOf } from "./parse-theme.ts";
import { warnOfTheme } from "./theme-warnings.ts";

/** The colours and faces of a site, in its folder. */
export const THEME_FILE = "theme.css";

const MOST_BYTES = 16_384;

export interface ReadTheme {
  /** Undefined where the site has none of its own, or one with an error. */
  readonly theme: Theme | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether `theme.css` has an error. Then nothing is published: the whole site would lose its look. */
export function isThemeWrong(diagnostics: readonly Diagnostic[]): boolean {
  return hasError(diagnostics.filter(({ path }) => path === THEME_FILE));
}

/**
 * Reads `theme.css`, which need not exist.
 *
 * @param file the path of the file on disk
 */
export async function readTheme(file: string): Promise<ReadTheme> {
  const refuse = (what: string, advice: string): ReadTheme => ({
    theme: undefined,
    diagnostics: [errorAt(THEME_FILE, null, "theme-unreadable", what, advice)],
  });
  const text = await readOwnText(file);
  if (!text.ok) return refuse(text.failure.what, text.failure.advice);
  const size = Buffer.byteLength(text.value);
  if (size > MOST_BYTES) {
    const what = `The file has ${size} bytes, and no more than ${MOST_BYTES} are read`;
    return refuse(what, "keep to the properties that docs/your-own-look.md names");
  }
  const log = createDiagnosticLog(THEME_FILE);
  const written = parseTheme(text.value, log);
  if (hasError(log.diagnostics)) return { theme: undefined, diagnostics: log.diagnostics };
  warnOfTheme(written, log);
  return { theme: themeOf(written), diagnostics: log.diagnostics };
}
