/** `1:02:03`, `14:02`, `00:14:02.500`. */
const CLOCK = /^(?:(?<hours>\d{1,3}):)?(?<minutes>\d{1,3}):(?<seconds>[0-5]?\d)(?:[.,]\d+)?$/;
/** `842`, `842.5`, `842 s`. */
const SECONDS = /^(?<seconds>\d{1,6})(?:[.,]\d+)?\s*(?:s|sec|secs|seconds?|秒)?$/i;
/** `PT14M2S`, `1h 2m 3s`, `32 min`, `1小时20分`. */
const WORDS =
  /^(?:PT)?\s*(?:(?<hours>\d{1,3})\s*(?:h|hrs?|hours?|小时|时))?\s*(?:(?<minutes>\d{1,4})\s*(?:m|mins?|minutes?|分钟|分))?\s*(?:(?<seconds>\d{1,5})\s*(?:s|secs?|seconds?|秒))?\.?$/i;

/** In UTF-16 units; blanks without end would take `WORDS` very long. */
const LONGEST = 40;

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3600;

/** A duration in whole seconds, as people write it; null where nothing is written, or none of these. */
export function readDuration(written: string | null): number | null {
  const text = written?.trim() ?? "";
  if (text === "" || text.length > LONGEST) return null;
  const parts = (CLOCK.exec(text) ?? SECONDS.exec(text) ?? WORDS.exec(text))?.groups;
  if (parts === undefined) return null;
  const { hours = "0", minutes = "0", seconds = "0" } = parts;
  const total =
    Number(hours) * SECONDS_PER_HOUR + Number(minutes) * SECONDS_PER_MINUTE + Number(seconds);
  return total > 0 ? total : null;
}
