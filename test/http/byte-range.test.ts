import { describe, expect, it } from "vitest";
import { byteRange } from "../../src/http/byte-range.ts";

describe("byteRange of 100 bytes", () => {
  it.each([
    ["bytes=0-1", [0, 1]],
    ["bytes=0-", [0, 99]],
    ["bytes=90-200", [90, 99]],
    ["bytes=99-99", [99, 99]],
    ["bytes=-10", [90, 99]],
    ["bytes=-200", [0, 99]],
    ["Bytes= 5-6 ", [5, 6]],
  ])("reads %s", (header, [first, last]) => {
    expect(byteRange(header, 100)).toEqual({ first, last });
  });

  it.each(["bytes=100-", "bytes=100-200", "bytes=-0"])("cannot give %s", (header) => {
    expect(byteRange(header, 100)).toBe("unsatisfiable");
  });

  it.each(["", "bytes=-", "bytes=5-4", "bytes=0-1,5-6", "items=0-1", "bytes=a-b"])(
    "gives the whole for %j",
    (header) => {
      expect(byteRange(header, 100)).toBeNull();
    },
  );

  it("has no byte of an empty file", () => {
    expect(byteRange("bytes=0-", 0)).toBe("unsatisfiable");
    expect(byteRange("bytes=-5", 0)).toBe("unsatisfiable");
  });
});
