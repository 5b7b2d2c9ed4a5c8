import type { PermalinkFailure } from "../read/old-urls/permalink.ts";
import { PLACEHOLDER_NAMES } from "../read/old-urls/permalink.ts";
import { nearestName } from "../terminal/nearest-name.ts";

export const PERMALINK_ADVICE = `write one of date, pretty, ordinal, weekdate, none, or a template with Jekyll's placeholders: "/:year/:month/:title/"`;

/** What to write instead of a permalink that cannot be read. */
export function permalinkAdvice({ placeholder }: PermalinkFailure): string {
  const near = nearestName(placeholder.slice(1), PLACEHOLDER_NAMES);
  const advice = near === null ? PERMALINK_ADVICE : `did you mean ":${near}"?`;
  return `Jekyll knows no placeholder "${placeholder}"; ${advice}`;
}
