import type { Row } from "./row.ts";
import { describeValues, verdictOf } from "./row.ts";

const EXIT_HELD = 0;
const EXIT_MISSED = 1;
/** 2 is for wrong options. */
const EXIT_UNMEASURED = 3;

/** Collects the bench's rows, says each as it comes, and all of them at the end. */
export class Report {
  readonly #rows: Row[] = [];
  #isOver = false;
  readonly #say: (line: string) => void;

  constructor(say: (line: string) => void) {
    this.#say = say;
  }

  add(row: Row): void {
    this.#rows.push(row);
    this.#say(describeRow(row));
  }

  /**
   * Says, when the process ends before `finish` was called, that it ended early: a promise that nothing settles any more ends
   * a program without an error.
   *
   * @returns the exit code for it, or null if all is well
   */
  complainIfUnfinished(): number | null {
    if (this.#isOver) return null;
    const last = this.#rows.at(-1)?.name;
    this.#say(
      `The bench ended early, ${last === undefined ? "before its first row" : `behind the row "${last}"`}: something that it waited for never came`,
    );
    return EXIT_UNMEASURED;
  }

  /** Prints the table and what it comes to. */
  finish(): number {
    this.#isOver = true;
    const count = (verdict: string): number =>
      this.#rows.filter((row) => verdictOf(row) === verdict).length;
    this.#say(markdownTable(this.#rows));
    this.#say(
      `${this.#rows.length} rows: ${count("pass")} pass, ${count("miss")} miss, ${count("")} without a bar, ${count("skipped")} skipped, ${count("failed")} failed`,
    );
    if (count("failed") > 0) return EXIT_UNMEASURED;
    return count("miss") > 0 ? EXIT_MISSED : EXIT_HELD;
  }
}

function describeRow(row: Row): string {
  if (row.kind !== "measured") return `${row.name}: ${row.kind}, ${row.why}`;
  const bar = row.bar === null ? "" : `, bar ${row.bar.sign} ${row.bar.value}: ${verdictOf(row)}`;
  return `${row.name}: ${describeValues(row)}${bar}${row.beside === "" ? "" : `; ${row.beside}`}`;
}

/** A table that can be pasted into a page of docs. */
function markdownTable(rows: readonly Row[]): string {
  const cells = rows.map((row) =>
    row.kind === "measured"
      ? [
          row.name,
          describeValues(row),
          row.bar === null ? "" : `${row.bar.sign} ${row.bar.value}`,
          verdictOf(row),
          row.beside,
        ]
      : [row.name, "", "", row.kind, row.why],
  );
  const line = (texts: readonly string[]): string =>
    `| ${texts.map((text) => text.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  const head = ["what", "median (range)", "bar", "verdict", "beside"];
  return ["", line(head), line(head.map(() => "---")), ...cells.map(line), ""].join("\n");
}
