import type { Moment } from "../../src/domain/moment.ts";
import { formatRfc3339 } from "../../src/domain/moment.ts";
import { offsetMinutesAt } from "../read/dates/time-zone.ts";

const MINUTE_LENGTH = "2022-01-10T07:35".length;

/** A clock on the publisher's wall: what it reads at a moment, as `2022-01-10T07:35`. */
export function siteClock(timeZone: string): (moment: Moment) => string {
  return ({ epochSeconds }) => {
    const offsetMinutes = offsetMinutesAt(timeZone, epochSeconds);
    return formatRfc3339({ epochSeconds, offsetMinutes }).slice(0, MINUTE_LENGTH);
  };
}
