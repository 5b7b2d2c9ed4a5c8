import type { Moment } from "../../src/domain/moment.ts";
import { formatRfc3339 } from "../../src/domain/moment.ts";
import { offsetMinutesAt } from "../../src/domain/time-zone.ts";

const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1440;
const DAY = /^\d{4}-\d{2}-\d{2}T/;
const MINUTE_LENGTH = "2022-01-10T07:35".length;

/** Gives the date and time of a moment in a time zone, as `2022-01-10T07:35`. A day is written once for all of its articles. */
export function createLocalMinute(timeZone: string): (moment: Moment) => string {
  const days = new Map<number, string>();
  const dayOf = (day: number): string => {
    const seconds = day * MINUTES_PER_DAY * SECONDS_PER_MINUTE;
    return formatRfc3339({ epochSeconds: seconds, offsetMinutes: 0 }).slice(
      0,
      "2022-01-10T".length,
    );
  };
  return ({ epochSeconds }) => {
    const offsetMinutes = offsetMinutesAt(timeZone, epochSeconds);
    const minutes = Math.floor(epochSeconds / SECONDS_PER_MINUTE) + offsetMinutes;
    const day = Math.floor(minutes / MINUTES_PER_DAY);
    const written = days.get(day) ?? dayOf(day);
    days.set(day, written);
    if (!DAY.test(written)) {
      return formatRfc3339({ epochSeconds, offsetMinutes }).slice(0, MINUTE_LENGTH);
    }
    const minute = minutes - day * MINUTES_PER_DAY;
    const hour = Math.floor(minute / MINUTES_PER_HOUR);
    return `${written}${twoDigits(hour)}:${twoDigits(minute - hour * MINUTES_PER_HOUR)}`;
  };
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
