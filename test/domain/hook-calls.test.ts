import { describe, expect, it } from "vitest";
import type { HookCalls } from "../../src/domain/hook-calls.ts";
import {
  NO_CALLS,
  isAnyDue,
  momentsToCall,
  stateOfMoment,
  withAnswer,
  withCall,
} from "../../src/domain/hook-calls.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const EVERY = 5 * MINUTE;
/** Noon; a run of the cron is at this second. */
const NOON = 1_795_392_000;

/** What happens while the cron runs for a day and a half. */
interface Day {
  readonly due: readonly number[];
  /** Whether the hook takes a call at a time; it does by default. */
  readonly takes?: (at: number) => boolean;
  /** Until when a deploy has come, from which on the live release knows no moment before; none comes by default. */
  readonly deployedAt?: number;
  /** How long a write is not seen. */
  readonly lag?: number;
  /** Whether a run ends before it can record the answer to its call. */
  readonly isCutOff?: (at: number) => boolean;
  /** Whether the cron does not run at a time. */
  readonly isSkipped?: (at: number) => boolean;
}

/** The calls of a day, by when they were made, and the number of writes. */
function run({
  due,
  takes = () => true,
  deployedAt = Number.POSITIVE_INFINITY,
  lag = 0,
  isCutOff = () => false,
  isSkipped = () => false,
}: Day) {
  const writes: { readonly at: number; readonly calls: HookCalls }[] = [];
  const calls: { readonly at: number; readonly moments: readonly number[]; isTaken: boolean }[] =
    [];
  let reads = 0;
  for (let now = NOON - HOUR; now < NOON + 36 * HOUR; now += EVERY) {
    const known = now < deployedAt ? due : due.filter((moment) => moment > deployedAt);
    if (isSkipped(now) || !isAnyDue(known, now)) continue;
    reads += 1;
    const seen = writes.findLast(({ at }) => at + lag <= now)?.calls ?? NO_CALLS;
    const moments = momentsToCall(known, seen, now);
    if (moments.length === 0) continue;
    const begun = withCall(seen, moments, now);
    writes.push({ at: now, calls: begun });
    const isTaken = takes(now);
    calls.push({ at: (now - NOON) / MINUTE, moments, isTaken });
    if (isCutOff(now)) continue;
    const said = isTaken ? "204" : "503";
    writes.push({ at: now + 2, calls: withAnswer(begun, { isTaken, said }) });
  }
  const last = writes.at(-1)?.calls ?? NO_CALLS;
  return { calls, at: calls.map((call) => call.at), writes: writes.length, reads, last };
}

describe("the hook", () => {
  it("is called by the first run of the cron after the moment, once if the deploy comes", () => {
    const { at, writes } = run({ due: [NOON + 1], deployedAt: NOON + 12 * MINUTE });
    expect([at, writes]).toEqual([[5], 2]);
  });

  it("is not called before the moment, and nothing is read then", () => {
    const { calls, reads } = run({ due: [NOON + 48 * HOUR] });
    expect([calls, reads]).toEqual([[], 0]);
  });

  it("is called once more after half an hour if no deploy has come, and then not again", () => {
    const { at, writes, last } = run({ due: [NOON] });
    expect([at, writes]).toEqual([[0, 30], 4]);
    expect(stateOfMoment(NOON, last, NOON + 40 * MINUTE)).toBe("called");
    expect(stateOfMoment(NOON, last, NOON + 2 * HOUR)).toBe("given up");
  });

  it("is called by one request for moments that are close together", () => {
    const due = [NOON - 200, NOON - 100, NOON, NOON + 1];
    const { calls } = run({ due, deployedAt: NOON + 15 * MINUTE });
    expect(calls.map(({ moments }) => moments.length)).toEqual([3, 1]);
  });

  it("is called again where it refused, at longer and longer intervals, until it takes a call", () => {
    const takes = (at: number): boolean => at >= NOON + 2 * HOUR;
    const { at } = run({ due: [NOON], takes, deployedAt: NOON + 3 * HOUR });
    expect(at).toEqual([0, 5, 15, 35, 75, 155]);
  });

  it("is given up for a moment after a day of refusals", () => {
    const { at, writes, last } = run({ due: [NOON], takes: () => false });
    expect(at).toEqual([0, 5, 15, 35, 75, 155, 315, 635, 1275]);
    expect(writes).toBe(18);
    expect(stateOfMoment(NOON, last, NOON + 23 * HOUR)).toBe("refused");
    expect(stateOfMoment(NOON, last, NOON + 24 * HOUR)).toBe("given up");
  });

  it("is called late rather than never where the cron did not run", () => {
    const isSkipped = (at: number): boolean => at < NOON + 6 * HOUR;
    expect(run({ due: [NOON], isSkipped, deployedAt: NOON + 380 * MINUTE }).at).toEqual([360]);
  });

  it("is not called for what an earlier release still knows, to which somebody goes back", () => {
    const { last } = run({ due: [NOON], deployedAt: NOON + 10 * MINUTE });
    expect(momentsToCall([NOON], last, NOON + 90 * MINUTE)).toEqual([]);
    expect(momentsToCall([NOON], NO_CALLS, NOON + 24 * HOUR)).toEqual([]);
  });

  it("is called for a moment that went by between bundling and going live", () => {
    const { last } = run({ due: [NOON], deployedAt: NOON + 10 * MINUTE });
    expect(momentsToCall([NOON - 30], last, NOON + 15 * MINUTE)).toEqual([NOON - 30]);
  });
});

describe("for each moment it takes at least one call and at most two", () => {
  const DUE = [NOON, NOON + 1, NOON + 17 * MINUTE, NOON + 18 * MINUTE, NOON + 5 * HOUR];
  // A run that waits for its hook for 30 s has to be seen by the next one: 60 s is what KV promises.
  const lags = [0, 30, 60, 120, 240];
  const deploys = [5, 12, 40, 200, Number.POSITIVE_INFINITY].map((minutes) => minutes * MINUTE);
  const hooks: readonly [string, NonNullable<Day["takes"]>][] = [
    ["takes all", () => true],
    ["takes every other call", (at) => Math.floor(at / EVERY) % 2 === 0],
    ["is away for an hour", (at) => at > NOON + HOUR],
    ["takes some calls", (at) => ((Math.floor(at / EVERY) * 40_503) >> 7) % 3 === 0],
  ];
  const cuts: readonly [string, NonNullable<Day["isCutOff"]>][] = [
    ["no run is cut off", () => false],
    ["every run is cut off", () => true],
    ["every third run is cut off", (at) => Math.floor(at / EVERY) % 3 === 0],
  ];

  it.each(
    hooks.flatMap(([hook, takes]) =>
      cuts.map(([cut, isCutOff]) => ({ hook, takes, cut, isCutOff })),
    ),
  )("where the hook $hook and $cut", ({ takes, isCutOff }) => {
    for (const lag of lags) {
      for (const after of deploys) {
        const { calls } = run({ due: DUE, takes, isCutOff, lag, deployedAt: NOON + after });
        for (const moment of DUE) {
          const made = calls.filter(({ moments }) => moments.includes(moment));
          const taken = made.filter(({ isTaken }) => isTaken).length;
          expect(taken).toBeLessThanOrEqual(2);
          // A deploy that came for another reason has made a call needless.
          const isNeeded = moment > NOON + after || after === Number.POSITIVE_INFINITY;
          // Nobody knows of a run that is cut off whether its call was taken: it counts as one of two.
          const isUnknown = made.some(({ at }) => isCutOff(NOON + at * MINUTE));
          if (isNeeded && !isUnknown) expect(taken).toBeGreaterThanOrEqual(1);
          if (isNeeded) expect(made.length).toBeGreaterThanOrEqual(1);
        }
      }
    }
  });
});
