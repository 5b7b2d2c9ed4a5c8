import { describe, expect, it } from "vitest";
import { printable, printableLine } from "../../../scripts/terminal/printable.ts";

describe("printable", () => {
  it.each([
    ["a sequence of the terminal", "\u001b[2J", String.raw`\u001b[2J`],
    ["one of eight bits", "\u009b2J", String.raw`\u009b2J`],
    ["a bell, a backspace and a deletion", "\u0007\b\u007f", String.raw`\u0007\u0008\u007f`],
    ["a return, which overwrites the line", "a\rb", String.raw`a\u000db`],
    ["marks of direction", "\u200e\u200f\u061c", String.raw`\u200e\u200f\u061c`],
    ["turns of direction", "\u202a\u202e\u2066\u2069", String.raw`\u202a\u202e\u2066\u2069`],
    ["ends of lines of Unicode", "\u2028\u2029\u0085", String.raw`\u2028\u2029\u0085`],
    ["lines, tabs and text of any script", "a\n\t厦门 👨‍👩‍👧 مرحبا", "a\n\t厦门 👨‍👩‍👧 مرحبا"],
  ])("shows %s", (_name, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it("leaves JSON the value that it was", () => {
    const value = { title: "\u009b2J\u202e\u2028\u001b\n" };
    const shown = printable(JSON.stringify(value, null, 2));
    expect(shown).toMatch(/^[\n -~]+$/);
    expect(JSON.parse(shown)).toEqual(value);
  });
});

describe("printableLine", () => {
  it("makes one line of several", () => {
    expect(printableLine("a\r\n  b\n\n\u0007c")).toBe(String.raw`a b \u0007c`);
  });
});
