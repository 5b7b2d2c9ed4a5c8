import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeJsonBytes } from "../../src/render/escape-json-bytes.ts";
import { arbitraryText } from "./arbitrary-feed.ts";

const escaped = (text: string): string =>
  new TextDecoder().decode(escapeJsonBytes(new TextEncoder().encode(text)));

describe("escapeJsonBytes", () => {
  it.each([
    ['say "hi"', String.raw`say \"hi\"`],
    [String.raw`C:\n`, String.raw`C:\\n`],
    ["a\tb\r\nc", String.raw`a\tb\r\nc`],
    ["é 中 𠮷 👍🏽 عربي", "é 中 𠮷 👍🏽 عربي"],
    ["", ""],
  ])("writes %j as %j", (text, expected) => {
    expect(escaped(text)).toBe(expected);
  });

  it("agrees with JSON.stringify on everything that an article may hold", () => {
    fc.assert(
      fc.property(arbitraryText, (text) => {
        expect(`"${escaped(text)}"`).toBe(JSON.stringify(text));
      }),
    );
  });
});
