import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { identityOfFile } from "../../src/domain/identity.ts";
import { parseShareId, shareIdOf } from "../../src/domain/share-id.ts";

/**
 * Frozen: these ids stand in chats and search engines. A change of any line breaks links that people have shared.
 * Checked against a second implementation (Python's hashlib) when they were written down.
 */
const GOLDEN: readonly (readonly [
  path: string,
  explicitId: string | null,
  linkedCode: string | null,
  id: string,
])[] = [
  ["2022-01-10-NW202201102241157038", null, null, "jhtrz7j8er"],
  // The same in another folder, and with the code in the share link only.
  ["old/2022-01-10-NW202201102241157038", null, null, "jhtrz7j8er"],
  ["2022-01-10-plain", null, "NW202201102241157038", "jhtrz7j8er"],
  ["2021-12-08-202112080000000001", null, null, "jgs51ryytv"],
  ["-202205260000000004", null, null, "jp2bd9x3gz"],
  ["2024-02-29-春天", null, null, "ka623s61ys"],
  ["city/2024-02-29-harbour", null, null, "ka6q6t4s74"],
  ["2024-2-9-harbour", null, null, "k9jjhcwjq8"],
  ["2022-01-10-plain", "harbour-light", null, "jhttv9qnkx"],
  ["about", null, null, "000mgk2w74"],
  ["2022-02-30-no-such-day", null, null, "000sxmfg7m"],
  ["1969-12-31-before", null, null, "00101jarbb"],
  ["9999-12-31-after", null, null, "zzzsg1hppe"],
  // Digits that are no date: the day of the file name.
  ["2022-01-10-NW202213402241157038", null, null, "jhtnp76gdy"],
];

describe("shareIdOf", () => {
  it.each(GOLDEN)("gives %s (id: %s, link: %s) the id %4$s", (path, explicitId, code, id) => {
    expect(shareIdOf(identityOfFile(path, explicitId, code))).toBe(id);
  });

  it("writes the first 35 bits of the hash in Crockford's base32", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const bits = BigInt(`0x${hash("sha256", name)}`) >> 221n;
        const id = shareIdOf({ name, day: null });
        const written = Array.from(id.slice(3), (digit) =>
          "0123456789abcdefghjkmnpqrstvwxyz".indexOf(digit),
        );
        fc.pre(!name.startsWith("/s/"));
        expect(written.reduce((sum, digit) => sum * 32n + BigInt(digit), 0n)).toBe(bits);
      }),
    );
  });

  it("does not depend on how accents are composed", () => {
    const composed = identityOfFile("2024-02-29-caf\u00e9", null, null);
    const decomposed = identityOfFile("2024-02-29-cafe\u0301", null, null);
    expect(shareIdOf(decomposed)).toBe(shareIdOf(composed));
  });

  it("sorts articles of one day together, and days in order", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 32_766 }),
        fc.string(),
        fc.string(),
        (day, name, other) => {
          const id = shareIdOf({ name, day });
          expect(shareIdOf({ name: other, day }).slice(0, 3)).toBe(id.slice(0, 3));
          expect(shareIdOf({ name: other, day: day + 1 }) > id).toBe(true);
        },
      ),
    );
  });
});

describe("parseShareId", () => {
  it.each([
    ["jhtrz7j8er", "jhtrz7j8er"],
    ["JHTRZ7J8ER", "jhtrz7j8er"],
    ["ooomgk2w74", "000mgk2w74"],
    ["I01l1ja4bb", "10111ja4bb"],
    ["jhtrz7j8e", null],
    ["jhtrz7j8err", null],
    ["jhtrz7j8eu", null],
    ["jhtrz7j8e/", null],
    ["", null],
  ])("reads %j as %j", (text, id) => {
    expect(parseShareId(text)).toBe(id);
  });
});
