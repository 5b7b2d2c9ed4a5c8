import type { Diagnostic } from "./diagnostic.ts";
import { formatDiagnostic } from "./diagnostic.ts";
import { printableLine } from "../terminal/printable.ts";

/** Whoever has read so many examples of a kind knows what is wrong with the others. */
const EXAMPLES = 3;
/** The most frequent names of a kind that the table counts. */
const MOST_SUBJECTS = 5;

/** The diagnostics of one kind and level, at least one. */
interface Kind {
  readonly code: string;
  readonly level: Diagnostic["level"];
  readonly found: readonly Diagnostic[];
}

/**
 * The diagnostics for people. Where no kind has more than three, they are lines in their order; else three lines of each
 * kind, and a table that counts all kinds, since nobody reads thousands of lines. Empty if there are none.
 */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  const kinds = kindsOf(diagnostics);
  if (kinds.every(({ found }) => found.length <= EXAMPLES)) {
    return diagnostics.map(formatDiagnostic).join("\n");
  }
  const examples = kinds.map(({ code, found }) => {
    const lines = examplesOf(found).map(formatDiagnostic);
    const more = found.length - lines.length;
    const rest = `  … and ${more} more: npm run check:content -- --kind ${code}`;
    return (more > 0 ? [...lines, rest] : lines).join("\n");
  });
  return [...examples, formatKinds(diagnostics)].join("\n\n");
}

/** A table of all kinds, the errors and the most frequent first, and of what they are about; empty if there are none. */
function formatKinds(diagnostics: readonly Diagnostic[]): string {
  const kinds = kindsOf(diagnostics);
  const counts = kinds.map(({ found }) => String(found.length));
  const width = Math.max(...counts.map(({ length }) => length));
  const codeWidth = Math.max(...kinds.map(({ code }) => code.length));
  return kinds
    .flatMap(({ code, level, found }, index) => [
      [
        (counts[index] ?? "").padStart(width),
        level.padEnd("warning".length),
        code.padEnd(codeWidth),
        fileCount(found),
      ].join("  "),
      ...subjectCounts(found).map(
        ([subject, count]) => `${" ".repeat(width)}  ${String(count).padStart(width)} ${subject}`,
      ),
    ])
    .join("\n");
}

/** The codes of all kinds, the errors and the most frequent first. */
export function kindNames(diagnostics: readonly Diagnostic[]): readonly string[] {
  return [...new Set(kindsOf(diagnostics).map(({ code }) => code))];
}

function kindsOf(diagnostics: readonly Diagnostic[]): readonly Kind[] {
  const byKind = Map.groupBy(diagnostics, ({ level, code }) => `${level} ${code}`);
  const kinds = [...byKind.values()].flatMap((found): readonly Kind[] => {
    const [first] = found;
    return first === undefined ? [] : [{ code: first.code, level: first.level, found }];
  });
  return kinds.toSorted(
    (a, b) =>
      Number(a.level === "warning") - Number(b.level === "warning") ||
      b.found.length - a.found.length,
  );
}

/** The first three, of three files if there are so many, in their order. */
function examplesOf(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const firstOfFiles = new Map<string, Diagnostic>();
  for (const diagnostic of found) {
    if (!firstOfFiles.has(diagnostic.path)) firstOfFiles.set(diagnostic.path, diagnostic);
  }
  const chosen = new Set([...firstOfFiles.values()].slice(0, EXAMPLES));
  for (const diagnostic of found) {
    if (chosen.size >= EXAMPLES) break;
    chosen.add(diagnostic);
  }
  return found.filter((diagnostic) => chosen.has(diagnostic));
}

function fileCount(found: readonly Diagnostic[]): string {
  const files = new Set(found.map(({ path }) => path)).size;
  return files === 1 ? "in 1 file" : `in ${files} files`;
}

/** The most frequent names in diagnostics of one kind, with how often each occurs. */
function subjectCounts(found: readonly Diagnostic[]): readonly (readonly [string, number])[] {
  const bySubject = Map.groupBy(
    found.filter(({ subject }) => subject !== undefined),
    ({ subject }) => subject,
  );
  const counts = [...bySubject].map(
    ([subject = "", ofSubject]) => [printableLine(subject), ofSubject.length] as const,
  );
  const ordered = counts.toSorted(([, a], [, b]) => b - a);
  const rest = ordered.slice(MOST_SUBJECTS);
  if (rest.length < 2) return ordered;
  const others = rest.reduce((sum, [, count]) => sum + count, 0);
  return [...ordered.slice(0, MOST_SUBJECTS), [`of ${rest.length} others`, others]];
}
