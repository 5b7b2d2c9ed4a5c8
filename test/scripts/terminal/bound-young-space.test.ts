import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const MODULE = join(import.meta.dirname, "../../../scripts/terminal/bound-young-space.ts");

/** Runs a program whose objects live long enough for V8 to make more and more room, and says how much that was, in MB. */
function roomOf(before: string): number {
  const program = `
    import { getHeapSpaceStatistics } from "node:v8";
    import { boundYoungSpace } from ${JSON.stringify(MODULE)};
    const kept = [];
    for (let turn = 0; turn < 80; turn += 1) {
      for (let index = 0; index < 60000; index += 1) kept[index % 40000] = { index, of: [index] };
      ${before}
    }
    const young = getHeapSpaceStatistics().find((space) => space.space_name === "new_space");
    console.log(young.space_size / 2 ** 20);
  `;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program]);
  return Number(output.toString());
}

test("new objects take no more than 32 MB", () => {
  expect(roomOf("")).toBeGreaterThan(32);
  expect(roomOf("boundYoungSpace();")).toBeLessThanOrEqual(32);
});
