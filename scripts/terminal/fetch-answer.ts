import { parseHttpDate } from "../../src/domain/http-date.ts";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { errorDetail } from "./error-detail.ts";
import type { IO } from "./io.ts";

/** What came of a request. */
export interface Answer {
  /** 0 where there was no answer. */
  readonly status: number;
  /** What the server calls its status, or in the network's words why there was no answer. */
  readonly statusText: string;
  /** Whether the status is one of success. */
  readonly isOk: boolean;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether the same request may get another answer a little later: there was none, or 429 or 5xx. */
  readonly isBusy: boolean;
  /** How long the server asks to wait; null where it does not. */
  readonly retryAfterMilliseconds: number | null;
}

/** How often a request is made at most. */
export interface Patience {
  readonly attempts: number;
  /** Before the second attempt; then it doubles. */
  readonly firstWaitMilliseconds: number;
}

const TOO_MANY = 429;
const SERVER_ERRORS = 500;
const LONGEST_WAIT_MILLISECONDS = 60_000;
/** Whoever waits longer wants to know why. */
const LONG_WAIT_MILLISECONDS = 2000;

/** Fetches an answer with all of its bytes. */
export async function fetchAnswer(
  url: string,
  init: RequestInit,
  timeoutMilliseconds: number,
  io: Pick<IO, "fetch" | "now">,
): Promise<Answer> {
  try {
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    const response = await io.fetch(url, { ...init, signal });
    const { status, statusText, headers } = response;
    return {
      status,
      statusText,
      isOk: response.ok,
      bytes: new Uint8Array(await response.arrayBuffer()),
      isBusy: status === TOO_MANY || status >= SERVER_ERRORS,
      retryAfterMilliseconds: readRetryAfter(headers.get("Retry-After") ?? "", io.now()),
    };
  } catch (error) {
    return {
      status: 0,
      statusText: errorDetail(error),
      isOk: false,
      bytes: new Uint8Array(),
      isBusy: true,
      retryAfterMilliseconds: null,
    };
  }
}

/** `503 out of order`, or why there was no answer. */
export function describeAnswer({ status, statusText, bytes }: Answer): string {
  const text = new TextDecoder().decode(bytes).slice(0, 200);
  return status === 0 ? statusText : `${status} ${text}`.trim();
}

/**
 * Asks again where the server is busy, and waits as long as `Retry-After` says, where it does.
 *
 * @param onLongWait told of the answer, and which attempt comes next, before a wait that people notice
 * @returns the last answer, which may be that the server is still busy
 */
export async function askPatiently(
  ask: () => Promise<Answer>,
  { attempts, firstWaitMilliseconds }: Patience,
  io: Pick<IO, "wait" | "random">,
  onLongWait: (answer: Answer, nextAttempt: number) => void = () => undefined,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await ask();
    if (!answer.isBusy || attempt === attempts) return answer;
    // Waits scatter by a half: several who were refused together do not come back together.
    const backOff = firstWaitMilliseconds * 2 ** (attempt - 1) * (0.5 + io.random());
    const wait = Math.min(answer.retryAfterMilliseconds ?? backOff, LONGEST_WAIT_MILLISECONDS);
    if (wait >= LONG_WAIT_MILLISECONDS) onLongWait(answer, attempt + 1);
    await io.wait(wait);
  }
}

/**
 * RFC 9110, section 10.2.3: seconds or a date. Null where it says nothing that can be understood.
 *
 * @param now milliseconds since 1970
 */
function readRetryAfter(header: string, now: number): number | null {
  if (/^\d+$/.test(header)) return Number(header) * MILLISECONDS_PER_SECOND;
  const at = parseHttpDate(header);
  return at === null ? null : Math.max(0, at * MILLISECONDS_PER_SECOND - now);
}
