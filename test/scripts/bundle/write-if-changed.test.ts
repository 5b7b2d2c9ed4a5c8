import { readFileSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Mover } from "../../../scripts/bundle/write-if-changed.ts";
import { writeIfChanged } from "../../../scripts/bundle/write-if-changed.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

/** A system that refuses to replace files so many times; it counts the pauses. */
function busy(platform: NodeJS.Platform, times: number, code = "EPERM") {
  let left = times;
  const pauses: number[] = [];
  const mover: Mover = {
    platform,
    rename: async (from, to) => {
      left -= 1;
      if (left >= 0) throw Object.assign(new Error(code), { code });
      await rename(from, to);
    },
    wait: async (milliseconds) => {
      pauses.push(milliseconds);
    },
  };
  return { mover, pauses };
}

it("waits on Windows until whoever has the file open closes it", async () => {
  const { mover, pauses } = busy("win32", 3);
  const file = join(folder.path, "a");
  await writeIfChanged(file, Buffer.from("new"), mover);
  expect(readFileSync(file, "utf8")).toBe("new");
  expect(pauses).toEqual([50, 50, 50]);
});

it.each<[NodeJS.Platform, number, string, number]>([
  ["win32", 99, "EPERM", 9],
  ["win32", 1, "ENOSPC", 0],
  ["linux", 1, "EPERM", 0],
])(
  "gives up on %s after %s refusals with %s and %s pauses",
  async (system, times, code, waited) => {
    const { mover, pauses } = busy(system, times, code);
    const writing = writeIfChanged(join(folder.path, "a"), Buffer.from("new"), mover);
    await expect(writing).rejects.toThrow(code);
    expect(pauses).toHaveLength(waited);
  },
);
