import type { Moment } from "../../src/domain/moment.ts";
import { formatRfc3339 } from "../../src/domain/moment.ts";
import { offsetMinutesAt } from "./time-zone.ts";

/** Zones change their offset at such instants only, at least since there are computers. */
const QUARTER_HOUR_SECONDS = 900;
const MINUTE_LENGTH = "2022-01-10T07:35".length;

/**
 * A clock on the publisher's wall: what it reads at a moment, as `2022-01-10T07:35`. The time-zone database is slow to
 * ask, so its answers are kept.
 */
export function siteClock(timeZone: string): (moment: Moment) => string {
  const offsets = new Map<number, number>();
  return ({ epochSeconds }) => {
    const quarter = Math.floor(epochSeconds / QUARTER_HOUR_SECONDS);
    const offsetMinutes =
      offsets.get(quarter) ?? offsetMinutesAt(timeZone, quarter * QUARTER_HOUR_SECONDS);
    offsets.set(quarter, offsetMinutes);
    return formatRfc3339({ epochSeconds, offsetMinutes }).slice(0, MINUTE_LENGTH);
  };
}
