/** Something wrong with one place of one file: an error leaves that file out, a warning does not. */
export interface Fault {
  readonly level: "error" | "warning";
  /** As the person who runs the command would type it. */
  readonly path: string;
  /** The first line is 1. */
  readonly line: number;
  /** What is wrong: sentence case, values quoted, no final period. */
  readonly what: string;
  /** What to do about it. */
  readonly advice: string;
  /** What kind of fault it is, in kebab-case: `yaml-invalid`, `text-lost`. */
  readonly code: string;
}

/** Collects the faults of one file. */
export interface FaultLog {
  readonly faults: readonly Fault[];
  error(line: number, code: string, what: string, advice: string): void;
  warn(line: number, code: string, what: string, advice: string): void;
  add(faults: readonly Fault[]): void;
}

/** An empty log for the file at `path`. */
export function createFaultLog(path: string): FaultLog {
  const faults: Fault[] = [];
  return {
    faults,
    error(line, code, what, advice) {
      faults.push({ level: "error", path, line, what, advice, code });
    },
    warn(line, code, what, advice) {
      faults.push({ level: "warning", path, line, what, advice, code });
    },
    add(more) {
      faults.push(...more);
    },
  };
}

/** `_posts/2022-01-10-news.md:3: error: what is wrong; what to do`, always on one line. */
export function formatFault({ level, path, line, what, advice }: Fault): string {
  return `${path}:${line}: ${level}: ${what}; ${advice}`.replaceAll(/\s*[\r\n]+\s*/g, " ");
}

/** Whether a file with these faults has to stay out. */
export function hasError(faults: readonly Fault[]): boolean {
  return faults.some(({ level }) => level === "error");
}

/** Files in the order in which they were first named, and within each the faults from top to bottom. */
export function inLineOrder(faults: readonly Fault[]): readonly Fault[] {
  const byFile = Map.groupBy(faults, ({ path }) => path);
  return [...byFile.values()].flatMap((ofFile) => ofFile.toSorted((a, b) => a.line - b.line));
}
