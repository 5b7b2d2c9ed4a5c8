import { dayNumber } from "./day-number.ts";

/**
 * The number that the newspaper system gave an article: `NW` and 18 digits, or the 18 digits alone, beginning with the
 * day. Old share links carry it (`NewsShare.html?infoCode=NW202201102241157038`), and so do file names.
 */
const LEGACY_CODE = /^(?:nw)?(\d{4})(\d{2})(\d{2})\d{10}$/i;

/** The canonical spelling of a legacy code; null where `text` is not one. */
export function parseLegacyCode(text: string): string | null {
  return LEGACY_CODE.test(text) ? text.toUpperCase() : null;
}

/** The day number that a legacy code begins with; null where those digits are no date. */
export function dayOfLegacyCode(code: string): number | null {
  const [, year, month, day] = LEGACY_CODE.exec(code) ?? [];
  return dayNumber(Number(year), Number(month), Number(day));
}
