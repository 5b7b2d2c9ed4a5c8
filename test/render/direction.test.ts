import { describe, expect, it } from "vitest";
import { directionOf } from "../../src/render/direction.ts";

describe("directionOf", () => {
  it.each([
    ["ar", "rtl"],
    ["he-IL", "rtl"],
    ["fa", "rtl"],
    ["az-Arab", "rtl"],
    ["UR-pk", "rtl"],
    ["ar-Latn", "ltr"],
    ["zh-CN", "ltr"],
    ["sl-1994", "ltr"],
    ["", "ltr"],
  ])("of %j is %s", (language, direction) => {
    expect(directionOf(language)).toBe(direction);
  });
});
