import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deflateBody } from "../../../../scripts/read/article/deflate-body.ts";
import { FINAL_BLOCK } from "../../../../src/store/pack.ts";

/** What a stream of its own gives. */
function deflatedAlone(body: Uint8Array): Uint8Array {
  const level = constants.Z_BEST_COMPRESSION;
  const blocks = deflateRawSync(body, { level, finishFlush: constants.Z_SYNC_FLUSH });
  return new Uint8Array([...blocks, ...FINAL_BLOCK]);
}

const text = fc.array(fc.constantFrom("厦门", "日报", "<p>", "</p>\n", "。"), { maxLength: 3000 });
const bodies = fc.array(
  fc.oneof(
    text.map((words) => new TextEncoder().encode(words.join(""))),
    fc.uint8Array({ maxLength: 5000 }),
  ),
);

describe("deflating with one stream for all bodies", () => {
  it("gives the bytes that a stream of its own gives each, and keeps them when others follow", () => {
    fc.assert(
      fc.property(bodies, (all) => {
        const deflated = all.map(deflateBody);
        expect(deflated.map((bytes) => new Uint8Array(bytes))).toEqual(all.map(deflatedAlone));
      }),
    );
  });

  it.each([250_000, 300_000, 3_000_000])("takes a body of %i bytes", (length) => {
    const noise = Uint8Array.from({ length }, (_, index) => Math.imul(index, 2_654_435_761) >>> 24);
    expect(inflateRawSync(deflateBody(noise)).equals(noise)).toBe(true);
    expect(deflateBody(noise)).toEqual(deflateBody(noise));
  });
});
