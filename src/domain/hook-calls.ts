/*
 * When the hook that publishes is called for articles that were dated ahead. All moments are in seconds since 1970.
 *
 * A moment is one of the site's articles becoming due. It stands in the manifest until a release has the article, so a
 * moment that is over and still there is one for which no deploy has come. The hook takes at least one call for it and at most
 * two: the second one if no deploy came half an hour after the first, or if nobody knows what became of the first. A call
 * that the hook refused counts for nothing and is made again, at first after five minutes, then after twice as long each time.
 */

/** What is known of the calls for one moment. */
export interface CalledMoment {
  readonly due: number;
  /** How many calls the hook took; one whose answer nobody recorded counts as taken. */
  readonly taken: number;
  /** How many calls it refused, or were without an answer. */
  readonly refused: number;
  /** When the latest call began. */
  readonly calledAt: number;
}

/** What is known of the calls of the last day. */
export interface HookCalls {
  readonly moments: readonly CalledMoment[];
  /** The latest call; null before the first one. Its answer is null until it is recorded. */
  readonly last: { readonly at: number; readonly answer: string | null } | null;
}

/** What a hook made of a call. */
export interface HookAnswer {
  readonly isTaken: boolean;
  /** Status and words of whoever answered. */
  readonly said: string;
}

/** Where a moment stands. */
export type MomentState =
  /** Its time has not come. */
  | "ahead"
  /** Its time has come, and the hook will be called. */
  | "to be called"
  /** The hook took a call, and the deploy is on its way. */
  | "called"
  /** The hook refused all calls so far, and will be called again. */
  | "refused"
  /** No further call is made, and no deploy has come. */
  | "given up";

export const NO_CALLS: HookCalls = { moments: [], last: null };

const MINUTE = 60;
const MOST_TAKEN = 2;
/** How long a deploy may take that a hook begins, until it is called for once more. */
const PATIENCE = 30 * MINUTE;
/** Whoever goes back to an earlier release later than this is not to have the hook called for moments that it knows. */
const END_OF_SECOND_CALL = 60 * MINUTE;
const FIRST_RETRY = 5 * MINUTE;
/** After so long nobody is called for a moment any more. */
const LONGEST = 24 * 60 * MINUTE;

/** Whether there is a moment for which the hook may have to be called: if not, nothing need be read. */
export function isAnyDue(due: readonly number[], now: number): boolean {
  return due.some((moment) => isOpen(moment, now));
}

/** The moments for which the hook is to be called now, by one call for all of them. */
export function momentsToCall(
  due: readonly number[],
  calls: HookCalls,
  now: number,
): readonly number[] {
  return due.filter((moment) => isOpen(moment, now) && isToBeCalled(moment, calls, now));
}

/** What is to be recorded before a call, so that a call that nobody sees the end of is counted. */
export function withCall(
  { moments }: HookCalls,
  called: readonly number[],
  now: number,
): HookCalls {
  const known = new Map(moments.map((moment) => [moment.due, moment]));
  const begun = called.map((due) => {
    const { taken, refused } = known.get(due) ?? { taken: 0, refused: 0 };
    return { due, taken: taken + 1, refused, calledAt: now };
  });
  const others = moments.filter(({ due }) => !called.includes(due) && isOpen(due, now));
  return { moments: [...others, ...begun], last: { at: now, answer: null } };
}

/** What is to be recorded after that call. */
export function withAnswer({ moments, last }: HookCalls, { isTaken, said }: HookAnswer): HookCalls {
  if (last === null) return { moments, last };
  return {
    moments: moments.map((moment) =>
      isTaken || moment.calledAt !== last.at
        ? moment
        : { ...moment, taken: moment.taken - 1, refused: moment.refused + 1 },
    ),
    last: { at: last.at, answer: said },
  };
}

/** Where a moment stands that the live release does not have the article of. */
export function stateOfMoment(due: number, calls: HookCalls, now: number): MomentState {
  if (due > now) return "ahead";
  const moment = calls.moments.find((one) => one.due === due);
  if (moment === undefined) return isOpen(due, now) ? "to be called" : "given up";
  if (moment.taken > 0) return now - moment.calledAt < END_OF_SECOND_CALL ? "called" : "given up";
  return isOpen(due, now) ? "refused" : "given up";
}

function isOpen(due: number, now: number): boolean {
  return due <= now && now - due < LONGEST;
}

function isToBeCalled(due: number, { moments, last }: HookCalls, now: number): boolean {
  const moment = moments.find((one) => one.due === due);
  if (moment === undefined) return true;
  const { taken, refused, calledAt } = moment;
  if (taken >= MOST_TAKEN) return false;
  const since = now - calledAt;
  if (taken === 0) return since >= FIRST_RETRY * 2 ** (refused - 1);
  const isUnknown = last?.at === calledAt && last.answer === null;
  // A call of this very run that somebody else makes is not known to have failed.
  if (isUnknown) return since > 0;
  return since >= PATIENCE && since < END_OF_SECOND_CALL;
}
