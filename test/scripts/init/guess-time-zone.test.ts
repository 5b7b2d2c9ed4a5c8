import { describe, expect, it } from "vitest";
import { guessTimeZone } from "../../../scripts/init/guess-time-zone.ts";

const CHINESE = ["2022-01-10 07:35:33 +0800", "2022-07-10 07:35:33 +0800", "2022-01-11"];

describe("guessTimeZone", () => {
  it.each([
    ["the machine's", "zh-CN", "Europe/Berlin", [], "Europe/Berlin"],
    ["the language's on a server", "zh-CN", "UTC", [], "Asia/Shanghai"],
    ["none that is known", "en", "UTC", ["2022-01-10", "10 January 2022"], "UTC"],
    [
      "the language's, by which dates were written",
      "zh-CN",
      "Europe/Berlin",
      CHINESE,
      "Asia/Shanghai",
    ],
    [
      "the machine's, by which dates were written too",
      "zh-CN",
      "Asia/Singapore",
      CHINESE,
      "Asia/Singapore",
    ],
    ["hours that dates name", "en", "UTC", CHINESE, "Etc/GMT-8"],
    ["hours behind Greenwich", "en", "UTC", ["2022-01-10 07:35:33 -0300"], "Etc/GMT+3"],
    [
      "one with summer time",
      "de",
      "Europe/Berlin",
      ["2022-01-10 08:00 +0100", "2022-07-10 08:00 +0200"],
      "Europe/Berlin",
    ],
    [
      "the machine's, where dates name different ones",
      "en",
      "Europe/Berlin",
      ["2022-01-10 08:00 +0900", "2022-01-10 08:00 -0500"],
      "Europe/Berlin",
    ],
  ])("takes %s", (_, language, ofMachine, dates, zone) => {
    expect(guessTimeZone(language, ofMachine, dates)).toBe(zone);
  });
});
