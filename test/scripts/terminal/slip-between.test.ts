import { expect, it } from "vitest";
import { slipBetween } from "../../../scripts/terminal/slip-between.ts";

it.each([
  ["f5v4k2q9xa", "f5v4k2q9xb", { kind: "other-character", characters: "ab" }],
  ["f5v4k2q9xa", "f5v4k29qxa", { kind: "swapped", characters: "q99q" }],
  ["hepl", "help", { kind: "swapped", characters: "pllp" }],
  ["/old/bridg.html", "/old/bridge.html", { kind: "missing-or-extra", characters: "e" }],
  ["/old/bridgge.html", "/old/bridge.html", { kind: "missing-or-extra", characters: "g" }],
  ["", "a", { kind: "missing-or-extra", characters: "a" }],
  ["same", "same", null],
  ["abcd", "badc", null],
  ["abc", "xyz", null],
  ["abc", "abcde", null],
])("between %j and %j", (written, meant, slip) => {
  expect(slipBetween(written, meant)).toEqual(slip);
});
