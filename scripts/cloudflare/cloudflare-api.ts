import { errorDetail } from "../terminal/error-detail.ts";
import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { readRetryAfter } from "./retry-after.ts";
import type { IO } from "../terminal/io.ts";

/** Why Cloudflare did not do what it was asked. What might pass was tried again before. */
export type ApiFailure =
  /** No answer came, or only answers that ask for patience. */
  | { readonly reason: "api-unreachable"; readonly request: string; readonly detail: string }
  /** The login is missing, wrong or may not do this. */
  | { readonly reason: "api-unauthorized"; readonly request: string; readonly detail: string }
  /** What the plan allows in a day is used up. */
  | { readonly reason: "api-quota"; readonly request: string; readonly detail: string }
  | {
      readonly reason: "api-refused";
      readonly request: string;
      readonly status: number;
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

const envelope = v.object({
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
    let last = "";
    let isRefused = false;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const answer = await sendOnce(baseUrl, request, await authorize(isRefused), io);
      if (answer.kind === "answer") {
        if (answer.status !== UNAUTHORIZED || isRefused) return ok(answer);
        isRefused = true;
        continue;
      }
      last = answer.detail;
      if (answer.kind === "quota") return failed(failure("api-quota", request, last));
      if (attempt + 1 === ATTEMPTS) break;
      const wait = waitBefore(attempt, answer, io);
      if (wait >= LONG_WAIT_MILLISECONDS) {
        io.warn(
          `Cloudflare (${name(request)}): ${last}; trying again, ${attempt + 2} of ${ATTEMPTS}`,
        );
      }
      await io.wait(wait);
    }
    return failed(failure("api-unreachable", request, last));
  };
  return {
    async json(request, schema) {
      const sent = await send(request);
      if (!sent.ok) return sent;
      const { status, bytes } = sent.value;
      const read = v.safeParse(envelope, parseJson(bytes));
      if (!read.success || !read.output.success || status >= 400) {
        return failed(refusal(request, status, bytes));
      }
      const result = v.safeParse(schema, read.output.result);
      if (!result.success) {
        const detail = `its answer is not as expected: ${v.summarize(result.issues)}`;
        return failed({ reason: "api-refused", request: name(request), status, codes: [], detail });
      }
      const cursor = read.output.result_info?.cursor ?? "";
      return ok({ result: result.output, cursor: cursor === "" ? null : cursor });
    },
    async bytes(request) {
      const sent = await send(request);
      if (!sent.ok) return sent;
      const { status, bytes } = sent.value;
      // The namespace may be what is not found, or the account.
      const isAbsent = (): boolean =>
        readErrors(status, bytes).codes.every((code) => code === CODE_NO_KEY);
      if (status === NOT_FOUND && isAbsent()) return ok(null);
      return status < 400 ? ok(bytes) : failed(refusal(request, status, bytes));
    },
  };
}

interface Answer {
  readonly kind: "answer";
  readonly status: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Setback {
  readonly kind: "later" | "quota";
  readonly detail: string;
  readonly retryAfterMilliseconds: number | null;
}

async function sendOnce(
  baseUrl: string,
  { method, path, query = {}, body }: ApiRequest,
  headers: Readonly<Record<string, string>>,
  io: IO,
): Promise<Answer | Setback> {
  const search = new URLSearchParams(query).toString();
  // What cannot be sent is no trouble of the network's, and another attempt would not mend it.
  const { href } = new URL(`${baseUrl}${path}${search === "" ? "" : `?${search}`}`);
  const sendable = toHeaders(
    body === undefined ? headers : { ...headers, "Content-Type": "application/json" },
  );
  let status: number;
  let bytes: Uint8Array<ArrayBuffer>;
  let retryAfter: string;
  try {
    const response = await io.fetch(href, {
      method,
      headers: sendable,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    ({ status } = response);
    retryAfter = response.headers.get("Retry-After") ?? "";
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    return { kind: "later", detail: errorDetail(error), retryAfterMilliseconds: null };
  }
  if (status !== TOO_MANY && status < SERVER_ERRORS) return { kind: "answer", status, bytes };
  const { codes, detail } = readErrors(status, bytes);
  return {
    kind: codes.includes(CODE_DAILY_LIMIT) ? "quota" : "later",
    detail,
    retryAfterMilliseconds: readRetryAfter(retryAfter, io.now()),
  };
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

/** Waits double, and scatter by a half, so that several who were refused together do not come back together. */
function waitBefore(attempt: number, setback: Setback, io: IO): number {
  const backOff = FIRST_WAIT_MILLISECONDS * 2 ** attempt * (0.5 + io.random());
  return Math.min(setback.retryAfterMilliseconds ?? backOff, LONGEST_WAIT_MILLISECONDS);
}

function refusal(request: ApiRequest, status: number, bytes: Uint8Array): ApiFailure {
  const { codes, detail } = readErrors(status, bytes);
  if (status === UNAUTHORIZED || status === FORBIDDEN) {
    return failure("api-unauthorized", request, detail);
  }
  return { reason: "api-refused", request: name(request), status, codes, detail };
}

function readErrors(
  status: number,
  bytes: Uint8Array,
): { readonly codes: readonly number[]; readonly detail: string } {
  const read = v.safeParse(envelope, parseJson(bytes));
  const errors = read.success ? read.output.errors : [];
  const words =
    errors.length > 0
      ? errors.map(({ code, message }) => `${message} (code ${code})`).join("; ")
      : new TextDecoder().decode(bytes).slice(0, 200).trim();
  return {
    codes: errors.map(({ code }) => code),
    detail: words === "" ? String(status) : `${status}: ${words}`,
  };
}

function failure<Reason extends "api-unreachable" | "api-unauthorized" | "api-quota">(
  reason: Reason,
  request: ApiRequest,
  detail: string,
): { readonly reason: Reason; readonly request: string; readonly detail: string } {
  return { reason, request: name(request), detail };
}

function name({ method, path }: ApiRequest): string {
  return `${method} ${path}`;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return null;
  }
}
