import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { MachineTrouble } from "../../../scripts/terminal/machine-trouble.ts";
import type { Host, ProgramRun } from "../../../scripts/terminal/run-program.ts";
import { runProgram } from "../../../scripts/terminal/run-program.ts";
import { wranglerScript } from "../../../scripts/terminal/wrangler-script.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

interface RunningProgram {
  readonly ended: Promise<ProgramRun>;
  /** Settles when it has printed something. */
  readonly started: Promise<undefined>;
  /** Tells this process to end by SIGINT. */
  readonly interrupt: () => void;
  readonly end: AbortController;
  /** The signals that it was sent. */
  readonly sent: readonly unknown[];
  /** Who listens to signals of this process. */
  readonly listeners: ReadonlySet<unknown>;
}

/** Starts a program as on a platform. */
function start(
  code: string,
  args: readonly string[] = [],
  platform: NodeJS.Platform = "linux",
): RunningProgram {
  const script = join(folder.path, "a program.mjs");
  writeFileSync(script, code);
  const listeners = new Set<(signal: NodeJS.Signals) => void>();
  const sent: unknown[] = [];
  const end = new AbortController();
  const started = Promise.withResolvers<undefined>();
  const host: Host = {
    platform,
    signals: {
      on: (_, handle) => listeners.add(handle),
      off: (_, handle) => listeners.delete(handle),
    },
    spawn: ((...given: Parameters<typeof spawn>) => {
      const child = spawn(...given);
      child.stdout?.once("data", () => {
        started.resolve(undefined);
      });
      const kill = child.kill.bind(child);
      child.kill = (signal) => {
        sent.push(signal);
        return kill(signal);
      };
      return child;
    }) as typeof spawn,
  };
  const program = { name: "it", script, args, cwd: folder.path, environment: {} };
  return {
    ended: runProgram(program, end.signal, host),
    started: started.promise,
    interrupt: () => {
      for (const handle of listeners) handle("SIGINT");
    },
    end,
    sent,
    listeners,
  };
}

/** Works until it is ended. */
const HANGS = `console.log("here"); setInterval(() => undefined, 1000);`;

describe("runProgram", () => {
  it("hands over arguments as they are, whatever a shell would make of them", async () => {
    const args = ["--message=5 articles; code a&b", "%PATH%", 'a "b"', "$(id)", "^", "*", ""];
    const { ended } = start("console.log(JSON.stringify(process.argv.slice(2)))", args);
    const { exitCode, output } = await ended;
    expect([exitCode, JSON.parse(output)]).toEqual([0, args]);
  });

  it("says what cannot be started", async () => {
    const program = { name: "it", script: "x", args: [], cwd: join(folder.path, "gone") };
    const { signal } = new AbortController();
    expect(await runProgram({ ...program, environment: {} }, signal)).toEqual({
      exitCode: 1,
      output: expect.stringMatching(/^Cannot start it: .*ENOENT; run npm ci first$/) as string,
    });
  });

  it("ends what has reached its limit, also where a program of its own holds its streams", async () => {
    const { ended, end, started, listeners } = start(`
      import { spawn } from "node:child_process";
      process.on("SIGTERM", () => undefined);
      spawn(process.execPath, ["-e", "setTimeout(() => undefined, 3000)"], { stdio: "inherit" });
      ${HANGS}`);
    await started;
    end.abort();
    expect(await ended).toEqual({ exitCode: 1, output: "here\n" });
    expect(listeners.size).toBe(0);
  });

  it("passes signals on where the system does not", async () => {
    const { ended, interrupt, started, sent } = start(
      `process.on("SIGINT", () => { console.log("told"); process.exit(5); }); ${HANGS}`,
      [],
      "linux",
    );
    await started;
    interrupt();
    expect(await ended).toEqual({ exitCode: 5, output: "here\ntold\n" });
    expect(sent).toEqual(["SIGINT"]);
  });

  it("leaves them to the console on Windows, where passing them on would break off a switch", async () => {
    const { ended, interrupt, started, end, sent } = start(HANGS, [], "win32");
    await started;
    interrupt();
    expect(sent).toEqual([]);
    end.abort();
    expect(await ended).toEqual({ exitCode: 1, output: "here\n" });
  });
});

it("says where wrangler is not installed", () => {
  const elsewhere = pathToFileURL(join(folder.path, "a.js")).href;
  expect(() => wranglerScript(elsewhere)).toThrow(MachineTrouble);
  expect(() => wranglerScript(elsewhere)).toThrow(
    /^Cannot start wrangler \(Cannot find module 'wrangler'\); run npm ci\. .* the live site is as it was$/,
  );
});
