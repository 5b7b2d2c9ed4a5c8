import { describe, expect, it } from "vitest";
import { canonicalLanguage } from "../../src/domain/canonical-language.ts";

describe("canonicalLanguage", () => {
  it.each([
    ["en-u-co-phonebk", "en"],
    ["ar-x-old", "ar"],
    ["zh_cn", "zh-CN"],
    ["EN", "en"],
    ["english", null],
    ["cn", null],
    ["en-UK", "en-GB"],
    ["nan", "nan"],
    ["zhongwen-CN", null],
    ["x y", null],
    ["", null],
  ])("reads %j as %j", (written, tag) => {
    expect(canonicalLanguage(written)).toBe(tag);
  });
});
