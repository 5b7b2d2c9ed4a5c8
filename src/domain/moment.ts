/** A point in time, with the offset of the clock that wrote it, so that `07:35:33 +0800` is shown as such. */
export interface Moment {
  /** Whole seconds since 1970-01-01T00:00:00Z; negative before. */
  readonly epochSeconds: number;
  /** Minutes east of Greenwich. */
  readonly offsetMinutes: number;
}

const SECONDS_PER_MINUTE = 60;
const MINUTES_PER_HOUR = 60;
export const MILLISECONDS_PER_SECOND = 1000;

const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** The writer's wall clock at `moment`: a `Date` whose UTC fields hold the local date and time. */
export function wallClock(moment: Moment): Date {
  return new Date(
    (moment.epochSeconds + moment.offsetMinutes * SECONDS_PER_MINUTE) * MILLISECONDS_PER_SECOND,
  );
}

/** The last text that was made: a page of an article shows the same moment four times. */
let lastMoment: Moment = { epochSeconds: NaN, offsetMinutes: 0 };
let lastText = "";

/** `2022-01-10T07:35:33+08:00` (RFC 3339, section 5.6), for Atom, JSON Feed and HTML. */
export function formatRfc3339(moment: Moment): string {
  const { epochSeconds, offsetMinutes } = moment;
  if (epochSeconds === lastMoment.epochSeconds && offsetMinutes === lastMoment.offsetMinutes) {
    return lastText;
  }
  const clock = wallClock(moment).toISOString().slice(0, -".000Z".length);
  [lastMoment, lastText] = [moment, clock + offset(offsetMinutes, ":")];
  return lastText;
}

/** `Mon, 10 Jan 2022 07:35:33 +0800` (RFC 822 with RFC 2822's four-digit year), for RSS. */
export function formatRfc822(moment: Moment): string {
  const clock = wallClock(moment).toUTCString().slice(0, -"GMT".length);
  return clock + offset(moment.offsetMinutes, "");
}

/** `Sun, 09 Jan 2022 23:35:33 GMT` (RFC 9110, section 5.6.7), for `Last-Modified`. */
export function formatHttpDate(epochSeconds: number): string {
  return new Date(epochSeconds * MILLISECONDS_PER_SECOND).toUTCString();
}

/** `2022-01-10`, by the writer's clock. */
export function formatDay(moment: Moment): string {
  return dayOf(wallClock(moment));
}

function dayOf(clock: Date): string {
  const year = String(clock.getUTCFullYear()).padStart(4, "0");
  return `${year}-${twoDigits(clock.getUTCMonth() + 1)}-${twoDigits(clock.getUTCDate())}`;
}

function offset(offsetMinutes: number, separator: string): string {
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? "-" : "+"}${twoDigits(Math.floor(size / MINUTES_PER_HOUR))}${separator}${twoDigits(size % MINUTES_PER_HOUR)}`;
}
