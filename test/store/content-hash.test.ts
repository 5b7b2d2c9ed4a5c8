import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { HASH_BYTES, contentHash } from "../../src/store/content-hash.ts";

/** The definition: each part behind its length in bytes. */
function defined(parts: readonly (Uint8Array | string)[]): string {
  const whole = createHash("sha256");
  for (const part of parts) {
    const bytes = Buffer.from(part);
    whole.update(`${bytes.byteLength}:`).update(bytes);
  }
  return whole.digest().toString("base64url", 0, HASH_BYTES);
}

const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constant("\uD800"));

test("each part is hashed behind its length, whatever the parts are", () => {
  const part = fc.oneof(text, fc.uint8Array());
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      expect(contentHash(parts)).toBe(defined(parts));
    }),
  );
});

test("parts of any length are hashed alike", () => {
  const long = fc.constantFrom(0, 1, 21_800, 65_000, 65_529, 65_530, 65_536, 200_000);
  const part = fc.oneof(
    text,
    long.map((length) => new Uint8Array(length).fill(length % 251)),
    long.map((length) => "字".repeat(length)),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), (parts) => {
      expect(contentHash(parts)).toBe(defined(parts));
    }),
  );
});
