import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { parseHttpDate } from "../../src/domain/http-date.ts";

/**
 * How long a server asks to wait, in milliseconds; null where the header says nothing that can be understood. RFC 9110,
 * section 10.2.3: seconds or a date.
 *
 * @param header the value of `Retry-After`, empty where there is none
 * @param now milliseconds since 1970
 */
export function readRetryAfter(header: string, now: number): number | null {
  if (/^\d+$/.test(header)) return Number(header) * MILLISECONDS_PER_SECOND;
  const at = parseHttpDate(header);
  return at === null ? null : Math.max(0, at * MILLISECONDS_PER_SECOND - now);
}
