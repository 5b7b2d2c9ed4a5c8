import { describe, expect, it } from "vitest";
import { MILLISECONDS_PER_SECOND, formatRfc3339 } from "../../src/domain/moment.ts";
import { isTimeZone, momentOfWallClock, offsetMinutesAt } from "../../src/domain/time-zone.ts";

const secondsOf = (text: string): number => Date.parse(`${text}Z`) / MILLISECONDS_PER_SECOND;

describe("momentOfWallClock", () => {
  it.each([
    ["Asia/Shanghai", "2022-01-10T07:35:33", "2022-01-10T07:35:33+08:00"],
    ["Asia/Shanghai", "1988-07-01T12:00:00", "1988-07-01T12:00:00+09:00"],
    ["UTC", "2022-01-10T00:00:00", "2022-01-10T00:00:00+00:00"],
    ["Asia/Kolkata", "2022-01-10T00:00:00", "2022-01-10T00:00:00+05:30"],
    ["America/St_Johns", "2022-01-10T00:00:00", "2022-01-10T00:00:00-03:30"],
    // Skipped and repeated hours.
    ["Europe/Berlin", "2022-03-27T02:30:00", "2022-03-27T03:30:00+02:00"],
    ["Europe/Berlin", "2022-10-30T02:30:00", "2022-10-30T02:30:00+02:00"],
    // Local mean time had seconds, which no offset can say.
    ["Asia/Shanghai", "1900-01-01T00:00:00", "1900-01-01T00:00:00+08:06"],
  ])("reads the clocks of %s at %s", (timeZone, wallClock, moment) => {
    expect(formatRfc3339(momentOfWallClock(timeZone, secondsOf(wallClock)))).toBe(moment);
  });
});

describe("offsetMinutesAt", () => {
  it("never is minus zero", () => {
    expect(Object.is(offsetMinutesAt("Europe/London", secondsOf("2022-01-10T00:00:00")), 0)).toBe(
      true,
    );
  });
});

describe("isTimeZone", () => {
  it.each([
    ["Asia/Shanghai", true],
    ["UTC", true],
    ["Mars/Olympus", false],
    ["", false],
  ])("knows whether %j is one", (name, isKnown) => {
    expect(isTimeZone(name)).toBe(isKnown);
  });
});
