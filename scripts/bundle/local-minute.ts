import type { Moment } from "../../src/domain/moment.ts";
import { formatRfc3339 } from "../../src/domain/moment.ts";
import { offsetMinutesAt } from "../../src/domain/time-zone.ts";

const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_HOUR = 60;
const MINUTES_PER_DAY = 1440;
const SECONDS_PER_DAY = MINUTES_PER_DAY * SECONDS_PER_MINUTE;
const DAY = /^\d{4}-\d{2}-\d{2}T/;
const MINUTE_LENGTH = "2022-01-10T07:35".length;

/**
 * Gives the date and time of a moment in a time zone, as `2022-01-10T07:35`. Mostly it is asked for moments of one day one after the
 * other: the day, and its offset where that stays the same, are found once.
 */
export function createLocalMinute(timeZone: string): (moment: Moment) => string {
  const offsetAt = rememberedOffset(timeZone);
  let [lastDay, lastWritten, isUsual] = [Number.NaN, "", false];
  return ({ epochSeconds }) => {
    const offsetMinutes = offsetAt(epochSeconds);
    const minutes = Math.floor(epochSeconds / SECONDS_PER_MINUTE) + offsetMinutes;
    const day = Math.floor(minutes / MINUTES_PER_DAY);
    if (day !== lastDay) {
      lastDay = day;
      lastWritten = writtenDay(day);
      isUsual = DAY.test(lastWritten);
    }
    if (isUsual) return lastWritten + (TIMES[minutes - day * MINUTES_PER_DAY] ?? "");
    return formatRfc3339({ epochSeconds, offsetMinutes }).slice(0, MINUTE_LENGTH);
  };
}

/** `offsetMinutesAt` of a zone, which is asked once for a day at whose ends it is the same, and so between them. */
function rememberedOffset(timeZone: string): (epochSeconds: number) => number {
  let [steadyDay, steadyOffset] = [Number.NaN, 0];
  return (epochSeconds) => {
    const day = Math.floor(epochSeconds / SECONDS_PER_DAY);
    if (day === steadyDay) return steadyOffset;
    const [first, last] = [day, day + 1].map((each) =>
      offsetMinutesAt(timeZone, each * SECONDS_PER_DAY),
    );
    if (first === undefined || first !== last) return offsetMinutesAt(timeZone, epochSeconds);
    [steadyDay, steadyOffset] = [day, first];
    return first;
  };
}

function writtenDay(day: number): string {
  const midnight = formatRfc3339({ epochSeconds: day * SECONDS_PER_DAY, offsetMinutes: 0 });
  return midnight.slice(0, "2022-01-10T".length);
}

/** The times of a day, by its minutes. */
const TIMES = Array.from({ length: MINUTES_PER_DAY }, (_, minute) => {
  const hour = Math.floor(minute / MINUTES_PER_HOUR);
  return `${twoDigits(hour)}:${twoDigits(minute - hour * MINUTES_PER_HOUR)}`;
});

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
