import { threadCpuUsage } from "node:process";
import { Script } from "node:vm";

/** What one item may take. */
export interface CpuBudget {
  /** Of the thread that works on it: what else a machine has to do decides nothing. */
  readonly cpuSeconds: number;
  /** By the clock: how long the first look at it is away. */
  readonly windowMilliseconds: number;
}

const MICROSECONDS_PER_SECOND = 1_000_000;
const WORK = Symbol.for("offprint.work");
const script = new Script(`globalThis[Symbol.for("offprint.work")]()`);

/**
 * What `work` makes of each item, and `giveUp` of those for which it takes more than the budget.
 *
 * V8 stops a thread in the midst of anything, a regular expression too, but by the clock. So items are worked on in windows
 * of the clock, each item anew in which one ends, until it is done or has used up its CPU time. Many items share a window, which
 * costs a tenth of a millisecond; a second thread would cost a hundred.
 */
export function mapWithinBudget<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Value,
  giveUp: (item: Item) => Value,
  { cpuSeconds, windowMilliseconds }: CpuBudget,
): readonly Value[] {
  const values: Value[] = [];
  let start = threadCpuUsage();
  const isUsedUp = (): boolean => {
    const { user, system } = threadCpuUsage(start);
    return user + system > cpuSeconds * MICROSECONDS_PER_SECOND;
  };
  const workOn = (): void => {
    for (const item of items.slice(values.length)) {
      start = threadCpuUsage();
      const value = work(item);
      values.push(isUsedUp() ? giveUp(item) : value);
    }
  };
  let milliseconds = windowMilliseconds;
  while (values.length < items.length) {
    const first = values.length;
    const isWhole = runFor(milliseconds, workOn);
    const [item] = items.slice(values.length, values.length + 1);
    if (isWhole || item === undefined) break;
    if (isUsedUp()) {
      values.push(giveUp(item));
      milliseconds = windowMilliseconds;
    } else if (values.length === first) {
      // It had all of the window, and not enough of the machine.
      milliseconds *= 2;
    }
  }
  return values;
}

/** Does `work`; false where it was stopped, without any `catch` or `finally`, because the time was over. */
function runFor(milliseconds: number, work: () => void): boolean {
  Reflect.set(globalThis, WORK, work);
  try {
    script.runInThisContext({ timeout: milliseconds });
    return true;
  } catch (error) {
    const isOver =
      error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
    if (isOver) return false;
    throw error;
  }
}
