import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bodiesInFile, bodiesInMemory } from "../../../scripts/bundle/fresh-bodies.ts";

const MEGABYTE = 1024 * 1024;
/** Before, in and behind what is written at once, and more than that. */
const SMALL = [10, 0, MEGABYTE - 12, 1, 1, 1, 3 * MEGABYTE, 5, MEGABYTE, 7];
/** More than stays in memory. */
const LENGTHS = [...SMALL, ...Array.from({ length: 24 }, () => MEGABYTE - 3), ...SMALL];

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "offprint-bodies-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe.each([
  ["in memory", bodiesInMemory],
  ["in a file", () => bodiesInFile(join(folder, "bodies"))],
])("bodies %s", (_, open) => {
  it("come back as they were put, also where the array that they were in has changed", () => {
    const bodies = open();
    const written = new Uint8Array(3 * MEGABYTE);
    const places = LENGTHS.map((length, number) => {
      written.fill(number + 1);
      return bodies.put(written.subarray(0, length));
    });
    for (const [number, length] of LENGTHS.entries()) {
      const body = bodies.get(places[number] ?? -1, length);
      expect(Buffer.compare(body, Buffer.alloc(length, number + 1))).toBe(0);
    }
  });
});

describe("bodiesInFile", () => {
  it("leaves no file, and touches none that is there", () => {
    writeFileSync(join(folder, "bodies.0"), "another's");
    const bodies = bodiesInFile(join(folder, "bodies"));
    const place = bodies.put(new Uint8Array(2 * MEGABYTE).fill(1));
    bodies.put(new Uint8Array(2 * MEGABYTE));
    expect(readdirSync(folder)).toEqual(["bodies.0"]);
    expect(bodies.get(place, 3)).toEqual(Uint8Array.of(1, 1, 1));
  });
});
