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

const SECONDS_PER_DAY = 86_400;
const SECONDS_PER_HOUR = 3600;
const MOST_TWO_DIGITS = 100;

/** `00` to `99`: to write a number and fill it up takes longer than all else of a date. */
const TWO_DIGITS = Array.from({ length: MOST_TWO_DIGITS }, (_, value) =>
  String(value).padStart(2, "0"),
);

const twoDigits = (value: number): string => TWO_DIGITS[value] ?? String(value);

/** The writer's wall clock at `moment`: a `Date` whose UTC fields hold the local date and time. */
export function wallClock(moment: Moment): Date {
  return new Date(localSeconds(moment) * MILLISECONDS_PER_SECOND);
}

function localSeconds({ epochSeconds, offsetMinutes }: Moment): number {
  return epochSeconds + offsetMinutes * SECONDS_PER_MINUTE;
}

/** `2022-01-10T07:35:33+08:00` (RFC 3339, section 5.6), for Atom, JSON Feed and HTML. */
export function formatRfc3339(moment: Moment): string {
  const seconds = localSeconds(moment);
  return `${isoDays(seconds)}T${timeOf(seconds)}${offset(moment.offsetMinutes, ":")}`;
}

/** `Mon, 10 Jan 2022 07:35:33 +0800` (RFC 822 with RFC 2822's four-digit year), for RSS. */
export function formatRfc822(moment: Moment): string {
  const seconds = localSeconds(moment);
  return `${mailDays(seconds)} ${timeOf(seconds)} ${offset(moment.offsetMinutes, "")}`;
}

const isoDays = dayWriter((clock) => clock.toISOString().slice(0, -"T00:00:00.000Z".length));
const plainDays = dayWriter(dayOf);
const mailDays = dayWriter((clock) => clock.toUTCString().slice(0, -" 00:00:00 GMT".length));

const MOST_DAYS = 10_000;

/**
 * A function that writes the day of a moment, each once, because the runtime takes its time for it, and the articles of a
 * page or a feed are mostly of few days.
 */
function dayWriter(write: (midnight: Date) => string): (seconds: number) => string {
  const known = new Map<number, string>();
  return (seconds) => {
    const day = Math.floor(seconds / SECONDS_PER_DAY);
    const found = known.get(day);
    if (found !== undefined) return found;
    const written = write(new Date(day * SECONDS_PER_DAY * MILLISECONDS_PER_SECOND));
    if (known.size < MOST_DAYS) known.set(day, written);
    return written;
  };
}

/** `07:35:33` */
function timeOf(seconds: number): string {
  const time = seconds - Math.floor(seconds / SECONDS_PER_DAY) * SECONDS_PER_DAY;
  const hour = Math.floor(time / SECONDS_PER_HOUR);
  const minute = Math.floor((time % SECONDS_PER_HOUR) / SECONDS_PER_MINUTE);
  return `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(time % SECONDS_PER_MINUTE)}`;
}

/** `Sun, 09 Jan 2022 23:35:33 GMT` (RFC 9110, section 5.6.7), for `Last-Modified`. */
export function formatHttpDate(epochSeconds: number): string {
  return new Date(epochSeconds * MILLISECONDS_PER_SECOND).toUTCString();
}

/** `2022-01-10`, by the writer's clock. */
export function formatDay(moment: Moment): string {
  return plainDays(localSeconds(moment));
}

function dayOf(clock: Date): string {
  const year = String(clock.getUTCFullYear()).padStart(4, "0");
  return `${year}-${twoDigits(clock.getUTCMonth() + 1)}-${twoDigits(clock.getUTCDate())}`;
}

function offset(offsetMinutes: number, separator: string): string {
  const size = Math.abs(offsetMinutes);
  return `${offsetMinutes < 0 ? "-" : "+"}${twoDigits(Math.floor(size / MINUTES_PER_HOUR))}${separator}${twoDigits(size % MINUTES_PER_HOUR)}`;
}
