const MILLISECONDS_PER_DAY = 86_400_000;
const DAY_LENGTH = "2022-01-10".length;

/** Days from 1970-01-01 to a calendar date, negative before; null where there is no such date (a 30 February). */
export function dayNumber(year: number, month: number, day: number): number | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.getTime() / MILLISECONDS_PER_DAY : null;
}

/** The calendar date of a day number, as `2022-01-10`. */
export function formatDayNumber(day: number): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, DAY_LENGTH);
}

/** The day number of a text that begins with a calendar date that exists, as `formatDayNumber` writes it. */
export function parseDayNumber(text: string): number {
  return Math.floor(Date.parse(text.slice(0, DAY_LENGTH)) / MILLISECONDS_PER_DAY);
}
