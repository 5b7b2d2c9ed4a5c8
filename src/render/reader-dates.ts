import type { DatePatterns } from "../domain/site.ts";
import type { Moment } from "../domain/moment.ts";
import { formatRfc3339, wallClock } from "../domain/moment.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { filled } from "./phrases/filled.ts";

/** A point in time as people read it, by the writer's clock. Exactly midnight means a date without a time. */
export function renderTime(moment: Moment, dates: DatePatterns): Markup {
  const written = formatRfc3339(moment);
  const [, minute = "", second = ""] = /T(..:..):(..)/.exec(written) ?? [];
  const day = readerDay(moment, dates);
  const text =
    `${minute}:${second}` === "00:00:00" ? day : filled(dates.dayAndTime, { day, time: minute });
  return markup`<time datetime="${written}">${text}</time>`;
}

/** The day of a point in time, by the writer's clock. */
export function readerDay(moment: Moment, dates: DatePatterns): string {
  const clock = wallClock(moment);
  return dayText(clock.getUTCFullYear(), clock.getUTCMonth() + 1, clock.getUTCDate(), dates);
}

/** The name of an archive page (`2022`, `2022-01`, `2022-01-10`, `2022-01-10T07` or `2022-01-10T07:35`) as people read it. */
export function readerPage(page: string, dates: DatePatterns): string {
  const [date = "", time] = page.split("T");
  const [year = 0, month, day] = date.split("-").map(Number);
  if (month === undefined) return filled(dates.year, { year });
  if (day === undefined) return filled(dates.month, { year, month: monthAlone(month, dates) });
  const whole = dayText(year, month, day, dates);
  return time === undefined
    ? whole
    : filled(dates.dayAndTime, { day: whole, time: readerHour(time) });
}

/** The last part of an archive page's name, where the other parts are shown already: `1月`, `10日`, `07:00`. */
export function readerPagePart(page: string, dates: DatePatterns): string {
  const [date = "", time] = page.split("T");
  if (time !== undefined) return readerHour(time);
  const [year = 0, month, day] = date.split("-").map(Number);
  if (day !== undefined) return filled(dates.dayOfMonth, { day });
  return month === undefined ? filled(dates.year, { year }) : monthAlone(month, dates);
}

function dayText(year: number, month: number, day: number, dates: DatePatterns): string {
  return filled(dates.day, { year, month: dates.months[month - 1] ?? month, day });
}

function monthAlone(month: number, dates: DatePatterns): string {
  return dates.monthsAlone[month - 1] ?? String(month);
}

/** `07:00` for the hour `07`. */
function readerHour(time: string): string {
  return time.length > 2 ? time : `${time}:00`;
}
