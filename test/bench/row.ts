import { median } from "./median.ts";

/** What a value may be at most or at least. */
export interface Bar {
  readonly sign: "<=" | ">=";
  readonly value: number;
}

/** One line of the bench's table: something that was measured, or why it was not. */
export type Row = Measured | Unmeasured;

export interface Measured {
  readonly name: string;
  readonly kind: "measured";
  /** One for each turn. The median is held to the bar. */
  readonly values: readonly number[];
  /** Of the values: `s CPU`, `x`, `MB`. */
  readonly unit: string;
  /** Null where nothing is promised. */
  readonly bar: Bar | null;
  /** What else is worth knowing: wall time, memory, reads. */
  readonly beside: string;
}

export interface Unmeasured {
  readonly name: string;
  /** "skipped": the machine lacks something. "failed": nobody knows what it would have been. */
  readonly kind: "skipped" | "failed";
  readonly why: string;
}

export const atMost = (value: number): Bar => ({ sign: "<=", value });
export const atLeast = (value: number): Bar => ({ sign: ">=", value });

export function measuredRow(
  name: string,
  values: readonly number[],
  { unit, bar = null, beside = "" }: { unit: string; bar?: Bar | null; beside?: string },
): Measured {
  return { kind: "measured", name, values, unit, bar, beside };
}

export function skippedRow(name: string, why: string): Unmeasured {
  return { kind: "skipped", name, why };
}

/** The row of something that may fail, so that the rows behind it are measured all the same. */
export async function tryRow(name: string, measure: () => Promise<Row>): Promise<Row> {
  try {
    return await measure();
  } catch (error) {
    return { kind: "failed", name, why: error instanceof Error ? error.message : String(error) };
  }
}

/** "pass", "miss", "skipped", "failed", or "" where nothing is promised. */
export function verdictOf(row: Row): string {
  if (row.kind !== "measured") return row.kind;
  if (row.bar === null) return "";
  const value = median(row.values);
  const isHeld = row.bar.sign === "<=" ? value <= row.bar.value : value >= row.bar.value;
  return isHeld ? "pass" : "miss";
}

/** `2.31 (2.2 to 2.4) x` */
export function describeValues({ values, unit }: Measured): string {
  const range =
    values.length < 2
      ? ""
      : ` (${shortNumber(Math.min(...values))} to ${shortNumber(Math.max(...values))})`;
  return `${shortNumber(median(values))}${range} ${unit}`;
}

/** Three digits that say something. */
export function shortNumber(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en-US");
  return String(Number(value.toPrecision(3)));
}
