import type { Moment } from "../../src/domain/moment.ts";
import { offsetMinutesAt } from "../../src/domain/time-zone.ts";
import { readArticleDate } from "../read/dates/article-date.ts";

/** Clocks of languages that are spoken in one zone, or nearly so. */
const ZONES: Readonly<Record<string, string>> = {
  "zh-TW": "Asia/Taipei",
  "zh-HK": "Asia/Hong_Kong",
  zh: "Asia/Shanghai",
  ja: "Asia/Tokyo",
  ko: "Asia/Seoul",
};
const NO_ZONE = /^(?:Etc\/)?(?:UTC|GMT|Universal|Zulu)$/;
/** Zones of whole hours, as the database of zones calls them: `Etc/GMT-8` is eight hours before Greenwich. */
const HOURS = Array.from({ length: 27 }, (_, index) => {
  const hours = index - 12;
  return `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
});

/**
 * The zone by which the dates of most articles were written, of the machine's and the language's; else the hours that most dates name. Where
 * dates name none, it is the machine's, or on servers, which have none, the language's.
 *
 * @param dates as articles write them
 */
export function guessTimeZone(
  language: string,
  ofMachine: string,
  dates: readonly string[],
): string {
  const ofLanguage = ZONES[language] ?? ZONES[language.split("-")[0] ?? ""] ?? "UTC";
  const usual = NO_ZONE.test(ofMachine) ? [ofLanguage] : [ofMachine, ofLanguage];
  const moments = dates.flatMap((text) => {
    const read = readArticleDate(text, "UTC");
    return read.ok && read.value.hasZone ? [read.value.moment] : [];
  });
  const isOfMost = (some: readonly Moment[]): boolean => 2 * some.length > moments.length;
  const byDates = [...usual, ...HOURS].find((zone) =>
    isOfMost(
      moments.filter(
        ({ epochSeconds, offsetMinutes }) => offsetMinutesAt(zone, epochSeconds) === offsetMinutes,
      ),
    ),
  );
  return byDates ?? usual[0] ?? "UTC";
}
