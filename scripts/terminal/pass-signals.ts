import type { ChildProcess } from "node:child_process";

/** Hands what tells this program to end on to a program that it started, until that has ended. */
export function passSignalsTo(child: ChildProcess): void {
  const passOn = (signal: NodeJS.Signals): void => {
    child.kill(signal);
  };
  process.on("SIGINT", passOn).on("SIGTERM", passOn);
  child.once("close", () => {
    process.off("SIGINT", passOn).off("SIGTERM", passOn);
  });
}
