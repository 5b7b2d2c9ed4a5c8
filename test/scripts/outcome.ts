import { expect } from "vitest";

/** How a run is meant to have ended, and what is to be found in what it said. */
export function outcome(exitCode: number, said: string | RegExp): object {
  const output: unknown =
    typeof said === "string" ? expect.stringContaining(said) : expect.stringMatching(said);
  return { exitCode, output };
}
