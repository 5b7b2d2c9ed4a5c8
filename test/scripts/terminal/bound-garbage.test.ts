import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const MODULE = join(import.meta.dirname, "../../../scripts/terminal/bound-garbage.ts");

/** Runs a program that keeps some 25 MB and throws away what has lived for long, and says how large its heap became, in MB. */
function heapOf(before: string): number {
  const program = `
    import { boundGarbage } from ${JSON.stringify(MODULE)};
    const kept = [];
    ${before}
    let largest = 0;
    for (let turn = 0; turn < 40; turn += 1) {
      for (let index = turn % 4; index < 200000; index += 4) kept[index] = { index, of: [index] };
      largest = Math.max(largest, process.memoryUsage().heapTotal);
    }
    console.log(largest / 2 ** 20);
  `;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program]);
  return Number(output.toString());
}

test("a large heap grows less with it, and a small site's as ever", () => {
  const unbounded = heapOf("");
  expect(heapOf("boundGarbage(19_999);")).toBeGreaterThan(unbounded * 0.9);
  expect(heapOf("boundGarbage(20_000);")).toBeLessThan(unbounded * 0.8);
});
