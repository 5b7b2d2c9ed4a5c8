import { describe, expect, it } from "vitest";
import { parseHttpDate } from "../../src/domain/http-date.ts";

describe("parseHttpDate", () => {
  it.each([
    ["Tue, 29 Feb 2028 23:59:59 GMT", Date.UTC(2028, 1, 29, 23, 59, 59) / 1000],
    ["Saturday, 01-Jan-00 00:00:00 GMT", Date.UTC(2000, 0, 1) / 1000],
    ["Thursday, 01-Jan-70 00:00:00 GMT", 0],
    ["Sun, 06 Nov 1994 08:49:37 +0000", null],
    ["Sun, 06 Nov 1994 08:49 GMT", null],
    ["06 Nov 1994 08:49:37 GMT", null],
    ["Sun, 06 Xyz 1994 08:49:37 GMT", null],
  ])("reads %j as %s", (text, seconds) => {
    expect(parseHttpDate(text)).toBe(seconds);
  });
});
