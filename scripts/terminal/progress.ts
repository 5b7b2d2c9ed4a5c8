import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";

const TERMINAL_INTERVAL_MILLISECONDS = 100;
/** In a log, where every line stays. */
const LOG_INTERVAL_MILLISECONDS = 5000;

/** Where progress is shown; `process.stderr` is one. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export type ShowProgress = (done: number, total: number, remark?: string) => void;

/**
 * Shows how far long work is: count, rate and time left. On a terminal one line is written over, in a log a new line
 * comes every few seconds; work that is shorter than that shows nothing.
 *
 * @param what is counted: "articles read"
 * @param clock in milliseconds
 * @returns what to call with the number done so far, of how many, and what else there is to say
 */
export function createProgress(
  what: string,
  output: ProgressOutput,
  clock: () => number,
): ShowProgress {
  const startedAt = clock();
  const isTerminal = output.isTTY === true;
  const interval = isTerminal ? TERMINAL_INTERVAL_MILLISECONDS : LOG_INTERVAL_MILLISECONDS;
  let shownAt = startedAt;
  let isShown = false;
  return (done, total, remark = "") => {
    const now = clock();
    if (done === total && isShown && isTerminal) output.write("\r\u001b[K");
    if (done === total || now - shownAt < interval) return;
    shownAt = now;
    isShown = true;
    const perSecond = done / ((now - startedAt) / MILLISECONDS_PER_SECOND);
    const secondsLeft = Math.ceil((total - done) / perSecond);
    const line = `${done} of ${total} ${what}, ${Math.round(perSecond)} a second, ${secondsLeft} s left${remark}`;
    output.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
  };
}
