import { describe, expect, it } from "vitest";
import { OTHER_TRIALS } from "./other-trials.ts";
import { killTrials, requestTrials } from "./request-trials.ts";
import type { Trial } from "./trial.ts";
import { tryFault } from "./try-fault.ts";

/*
 * Some of what `npm run faults` tries: at the switch, where most can be said that is not so, and what else needs people to do
 * something. `docs/faults.md` has them all.
 */

const AT_SWITCH = await pick(requestTrials, "POST deployments", [
  "403",
  "500",
  "no answer",
  "broken before it is done",
  "broken when it is done",
]);
const KILLED = await pick(killTrials, "POST deployments", [
  "killed before it is done",
  "killed when it is done",
]);
const OTHERS = OTHER_TRIALS.filter(({ where }) => ["triggers", "wrangler"].includes(where));

/** The trials of a request of a later deploy. */
async function pick(
  trials: () => Promise<readonly Trial[]>,
  request: string,
  faults: readonly string[],
): Promise<readonly Trial[]> {
  const all = await trials();
  return all.filter(
    ({ scene, where, fault }) => scene === "later" && where === request && faults.includes(fault),
  );
}

describe("a deploy tells the truth, leaves no half release and is ended by the next run", () => {
  it.each([...AT_SWITCH, ...KILLED, ...OTHERS])("after: $where $fault", async (trial) => {
    expect((await tryFault(trial)).wrong).toEqual([]);
  });

  it("in all that is meant to be tried", () => {
    expect([AT_SWITCH.length, KILLED.length]).toEqual([5, 2]);
  });
});
