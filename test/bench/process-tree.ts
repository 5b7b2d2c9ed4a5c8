import { readFileSync, readdirSync } from "node:fs";

/** What a process and all that it started have taken so far. */
export interface TreeUsage {
  /** Of those that run, and of those that ended and were waited for. */
  readonly cpuSeconds: number;
  /** Of memory that is there now; what several of them share counts for each. */
  readonly megabytes: number;
}

/** Linux counts CPU time in hundredths of a second towards programs, whatever its own clock does (time(7)). */
const TICKS_PER_SECOND = 100;
const KILOBYTES_PER_MEGABYTE = 1000;

/** CPU seconds of a process itself and of its children that have ended, as the kernel knows them. */
export interface CpuSeconds {
  readonly own: number;
  readonly ended: number;
}

/** Reads `/proc`, so Linux only. Throws if the process is gone. */
export function cpuSecondsOf(pid: number | "self"): CpuSeconds {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  // proc_pid_stat(5): utime, stime, cutime and cstime are fields 14 to 17; field 3 is the first behind the name.
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15).map(Number);
  return {
    own: (user + system) / TICKS_PER_SECOND,
    ended: (endedUser + endedSystem) / TICKS_PER_SECOND,
  };
}

/** Walks a process and those below it. One that ends meanwhile is left out; whoever waits for it is asked again next time. */
export function treeUsage(pid: number): TreeUsage {
  let [cpuSeconds, megabytes] = [0, 0];
  for (const member of membersOf(pid)) {
    try {
      const { own, ended } = cpuSecondsOf(member);
      const status = readFileSync(`/proc/${member}/status`, "utf8");
      const resident = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? "0";
      cpuSeconds += own + ended;
      megabytes += Number(resident) / KILOBYTES_PER_MEGABYTE;
    } catch {
      // It has ended.
    }
  }
  return { cpuSeconds, megabytes };
}

/** The most memory that one of a process and those below it had at any time, in megabytes; 0 if they are gone. */
export function peakMegabytes(pid: number): number {
  return Math.max(0, ...membersOf(pid).map(peakOf));
}

function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) / KILOBYTES_PER_MEGABYTE;
  } catch {
    return 0;
  }
}

function membersOf(pid: number): readonly number[] {
  try {
    const children = readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
      readFileSync(`/proc/${pid}/task/${thread}/children`, "utf8").split(" ").filter(Boolean),
    );
    return [pid, ...children.flatMap((child) => membersOf(Number(child)))];
  } catch {
    return [];
  }
}
