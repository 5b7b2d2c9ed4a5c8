import type { DatePatterns } from "../../domain/site.ts";

const MONTHS = Array.from({ length: 12 }, (_, index) => `${index + 1}月`);

/** Dates in Chinese and Japanese. */
export const CHINESE_DATES: DatePatterns = {
  months: MONTHS,
  monthsAlone: MONTHS,
  year: "{year}年",
  month: "{year}年{month}",
  day: "{year}年{month}{day}日",
  dayOfMonth: "{day}日",
  dayAndTime: "{day} {time}",
};
