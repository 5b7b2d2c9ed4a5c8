import { spawn } from "node:child_process";
import { expect, it } from "vitest";
import { measureRun } from "./measured-run.ts";

/** Burns CPU until the process has taken so many microseconds. */
const BURN = "while (process.cpuUsage().user < 300000);";
const BURN_BELOW = `require("node:child_process").execFileSync(process.execPath, ["--eval", ${JSON.stringify(BURN)}]);`;

it("counts the CPU time of all that a program starts, and the memory of all together", async () => {
  const run = async (script: string) =>
    measureRun({
      command: process.execPath,
      args: ["--eval", script],
      folder: import.meta.dirname,
    });
  const [own, below] = [await run(BURN), await run(`${BURN}${BURN_BELOW}`)];
  expect(own.cpuSeconds).toBeGreaterThanOrEqual(0.29);
  expect(below.cpuSeconds).toBeGreaterThanOrEqual(0.59);
  expect(below.megabytes).toBeGreaterThan(own.megabytes * 1.2);
});

it("counts nothing of what else this process has started, and waits for meanwhile", async () => {
  const other = spawn(process.execPath, ["--eval", `${BURN}${BURN_BELOW}`]);
  const untilItHasEnded = `const ask = () => { process.kill(${other.pid}, 0); setTimeout(ask, 10); };
    process.once("uncaughtException", () => {});
    ask();`;
  const run = await measureRun({
    command: process.execPath,
    args: ["--eval", untilItHasEnded],
    folder: import.meta.dirname,
  });
  expect(run.cpuSeconds).toBeLessThan(0.59);
});

it("throws with what a program said that failed", async () => {
  const script = 'console.error("no room"); process.exit(4);';
  const failing = measureRun({
    command: process.execPath,
    args: ["--eval", script],
    folder: import.meta.dirname,
  });
  await expect(failing).rejects.toThrow(/ended with 4: no room/);
});
