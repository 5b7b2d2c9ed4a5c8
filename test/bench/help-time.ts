import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as v from "valibot";
import { makePackage } from "../../scripts/program/make-package.ts";
import { median } from "./median.ts";

/** CPU time until the packed program has said how to use it. */
export interface HelpTime {
  readonly name: string;
  readonly milliseconds: number;
  /** Of an empty program. */
  readonly bareMilliseconds: number;
  readonly bar: number;
}

const ROOT = join(import.meta.dirname, "../..");
const BAR_MILLISECONDS = 150;
const RUNS_PER_TURN = 5;
const MICROSECONDS_PER_MILLISECOND = 1000;

/** Says at its end what CPU time a process took, user's and system's. */
const REPORT = "process.on('exit',()=>console.error(JSON.stringify(process.cpuUsage())))";
const usage = v.object({ user: v.number(), system: v.number() });

/** Measures `offprint --help`, as a package has it, in turns with an empty program. */
export async function measureHelp(turns: number): Promise<readonly HelpTime[]> {
  const folder = mkdtempSync(join(tmpdir(), "offprint-help-"));
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "empty.js"), "");
    await makePackage(ROOT, join(folder, "dist"));
    const [help, bare]: [number[], number[]] = [[], []];
    for (let run = 0; run < turns * RUNS_PER_TURN; run += 1) {
      help.push(cpuMilliseconds(folder, ["dist/offprint.js", "--help"]));
      bare.push(cpuMilliseconds(folder, ["empty.js"]));
    }
    return [
      {
        name: "offprint --help",
        milliseconds: median(help),
        bareMilliseconds: median(bare),
        bar: BAR_MILLISECONDS,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function cpuMilliseconds(folder: string, args: readonly string[]): number {
  const node = ["--import", `data:text/javascript,${encodeURIComponent(REPORT)}`, ...args];
  const { stderr } = spawnSync(process.execPath, node, { cwd: folder, encoding: "utf8" });
  const { user, system } = v.parse(usage, JSON.parse(stderr));
  return (user + system) / MICROSECONDS_PER_MILLISECOND;
}
