import { readFile } from "node:fs/promises";
import type { Theme } from "../../src/domain/site.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { createDiagnosticLog, errorAt, hasError } from "../diagnostics/diagnostic.ts";
import { errorDetail } from "../terminal/error-detail.ts";
import { unlessMissing } from "../terminal/unless-missing.ts";
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
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file).catch(unlessMissing(new Uint8Array()));
  } catch (error) {
    const what = `The file cannot be read: ${errorDetail(error)}`;
    return refuse(what, "make it a file of text, and correct its rights");
  }
  if (bytes.byteLength > MOST_BYTES) {
    const what = `The file has ${bytes.byteLength} bytes, and no more than ${MOST_BYTES} are read`;
    return refuse(what, "keep to the properties that docs/your-own-look.md names");
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("The file is not UTF-8", "save it as UTF-8");
  }
  const log = createDiagnosticLog(THEME_FILE);
  const written = parseTheme(text, log);
  if (hasError(log.diagnostics)) return { theme: undefined, diagnostics: log.diagnostics };
  warnOfTheme(written, log);
  return { theme: themeOf(written), diagnostics: log.diagnostics };
}
