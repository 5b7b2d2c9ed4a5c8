import { MILLISECONDS_PER_SECOND } from "./moment.ts";
import type { Moment } from "./moment.ts";

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3600;

/** Zones change their offset only at whole quarters of an hour, at least since there have been computers. */
const SECONDS_PER_QUARTER_HOUR = 900;
/** No zone has ever changed its offset twice within a day, so equal offsets at both ends hold all day. */
const SECONDS_PER_DAY = 86_400;

const formats = new Map<string, Intl.DateTimeFormat>();
/** Known offsets by zone and instant, since the time-zone database is slow. */
const knownOffsets = new Map<string, Map<number, number>>();

/** A zone's offset at an instant, in minutes east of Greenwich; seconds, which some zones once had, are rounded. */
export function offsetMinutesAt(timeZone: string, epochSeconds: number): number {
  const day = Math.floor(epochSeconds / SECONDS_PER_DAY) * SECONDS_PER_DAY;
  const before = knownOffset(timeZone, day);
  if (before === knownOffset(timeZone, day + SECONDS_PER_DAY)) return before;
  const quarters = Math.floor(epochSeconds / SECONDS_PER_QUARTER_HOUR);
  return knownOffset(timeZone, quarters * SECONDS_PER_QUARTER_HOUR);
}

function knownOffset(timeZone: string, epochSeconds: number): number {
  const offsets = knownOffsets.get(timeZone) ?? new Map<number, number>();
  knownOffsets.set(timeZone, offsets);
  const offset = offsets.get(epochSeconds) ?? askOffset(timeZone, epochSeconds);
  offsets.set(epochSeconds, offset);
  return offset;
}

function askOffset(timeZone: string, epochSeconds: number): number {
  const name = formatFor(timeZone)
    .formatToParts(epochSeconds * MILLISECONDS_PER_SECOND)
    .find(({ type }) => type === "timeZoneName");
  const [, sign, hours, minutes, seconds] =
    /([+-])(\d+):(\d+)(?::(\d+))?/.exec(name?.value ?? "") ?? [];
  const total =
    Number(hours ?? 0) * SECONDS_PER_HOUR +
    Number(minutes ?? 0) * SECONDS_PER_MINUTE +
    Number(seconds ?? 0);
  return Math.round(total / SECONDS_PER_MINUTE) * (sign === "-" ? -1 : 1) + 0;
}

/**
 * The moment at which the clocks of a zone show `wallSeconds`, which is counted as if they showed UTC. In an hour that
 * occurs twice it is the first occurrence; an hour that is skipped is read with the offset from before it.
 */
export function momentOfWallClock(timeZone: string, wallSeconds: number): Moment {
  const candidates = [-SECONDS_PER_DAY, SECONDS_PER_DAY].map((side) => {
    const offsetMinutes = offsetMinutesAt(timeZone, wallSeconds + side);
    return { epochSeconds: wallSeconds - offsetMinutes * SECONDS_PER_MINUTE, offsetMinutes };
  });
  const exact = candidates.find(
    ({ epochSeconds, offsetMinutes }) => offsetMinutesAt(timeZone, epochSeconds) === offsetMinutes,
  );
  if (exact !== undefined) return exact;
  const epochSeconds = candidates[0]?.epochSeconds ?? wallSeconds;
  return { epochSeconds, offsetMinutes: offsetMinutesAt(timeZone, epochSeconds) };
}

/** Whether a name is an IANA time zone that this machine knows. */
export function isTimeZone(name: string): boolean {
  try {
    formatFor(name);
    return true;
  } catch {
    return false;
  }
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const options = { timeZone, timeZoneName: "longOffset" } as const;
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", options);
  formats.set(timeZone, format);
  return format;
}

/** The day of an instant by a zone's clock, as the number of days since 1970-01-01. */
export function localDay(timeZone: string, epochSeconds: number): number {
  const wall = epochSeconds + offsetMinutesAt(timeZone, epochSeconds) * SECONDS_PER_MINUTE;
  return Math.floor(wall / SECONDS_PER_DAY);
}

/** When a day begins by a zone's clock. */
export function startOfDay(timeZone: string, day: number): Moment {
  return momentOfWallClock(timeZone, day * SECONDS_PER_DAY);
}
