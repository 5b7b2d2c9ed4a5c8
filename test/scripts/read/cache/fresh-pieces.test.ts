import { describe, expect, it } from "vitest";
import { createFreshPieces } from "../../../../scripts/read/cache/fresh-pieces.ts";

describe("createFreshPieces", () => {
  it("knows what lies in a piece as a whole, and nothing else", () => {
    const pieces = createFreshPieces(100);
    expect(pieces.at(0, 0)).toBeNull();
    pieces.add(10, Uint8Array.of(1, 2, 3));
    pieces.add(20, Uint8Array.of(4, 5));
    expect(pieces.at(10, 3)).toEqual(Uint8Array.of(1, 2, 3));
    expect(pieces.at(11, 1)).toEqual(Uint8Array.of(2));
    expect(pieces.at(20, 2)).toEqual(Uint8Array.of(4, 5));
    expect([pieces.at(9, 1), pieces.at(11, 3), pieces.at(15, 1), pieces.at(21, 2)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("keeps nothing where there is no room for all", () => {
    const pieces = createFreshPieces(3);
    expect(pieces.add(0, Uint8Array.of(1, 2))).toBe(true);
    expect(pieces.add(2, Uint8Array.of(3, 4))).toBe(false);
    expect(pieces.at(0, 2)).toBeNull();
    expect(pieces.add(2, Uint8Array.of(3))).toBe(false);
  });

  it("has all its room again when it forgets", () => {
    const pieces = createFreshPieces(2);
    pieces.add(0, Uint8Array.of(1, 2));
    pieces.clear();
    expect(pieces.at(0, 2)).toBeNull();
    expect(pieces.add(0, Uint8Array.of(5, 6))).toBe(true);
    expect(pieces.at(0, 1)).toEqual(Uint8Array.of(5));
  });
});
