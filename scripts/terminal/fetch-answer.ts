import { parseHttpDate } from "../../src/domain/http-date.ts";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { seconds } from "./break-silence.ts";
import { errorDetail } from "./error-detail.ts";
import type { IO } from "./io.ts";

/** The outcome of a request. */
export interface Answer {
  /** 0 if there was no answer. */
  readonly status: number;
  /** The server's reason phrase, or the network's message if there was no answer. */
  readonly statusText: string;
  /** Whether the status is 2xx. */
  readonly isOk: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether there was no answer because none came in time. */
  readonly isLate: boolean;
  /** Whether repeating the request may help: there was no answer, or 429 or 5xx. */
  readonly isBusy: boolean;
  /** How long the server asks to wait; null if it does not. */
  readonly retryAfterMilliseconds: number | null;
}

/** How often a request is made at most, and how long to wait in between. */
export interface Patience {
  readonly attempts: number;
  /** The wait before the second attempt; it doubles before every further one. */
  readonly firstWaitMilliseconds: number;
}

const TOO_MANY = 429;
const SERVER_ERRORS = 500;
const LONGEST_WAIT_MILLISECONDS = 60_000;
/** A wait of this length is long enough for people to want to know why. */
const LONG_WAIT_MILLISECONDS = 2000;

/** Makes a request and reads all of its answer, within a time. Never throws: without an answer the status is 0. */
export async function fetchAnswer(
  url: string,
  init: RequestInit,
  timeoutMilliseconds: number,
  io: Pick<IO, "fetch" | "now" | "startWait">,
): Promise<Answer> {
  const { origin, pathname } = new URL(url);
  const what = `${init.method ?? "GET"} ${origin}${pathname}`;
  using wait = io.startWait(what, timeoutMilliseconds);
  try {
    const response = await io.fetch(url, { ...init, signal: wait.signal });
    const { status, statusText, headers } = response;
    return {
      status,
      statusText,
      isOk: response.ok,
      bytes: new Uint8Array(await response.arrayBuffer()),
      isLate: false,
      isBusy: status === TOO_MANY || status >= SERVER_ERRORS,
      retryAfterMilliseconds: readRetryAfter(headers.get("Retry-After") ?? "", io.now()),
    };
  } catch (error) {
    const isLate = wait.signal.aborted;
    return {
      status: 0,
      statusText: isLate ? `no answer within ${seconds(timeoutMilliseconds)}` : errorDetail(error),
      isOk: false,
      bytes: new Uint8Array(),
      isLate,
      isBusy: true,
      retryAfterMilliseconds: null,
    };
  }
}

/** Status and text, such as `503 out of order`, or why there was no answer. */
export function describeAnswer({ status, statusText, bytes }: Answer): string {
  return status === 0 ? statusText : `${status} ${describeText(bytes)}`.trim();
}

/** The beginning of a text, or the title of a page. */
export function describeText(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const [, title] = /<title[^>]*>([^<]*)/i.exec(text) ?? [];
  if (title !== undefined) return `a page, "${title.trim()}"`;
  return text.slice(0, 200).replaceAll(/\s+/g, " ").trim();
}

/**
 * Repeats a request while the server is busy, after waits that double or that `Retry-After` asks for.
 *
 * @param what whom it asks, for people
 * @param onLongWait called before a long wait, with the answer and the number of the next attempt, and the milliseconds until then
 * @returns the last answer, which may be that the server is still busy
 */
export async function askPatiently(
  what: string,
  ask: () => Promise<Answer>,
  { attempts, firstWaitMilliseconds }: Patience,
  io: Pick<IO, "wait" | "random">,
  onLongWait: (answer: Answer, nextAttempt: number, wait: number) => void = () => undefined,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    if (!answer.isBusy || attempt === attempts) return answer;
    // Waits vary by half, so that clients refused together do not return together.
    const backOff = firstWaitMilliseconds * 2 ** (attempt - 1) * (0.5 + io.random());
    const wait = Math.min(answer.retryAfterMilliseconds ?? backOff, LONGEST_WAIT_MILLISECONDS);
    if (wait >= LONG_WAIT_MILLISECONDS) onLongWait(answer, attempt + 1, wait);
    await io.wait(wait, `another attempt at ${what}`);
  }
}

/**
 * Reads `Retry-After`, which is seconds or a date (RFC 9110, section 10.2.3). Null if it is neither.
 *
 * @param now milliseconds since 1970
 * @returns milliseconds to wait
 */
function readRetryAfter(header: string, now: number): number | null {
  if (/^\d+$/.test(header)) return Number(header) * MILLISECONDS_PER_SECOND;
  const at = parseHttpDate(header);
  return at === null ? null : Math.max(0, at * MILLISECONDS_PER_SECOND - now);
}
