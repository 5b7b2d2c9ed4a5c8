import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDay, formatRfc3339, formatRfc822, wallClock } from "../../src/domain/moment.ts";

const moment = fc.record({
  epochSeconds: fc.oneof(
    fc.integer({ min: -100_000_000_000, max: 300_000_000_000 }),
    fc.integer({ min: -200_000, max: 200_000 }),
  ),
  offsetMinutes: fc.integer({ min: -14 * 60, max: 14 * 60 }),
});

describe("a moment", () => {
  it("is written as the runtime writes its wall clock", () => {
    fc.assert(
      fc.property(moment, (any) => {
        const [, sign = "", hours = "", minutes = ""] =
          /([+-])(\d\d):(\d\d)$/.exec(formatRfc3339(any)) ?? [];
        const offset = Number(`${sign}${Number(hours) * 60 + Number(minutes)}`);
        expect(offset + 0).toBe(any.offsetMinutes);
        const clock = wallClock(any);
        expect(formatRfc3339(any).slice(0, -"+00:00".length)).toBe(
          clock.toISOString().slice(0, -".000Z".length),
        );
        const [year, month, day] = [
          String(clock.getUTCFullYear()),
          String(clock.getUTCMonth() + 1),
          String(clock.getUTCDate()),
        ];
        expect(formatDay(any)).toBe(
          `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`,
        );
        expect(formatRfc822(any)).toBe(
          `${clock.toUTCString().slice(0, -"GMT".length)}${sign}${hours}${minutes}`,
        );
      }),
      { numRuns: 2000 },
    );
  });
});
