import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeflatedBody } from "../../src/store/pack.ts";
import { packEntry } from "../../src/store/pack.ts";
import { splicedGzip } from "../../src/store/spliced-gzip.ts";

const deflated = (body: Uint8Array): DeflatedBody =>
  packEntry(new Uint8Array(1), new Uint8Array(), body).deflate();

describe("splicedGzip", () => {
  it("unpacks to its texts and bodies, in their order", () => {
    const text = fc.uint8Array({ maxLength: 300 });
    const body = fc.oneof(
      text,
      fc.string({ maxLength: 3000 }).map((chars) => Buffer.from(chars)),
    );
    const pieces = fc.array(fc.record({ bytes: body, isDeflated: fc.boolean() }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(pieces, (list) => {
        const spliced = splicedGzip(
          list.map(({ bytes, isDeflated }) =>
            isDeflated ? deflated(bytes) : Uint8Array.from(bytes),
          ),
        );
        const whole = Buffer.concat(list.map(({ bytes }) => bytes));
        expect(Buffer.compare(gunzipSync(spliced), whole)).toBe(0);
      }),
    );
  });

  it.each([65_534, 65_535, 65_536, 200_000])("stores a text of %i bytes", (byteLength) => {
    const text = new Uint8Array(byteLength).fill(0x61);
    const body = Buffer.from("正文");
    expect(
      Buffer.compare(
        gunzipSync(splicedGzip([text, deflated(body), text])),
        Buffer.concat([text, body, text]),
      ),
    ).toBe(0);
  });

  it("is one member, because many programs read no other", () => {
    const spliced = splicedGzip([deflated(Buffer.from("一")), deflated(Buffer.from("二"))]);
    expect([...spliced.subarray(0, 4)]).toEqual([0x1f, 0x8b, 8, 0]);
    const starts = [...spliced.keys()].filter(
      (at) => spliced[at] === 0x1f && spliced[at + 1] === 0x8b,
    );
    expect(starts).toEqual([0]);
  });

  it("lets a body that was damaged in storage be noticed by who unpacks it", () => {
    const body = deflated(Buffer.from("正文".repeat(100)));
    const damaged = splicedGzip([{ ...body, crc: body.crc ^ 1 }]);
    expect(() => gunzipSync(damaged)).toThrow(/incorrect data check/);
  });
});
