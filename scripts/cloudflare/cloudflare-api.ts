import { errorDetail } from "../terminal/error-detail.ts";
import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { readRetryAfter } from "./retry-after.ts";
import type { IO } from "../terminal/io.ts";

/** Why Cloudflare did not do what it was asked. What might pass was tried again before. */
export type ApiFailure =
  | {
      readonly reason:
        /** No answer came, or only answers that ask for patience. */
        | "api-unreachable"
        /** The login is missing, wrong or may not do this. */
        | "api-unauthorized"
        /** What the plan allows in a day is used up. */
        | "api-quota";
      readonly request: string;
      readonly detail: string;
    }
  | {
      readonly reason: "api-refused";
      readonly request: string;
      /** Cloudflare's own numbers of what is wrong. */
      readonly codes: readonly number[];
      readonly detail: string;
    };

/**
 * Headers that sign a request in. `isRefused` after a 401: an OAuth token lives for an hour, an upload may take longer.
 */
export type Authorize = (isRefused: boolean) => Promise<Readonly<Record<string, string>>>;

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the base address. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: string;
}

/** Cloudflare's API, with what its errors and its moods need. */
export interface CloudflareApi {
  /** The `result` of an answer, and where the list goes on. */
  json<Schema extends v.GenericSchema>(
    request: ApiRequest,
    schema: Schema,
  ): Promise<Result<ApiAnswer<v.InferOutput<Schema>>, ApiFailure>>;
  /** The bytes of a value; null where there is none under its key. */
  bytes(request: ApiRequest): Promise<Result<Uint8Array<ArrayBuffer> | null, ApiFailure>>;
}

export interface ApiAnswer<Value> {
  readonly result: Value;
  readonly cursor: string | null;
}

export const API_BASE_URL = "https://api.cloudflare.com/client/v4";

const ATTEMPTS = 7;
const FIRST_WAIT_MILLISECONDS = 500;
const LONGEST_WAIT_MILLISECONDS = 60_000;
/** Whoever waits longer wants to know why. */
const LONG_WAIT_MILLISECONDS = 2000;
/** A batch of values takes a while on a slow line. */
const TIMEOUT_MILLISECONDS = 300_000;
/** "KV … free usage limit exceeded for today". */
const CODE_DAILY_LIMIT = 10_048;
/** "get: 'key not found'". */
const CODE_NO_KEY = 10_009;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const NOT_FOUND = 404;
const TOO_MANY = 429;
const SERVER_ERRORS = 500;

const envelopeSchema = v.object({
  success: v.boolean(),
  result: v.unknown(),
  errors: v.optional(v.array(v.looseObject({ code: v.number(), message: v.string() })), []),
  result_info: v.nullish(v.looseObject({ cursor: v.nullish(v.string()) })),
});

/**
 * Speaks to Cloudflare's API. Connections that break, 429 and 5xx are tried again, with waits that double and `Retry-After`
 * honoured; everything else is said at once.
 *
 * @param baseUrl such as `https://api.cloudflare.com/client/v4`
 */
export function createCloudflareApi(baseUrl: string, authorize: Authorize, io: IO): CloudflareApi {
  const send = async (request: ApiRequest): Promise<Result<Answer, ApiFailure>> => {
    const name = nameOf(request);
    let isRefused = false;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await sendOnce(baseUrl, request, await authorize(isRefused), io);
      if (answer.ok && (answer.value.status !== UNAUTHORIZED || isRefused)) return answer;
      if (answer.ok) {
        isRefused = true;
        continue;
      }
      const { reason, detail, retryAfterMilliseconds } = answer.failure;
      if (reason === "api-quota" || attempt === ATTEMPTS) {
        return failed({ reason, request: name, detail });
      }
      // Waits double, and scatter by a half: several who were refused together do not come back together.
      const backOff = FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1) * (0.5 + io.random());
      const wait = Math.min(retryAfterMilliseconds ?? backOff, LONGEST_WAIT_MILLISECONDS);
      if (wait >= LONG_WAIT_MILLISECONDS) {
        io.warn(`Cloudflare (${name}): ${detail}; trying again, ${attempt + 1} of ${ATTEMPTS}`);
      }
      await io.wait(wait);
    }
  };
  return {
    async json(request, schema) {
      const sent = await send(request);
      if (!sent.ok) return sent;
      const envelope = envelopeOf(sent.value);
      if (envelope?.success !== true || sent.value.status >= 400) {
        return refused(request, sent.value);
      }
      const result = v.safeParse(schema, envelope.result);
      if (!result.success) {
        const detail = `its answer is not as expected: ${v.summarize(result.issues)}`;
        return failed({ reason: "api-refused", request: nameOf(request), codes: [], detail });
      }
      const cursor = envelope.result_info?.cursor ?? "";
      return ok({ result: result.output, cursor: cursor === "" ? null : cursor });
    },
    async bytes(request) {
      const sent = await send(request);
      if (!sent.ok) return sent;
      const { status, bytes } = sent.value;
      // The namespace may be what is not found, or the account.
      const isAbsent = (): boolean => codesOf(sent.value).every((code) => code === CODE_NO_KEY);
      if (status === NOT_FOUND && isAbsent()) return ok(null);
      return status < 400 ? ok(bytes) : refused(request, sent.value);
    },
  };
}

interface Answer {
  readonly status: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Setback {
  readonly reason: "api-unreachable" | "api-quota";
  readonly detail: string;
  readonly retryAfterMilliseconds: number | null;
}

async function sendOnce(
  baseUrl: string,
  { method, path, query = {}, body }: ApiRequest,
  headers: Readonly<Record<string, string>>,
  io: IO,
): Promise<Result<Answer, Setback>> {
  const search = new URLSearchParams(query).toString();
  // What cannot be sent is no trouble of the network's, and another attempt would not mend it.
  const { href } = new URL(`${baseUrl}${path}${search === "" ? "" : `?${search}`}`);
  const sendable = toHeaders(
    body === undefined ? headers : { ...headers, "Content-Type": "application/json" },
  );
  let answer: Answer;
  let retryAfter: string;
  try {
    const response = await io.fetch(href, {
      method,
      headers: sendable,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    retryAfter = response.headers.get("Retry-After") ?? "";
    const bytes = new Uint8Array(await response.arrayBuffer());
    answer = { status: response.status, bytes };
  } catch (error) {
    const detail = errorDetail(error);
    return failed({ reason: "api-unreachable", detail, retryAfterMilliseconds: null });
  }
  if (answer.status !== TOO_MANY && answer.status < SERVER_ERRORS) return ok(answer);
  return failed({
    reason: codesOf(answer).includes(CODE_DAILY_LIMIT) ? "api-quota" : "api-unreachable",
    detail: detailOf(answer),
    retryAfterMilliseconds: readRetryAfter(retryAfter, io.now()),
  });
}

function toHeaders(headers: Readonly<Record<string, string>>): Headers {
  try {
    return new Headers(headers);
  } catch {
    // Its message quotes the value, which may be a secret.
    throw new Error(
      `Cannot send the headers ${Object.keys(headers).join(", ")}: no header holds that`,
    );
  }
}

function refused(request: ApiRequest, answer: Answer): Result<never, ApiFailure> {
  const { status } = answer;
  const said = { request: nameOf(request), detail: detailOf(answer) };
  return status === UNAUTHORIZED || status === FORBIDDEN
    ? failed({ reason: "api-unauthorized", ...said })
    : failed({ reason: "api-refused", codes: codesOf(answer), ...said });
}

/** What Cloudflare wraps results and errors in; null for a value, and for what others say on the way. */
function envelopeOf({ bytes }: Answer): v.InferOutput<typeof envelopeSchema> | null {
  const json = v.pipe(v.string(), v.parseJson(), envelopeSchema);
  const read = v.safeParse(json, new TextDecoder().decode(bytes));
  return read.success ? read.output : null;
}

function codesOf(answer: Answer): readonly number[] {
  return envelopeOf(answer)?.errors.map(({ code }) => code) ?? [];
}

function detailOf(answer: Answer): string {
  const errors = envelopeOf(answer)?.errors ?? [];
  const words =
    errors.length > 0
      ? errors.map(({ code, message }) => `${message} (code ${code})`).join("; ")
      : new TextDecoder().decode(answer.bytes).slice(0, 200).trim();
  return words === "" ? String(answer.status) : `${answer.status}: ${words}`;
}

function nameOf({ method, path }: ApiRequest): string {
  return `${method} ${path}`;
}
