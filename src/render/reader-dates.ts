import type { Moment } from "../domain/moment.ts";
import { formatRfc3339, wallClock } from "../domain/moment.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";

/** How a language writes dates. Months count from 1. */
export interface DateStyle {
  year(year: number): string;
  month(year: number, month: number): string;
  day(year: number, month: number, day: number): string;
  /** A month whose year is shown already. */
  monthOfYear(month: number): string;
  /** A day whose month is shown already. */
  dayOfMonth(day: number): string;
  /** Joins a day and a time of day such as `07:35`. */
  dayAndTime(day: string, time: string): string;
}

/** A point in time as people read it, by the writer's clock. Exactly midnight means a date without a time. */
export function renderTime(moment: Moment, style: DateStyle): Markup {
  const written = formatRfc3339(moment);
  const [, minute = "", second = ""] = /T(..:..):(..)/.exec(written) ?? [];
  const day = readerDay(moment, style);
  const text = `${minute}:${second}` === "00:00:00" ? day : style.dayAndTime(day, minute);
  return markup`<time datetime="${written}">${text}</time>`;
}

/** The day of a point in time, by the writer's clock. */
export function readerDay(moment: Moment, style: DateStyle): string {
  const clock = wallClock(moment);
  return style.day(clock.getUTCFullYear(), clock.getUTCMonth() + 1, clock.getUTCDate());
}

/** The name of an archive page (`2022`, `2022-01`, `2022-01-10`, `2022-01-10T07` or `2022-01-10T07:35`) as people read it. */
export function readerPage(page: string, style: DateStyle): string {
  const [date = "", time] = page.split("T");
  const [year = 0, month, day] = date.split("-").map(Number);
  if (month === undefined) return style.year(year);
  if (day === undefined) return style.month(year, month);
  const readableDay = style.day(year, month, day);
  return time === undefined ? readableDay : style.dayAndTime(readableDay, readerHour(time));
}

/** The last part of an archive page's name, where the other parts are shown already: `1月`, `10日`, `07:00`. */
export function readerPagePart(page: string, style: DateStyle): string {
  const [date = "", time] = page.split("T");
  if (time !== undefined) return readerHour(time);
  const [year = 0, month, day] = date.split("-").map(Number);
  if (day !== undefined) return style.dayOfMonth(day);
  return month === undefined ? style.year(year) : style.monthOfYear(month);
}

/** `07:00` for the hour `07`. */
function readerHour(time: string): string {
  return time.length > 2 ? time : `${time}:00`;
}
