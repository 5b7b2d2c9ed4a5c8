import { crc32 } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joinedCrc } from "../../src/store/joined-crc.ts";

describe("joinedCrc", () => {
  it("is what zlib says of both pieces together", () => {
    const pieces = fc.uint8Array({ maxLength: 5000 });
    fc.assert(
      fc.property(pieces, pieces, (first, second) => {
        const whole = crc32(Buffer.concat([first, second]));
        expect(joinedCrc(crc32(first), crc32(second), second.byteLength)).toBe(whole);
      }),
    );
  });

  it.each([0, 1, 255, 65_536, 10_000_000])("knows a second piece of %i bytes", (byteLength) => {
    const first = Buffer.from("厦门日报");
    const second = Buffer.alloc(byteLength, "文");
    expect(joinedCrc(crc32(first), crc32(second), byteLength)).toBe(
      crc32(Buffer.concat([first, second])),
    );
  });
});
