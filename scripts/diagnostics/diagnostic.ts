import { printableLine } from "../terminal/printable.ts";
import { shortened } from "./shortened.ts";

/** A problem of a file, or at one line of it. A file with an error is skipped; one with warnings only is not. */
export interface Diagnostic {
  readonly level: "error" | "warning";
  /** The file's path, as the person who runs the command would type it. */
  readonly path: string;
  /** The first line is 1; null for a folder, or for a whole file that cannot be read. */
  readonly line: number | null;
  /** What is wrong: sentence case, values quoted, no final period; not long. */
  readonly what: string;
  /** What the author can do about it. */
  readonly advice: string;
  /** The kind of problem in kebab-case, such as `yaml-invalid`. */
  readonly code: string;
  /** The name of what it is about, such as `<script>` or `{% include %}`, where such diagnostics are counted by it. */
  readonly subject?: string;
  /** Where the line is not known yet: texts that stand in the file one behind the other, the last of them at the fault. */
  readonly mentions?: readonly string[];
}

/** The code of a change that lies ahead. Where it is, a file is read again each time, since its moment may have come. */
export const CHANGE_AHEAD = "change-ahead";

/** Collects the diagnostics of one file. */
export interface DiagnosticLog {
  readonly diagnostics: readonly Diagnostic[];
  error(line: number | null, code: string, what: string, advice: string): void;
  warn(line: number | null, code: string, what: string, advice: string, subject?: string): void;
}

/** An empty log for the file at `path`. */
export function createDiagnosticLog(path: string): DiagnosticLog {
  const diagnostics: Diagnostic[] = [];
  return {
    diagnostics,
    error(...fault) {
      diagnostics.push(errorAt(path, ...fault));
    },
    warn(...fault) {
      diagnostics.push(warningAt(path, ...fault));
    },
  };
}

/** An error of a file, or at one line of it. */
export function errorAt(
  path: string,
  line: number | null,
  code: string,
  what: string,
  advice: string,
  subject?: string,
): Diagnostic {
  const texts = { what: shortened(what), advice: shortened(advice) };
  const fault = { level: "error", path, line, ...texts, code } as const;
  return subject === undefined ? fault : { ...fault, subject };
}

/** A warning of a file, or at one line of it. */
export function warningAt(...place: Parameters<typeof errorAt>): Diagnostic {
  return { ...errorAt(...place), level: "warning" };
}

/** Formats a diagnostic on one line: `_posts/2022-01-10-news.md:3: error: what is wrong; what to do`. */
export function formatDiagnostic({ level, path, line, what, advice }: Diagnostic): string {
  const place = line === null ? path : `${path}:${line}`;
  return printableLine(`${place}: ${level}: ${what}; ${advice}`);
}

/** Whether a file with these diagnostics has to be skipped. */
export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ level }) => level === "error");
}

/** Groups diagnostics by file, in the order in which files first appear, and sorts each group by line. */
export function inLineOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byFile = Map.groupBy(diagnostics, ({ path }) => path);
  return [...byFile.values()].flatMap((ofFile) =>
    ofFile.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  );
}
