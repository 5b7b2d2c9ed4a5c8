import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import { withLock } from "../../../scripts/terminal/with-lock.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const MODULE = join(import.meta.dirname, "../../../scripts/terminal/with-lock.ts");

const folder = temporaryFolder();
let path = "";

beforeEach(() => {
  path = join(folder.path, "build/lock");
});

/** Another process that holds the lock until it is killed. */
async function holdElsewhere() {
  const code = `
    const { withLock } = await import(${JSON.stringify(MODULE)});
    await withLock(${JSON.stringify(path)}, async () => {
      console.log("held");
      await new Promise((settle) => setTimeout(settle, 60_000));
    });`;
  const holder = spawn(process.execPath, ["--input-type=module", "--eval", code], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  return holder;
}

describe("withLock", () => {
  it("lets one work at a time, in one process as in several", async () => {
    const events: string[] = [];
    const work = async (name: string): Promise<void> => {
      await withLock(path, async () => {
        events.push(`${name} begins`);
        await sleep(60);
        events.push(`${name} ends`);
      });
    };
    await Promise.all([work("a"), work("b")]);
    const inTurns = ["a begins, a ends, b begins, b ends", "b begins, b ends, a begins, a ends"];
    expect(inTurns).toContain(events.join(", "));
  });

  it("waits for another process, says so after a while, and goes on once that is killed", async () => {
    const holder = await holdElsewhere();
    const said: string[] = [];
    const work = withLock(
      path,
      async () => "done",
      (message) => {
        said.push(message);
        holder.kill("SIGKILL");
      },
    );
    await expect(work).resolves.toBe("done");
    expect(said).toEqual([
      `Waiting until another program lets go of "${path}": 3 s so far, at most 3600 s`,
    ]);
  });

  it("goes on to say so, and gives up after an hour", async () => {
    const said: string[] = [];
    let now = 0;
    const clock = {
      now: () => now,
      wait: async () => {
        now += 1000;
      },
    };
    const waiting = withLock(path, async () =>
      withLock(
        path,
        async () => "done",
        (message) => void said.push(message),
        clock,
      ),
    );
    await expect(waiting).rejects.toThrow(
      `Another program has held "${path}" for 3600 s; wait until it has ended, or end it`,
    );
    expect(said.slice(0, 2)).toEqual([
      `Waiting until another program lets go of "${path}": 3 s so far, at most 3600 s`,
      `Waiting until another program lets go of "${path}": 18 s so far, at most 3600 s`,
    ]);
  });

  it("lets go when the work fails", async () => {
    const fail = async (): Promise<never> => {
      throw new Error("no");
    };
    await expect(withLock(path, fail)).rejects.toThrow("no");
    await expect(withLock(path, async () => 1)).resolves.toBe(1);
  });

  it.each([
    ["an empty file", "", null],
    ["a file of something else", "4711", "file is not a database"],
    ["a folder", null, "unable to open database file"],
  ])("waits for nobody where the lock is %s", async (_, text, trouble) => {
    mkdirSync(join(folder.path, "build"));
    if (text === null) mkdirSync(path);
    else writeFileSync(path, text);
    const work = withLock(path, async () => 1);
    if (trouble === null) await expect(work).resolves.toBe(1);
    else await expect(work).rejects.toThrow(`Could not lock "${path}" (${trouble})`);
  });
});
