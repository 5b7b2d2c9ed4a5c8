import { performance } from "node:perf_hooks";
import process from "node:process";
import { Script } from "node:vm";

/** The time that one item may take. */
export interface CpuBudget {
  /** CPU time of the working thread, so that other load on the machine does not matter. */
  readonly cpuSeconds: number;
  /** Wall time until V8 stops the work for the first check of the CPU time. */
  readonly windowMilliseconds: number;
}

const MICROSECONDS_PER_SECOND = 1_000_000;
const MILLISECONDS_PER_SECOND = 1000;
const WORK = Symbol.for("offprint.work");
const script = new Script(`globalThis[Symbol.for("offprint.work")]()`);

/**
 * Maps each item with `work`, or with `giveUp` if `work` takes more than the budget.
 *
 * V8 can stop a thread anywhere, even in a regular expression, but only by wall time. So items are worked on in windows
 * of wall time. Items that are stopped by the end of a window are started again, until they are done or have used up their
 * CPU time. Many items share a window, which costs 0.1 ms; a second thread would cost 100 ms.
 *
 * @param work loads no code: a module that is stopped while it loads stays half loaded for good
 */
export function mapWithinBudget<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Value,
  giveUp: (item: Item) => Value,
  budget: CpuBudget,
): readonly Value[] {
  return mapTogether(items, work, budget) ?? mapOneByOne(items, work, giveUp, budget);
}

/**
 * Maps all items, if they need no more together than one of them may: then nothing has to be asked of each. Null if they
 * need more, or the window was too short.
 */
function mapTogether<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Value,
  { cpuSeconds, windowMilliseconds }: CpuBudget,
): readonly Value[] | null {
  const values: Value[] = [];
  const start = cpuSecondsOfThread();
  const isWhole = runFor(windowMilliseconds, () => {
    for (const item of items) values.push(work(item));
  });
  return isWhole && cpuSecondsOfThread() - start <= cpuSeconds ? values : null;
}

/** Maps each item, and knows what each took. */
function mapOneByOne<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Value,
  giveUp: (item: Item) => Value,
  { cpuSeconds, windowMilliseconds }: CpuBudget,
): readonly Value[] {
  const values: Value[] = [];
  let start = cpuSecondsOfThread();
  /** Whether the item that was begun last has used up its CPU time; the next one begins now. */
  const isUsedUp = (): boolean => {
    const before = start;
    start = cpuSecondsOfThread();
    return start - before > cpuSeconds;
  };
  const workOn = (): void => {
    for (const item of items.slice(values.length)) {
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
      // The item had the whole window but too little CPU time, because the machine is busy.
      milliseconds *= 2;
    }
  }
  return values;
}

/** The CPU time of this thread; on Node before 23.9, which does not know it, the time that passes. */
function cpuSecondsOfThread(): number {
  if (!("threadCpuUsage" in process)) return performance.now() / MILLISECONDS_PER_SECOND;
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROSECONDS_PER_SECOND;
}

/** Runs `work`; false if it was stopped, without running any `catch` or `finally`, because time ran out. */
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
