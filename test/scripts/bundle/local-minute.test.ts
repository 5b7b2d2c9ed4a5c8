import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLocalMinute } from "../../../scripts/bundle/local-minute.ts";
import { formatRfc3339 } from "../../../src/domain/moment.ts";
import { offsetMinutesAt } from "../../../src/domain/time-zone.ts";

/** Around a change of clocks in Berlin and New York, at the year's end, and far from all of them. */
const moments = fc.oneof(
  fc.integer({ min: 1_711_750_000, max: 1_711_950_000 }),
  fc.integer({ min: 1_667_000_000, max: 1_667_900_000 }),
  fc.integer({ min: 1_735_600_000, max: 1_735_700_000 }),
  fc.integer({ min: -100_000_000_000, max: 300_000_000_000 }),
);

describe("createLocalMinute", () => {
  it("gives the beginning of what RFC 3339 says, in whatever order it is asked", () => {
    const zone = fc.constantFrom("Europe/Berlin", "America/New_York", "Asia/Shanghai", "UTC");
    fc.assert(
      fc.property(zone, fc.array(moments, { minLength: 1, maxLength: 30 }), (timeZone, asked) => {
        const localMinute = createLocalMinute(timeZone);
        for (const epochSeconds of asked) {
          const moment = { epochSeconds, offsetMinutes: offsetMinutesAt(timeZone, epochSeconds) };
          const minute = localMinute({ epochSeconds, offsetMinutes: 0 });
          expect(minute).toBe(formatRfc3339(moment).slice(0, "2022-01-10T07:35".length));
        }
      }),
    );
  });
});
