import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";

const TERMINAL_INTERVAL_MILLISECONDS = 100;
/** Longer than on a terminal, because every line stays in a log. */
const LOG_INTERVAL_MILLISECONDS = 5000;

/** Where progress is shown, such as `process.stderr`. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export type ShowProgress = (done: number, total: number, remark?: string) => void;

/**
 * Shows the progress of long work: count, rate and time left. A terminal gets one line that is overwritten, a log gets a new
 * line every few seconds. Shorter work shows nothing.
 *
 * @param what what is counted, such as "articles read"
 * @param clock milliseconds from any beginning
 * @returns a function to call with the number done, the total, and a remark to add
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
