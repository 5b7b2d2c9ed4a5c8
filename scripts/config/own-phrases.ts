import type { DatePatterns, OwnPhrases } from "../../src/domain/site.ts";
import { ENGLISH } from "../../src/render/phrases/english.ts";
import { spokenPhrases } from "../../src/render/phrases/phrases-for.ts";
import { nearestName } from "../terminal/nearest-name.ts";

/** The setting `phrases`: texts by name, in groups and alone. */
export type WrittenPhrases = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/** What is not translated but taken from the language itself. */
const NOT_WRITTEN = new Set(["language", "thousands", "dates"]);
const MONTHS = 12;
const YEAR = 2022;
const WHOLE_DAY = { year: "numeric", month: "long", day: "numeric" } as const;
const DATE_PARTS = new Set(["year", "month", "day", "hour", "minute"]);

/** All texts that a site may have of its own, by their names in the setting: what the code calls them, and what they are in English. */
export const PHRASES_TO_WRITE: ReadonlyMap<
  string,
  { readonly key: string; readonly text: string }
> = new Map(
  Object.entries(ENGLISH)
    .filter(([name]) => !NOT_WRITTEN.has(name))
    .flatMap(([name, text]) => flattened({ [name]: text as WrittenPhrases[string] }))
    .map(([key, text]) => [nameInSettings(key), { key, text }]),
);

/** What is wrong with a site's own phrases, each with what to do. */
export function faultsOfPhrases(
  written: WrittenPhrases,
): readonly { readonly what: string; readonly advice: string }[] {
  return flattened(written).flatMap(([name, text]) => {
    const original = PHRASES_TO_WRITE.get(name)?.text;
    if (original === undefined) {
      const near = nearestName(name, [...PHRASES_TO_WRITE.keys()]);
      const advice = near === null ? "docs/phrases.toml has all names" : `did you mean "${near}"?`;
      return { what: `There is no phrase "${name}"`, advice };
    }
    if (placeholdersIn(original) === placeholdersIn(text) || name.endsWith(".one")) return [];
    const what = `The phrase "${name}" is ${JSON.stringify(text)}`;
    return {
      what,
      advice: `write it with the same words in braces as ${JSON.stringify(original)}`,
    };
  });
}

/** A site's own phrases, with the dates and numbers of its language. */
export function ownPhrases(written: WrittenPhrases, language: string): OwnPhrases {
  const spoken = spokenPhrases(language);
  return {
    language,
    words: Object.fromEntries(
      flattened(written).map(([name, text]) => [PHRASES_TO_WRITE.get(name)?.key ?? name, text]),
    ),
    thousands: spoken?.thousands ?? thousandsMark(language),
    dates: spoken?.dates ?? datePatterns(language),
  };
}

/**
 * How a language writes dates, by what Node knows of it (the Unicode CLDR): in the Gregorian calendar and European figures, as
 * the addresses of the archive are.
 */
export function datePatterns(language: string): DatePatterns {
  const locale = new Intl.Locale(language, { calendar: "gregory", numberingSystem: "latn" });
  const partsOf = (options: Intl.DateTimeFormatOptions, month = 0): Intl.DateTimeFormatPart[] =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).formatToParts(
      Date.UTC(YEAR, month),
    );
  const pattern = (options: Intl.DateTimeFormatOptions): string =>
    partsOf(options)
      .map(({ type, value }) => (DATE_PARTS.has(type) ? `{${type}}` : value))
      .join("");
  const months = Array.from({ length: MONTHS }, (_, month) => month);
  const monthsAlone = months.map((month) =>
    partsOf({ month: "long" }, month)
      .map(({ value }) => value)
      .join(""),
  );
  const day = pattern(WHOLE_DAY);
  const withTime = pattern({ ...WHOLE_DAY, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const dayAndTime = withTime.replace(day, "{day}").replace(/\{hour\}.*\{minute\}/, "{time}");
  const [january = ""] = monthsAlone;
  const monthAlone = partsOf({ year: "numeric", month: "long" })
    .map(({ type, value }) => (type === "year" ? "{year}" : value))
    .join("")
    .replace(january, "{month}");
  return {
    months: months.map(
      (month) => partsOf(WHOLE_DAY, month).find(({ type }) => type === "month")?.value ?? "",
    ),
    monthsAlone,
    year: pattern({ year: "numeric" }),
    month: monthAlone.includes("{month}")
      ? monthAlone
      : pattern({ year: "numeric", month: "long" }),
    day,
    dayOfMonth: pattern({ day: "numeric" }),
    dayAndTime: /\{(?:year|month)\}/.test(dayAndTime) ? "{day} {time}" : dayAndTime,
  };
}

function thousandsMark(language: string): string {
  const locale = new Intl.Locale(language, { numberingSystem: "latn" });
  const parts = new Intl.NumberFormat(locale).formatToParts(1_000_000);
  return parts.find(({ type }) => type === "group")?.value ?? "";
}

function flattened(written: WrittenPhrases): readonly (readonly [name: string, text: string])[] {
  return Object.entries(written).flatMap(([name, text]) =>
    typeof text === "string"
      ? [[name, text] as const]
      : Object.entries(text).map(([inner, own]) => [`${name}.${inner}`, own] as const),
  );
}

/** `more_from` for `moreFrom`, as all settings are written. */
function nameInSettings(key: string): string {
  return key.replaceAll("-", "_").replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function placeholdersIn(text: string): string {
  return Array.from(text.matchAll(/\{\w+\}/g), ([placeholder]) => placeholder)
    .toSorted()
    .join(" ");
}
