import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, totalmem } from "node:os";
import { cpuSecondsOf } from "./process-tree.ts";

const TICKS_PER_SECOND = 100;
const BYTES_PER_GIGABYTE = 1e9;
/** Of the machine's time. Above, figures say little. */
const QUIET_SHARE = 0.1;

/** The machine in a line, with its load. */
export function describeMachine(): string {
  const [one = 0, five = 0] = loadavg();
  return [
    `${availableParallelism()} cores of ${cpus()[0]?.model ?? "an unknown kind"}`,
    `${Math.round(totalmem() / BYTES_PER_GIGABYTE)} GB`,
    `Node ${process.versions.node}`,
    versionOf("hugo", "version") ?? "no Hugo",
    versionOf("jekyll", "--version") ?? "no Jekyll",
    `load average ${one.toFixed(2)}, ${five.toFixed(2)}`,
  ].join("; ");
}

/** The first words that a program says of itself; null if it is not installed. */
function versionOf(command: string, argument: string): string | null {
  try {
    const text = execFileSync(command, [argument], { encoding: "utf8", stdio: "pipe" });
    return /^\S+ v?[\d.]+/.exec(text)?.[0] ?? command;
  } catch {
    return null;
  }
}

/** Watches what the machine does besides the bench. Linux only. */
export class OtherWork {
  readonly #startedAt = performance.now();
  readonly #before = otherSeconds();

  /** `quiet: others took 1 % of the machine` */
  describe(): string {
    const elapsed = (performance.now() - this.#startedAt) / 1000;
    const share = Math.max(0, (otherSeconds() - this.#before) / elapsed / availableParallelism());
    const mark = share > QUIET_SHARE ? "BUSY, so times mean little" : "quiet";
    return `${mark}: others took ${Math.round(share * 100)} % of the machine`;
  }
}

/** CPU seconds of all processes but this one and its children that have ended. */
function otherSeconds(): number {
  // proc_stat(5): user, nice, system, idle, iowait, irq, softirq, steal; what guests take is in the first two.
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] =
    /^cpu +(.*)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1]?.split(" ").map(Number) ?? [];
  const { own, ended } = cpuSecondsOf("self");
  return (user + nice + system + irq + softirq + steal) / TICKS_PER_SECOND - own - ended;
}
