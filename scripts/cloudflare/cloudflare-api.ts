import * as v from "valibot";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { Answer } from "../terminal/fetch-answer.ts";
import { seconds } from "../terminal/break-silence.ts";
import { askPatiently, describeText, fetchAnswer } from "../terminal/fetch-answer.ts";
import type { IO } from "../terminal/io.ts";

/** Why Cloudflare did not do what it was asked. Failures that may pass were retried first. */
export interface ApiFailure {
  readonly reason:
    /** No answer came, or only answers that the server is busy. */
    | "api-unreachable"
    /** No answer came in time to a request that may be sent smaller. */
    | "api-late"
    /** What answered is not the API: a page of a proxy, or half an answer. */
    | "api-garbled"
    /** The token was good until its day. */
    | "api-token-expired"
    /** What is sent as a token or a key does not look like one. */
    | "api-login-malformed"
    /** The login is missing, wrong or may not do this. */
    | "api-unauthorized"
    /** What the plan allows in a day is used up. */
    | "api-quota"
    /** Any other error. */
    | "api-refused";
  /** Method and path, such as `GET /accounts`. */
  readonly request: string;
  readonly detail: string;
  /** Cloudflare's error codes. */
  readonly codes: readonly number[];
}

/**
 * Gives the headers that sign a request in. `isRefused` is true after a 401, because an OAuth token lives for an hour and an
 * upload may take longer.
 */
export type Authorize = (isRefused: boolean) => Promise<Readonly<Record<string, string>>>;

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT";
  /** The path behind the base address. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The body, already written as JSON, or as `contentType` says. */
  readonly body?: string;
  readonly contentType?: "text/plain";
  /** Whether the caller sends less where no answer comes in time; the request is then not repeated as it is. */
  readonly isDivisible?: boolean;
}

/** Cloudflare's API, with retries and renewal of the login. */
export interface CloudflareApi {
  /** The `result` of an answer, and the cursor of the next page. */
  json<Schema extends v.GenericSchema>(
    request: ApiRequest,
    schema: Schema,
  ): Promise<Result<ApiAnswer<v.InferOutput<Schema>>, ApiFailure>>;
  /** The whole of an answer in JSON, where the API wraps it in nothing: the Analytics Engine's. */
  unwrapped<Schema extends v.GenericSchema>(
    request: ApiRequest,
    schema: Schema,
  ): Promise<Result<v.InferOutput<Schema>, ApiFailure>>;
  /** The bytes of a value; null if there is none under its key. */
  bytes(request: ApiRequest): Promise<Result<Uint8Array<ArrayBuffer> | null, ApiFailure>>;
}

export interface ApiAnswer<Value> {
  readonly result: Value;
  /** Names the next page of a list; empty at its end. */
  readonly cursor: string;
}

const PATIENCE = { attempts: 7, firstWaitMilliseconds: 500 };
// How long an answer is waited for.
const TIMEOUT_MILLISECONDS = 60_000;
/** A body that can be divided is: at 24 MB this is a line of 200 KB/s. */
const DIVISIBLE_TIMEOUT_MILLISECONDS = 120_000;
/** A single large value takes its while on a slow line. */
const LARGE_TIMEOUT_MILLISECONDS = 300_000;
const LARGE_CHARACTERS = 100_000;
/** Cloudflare's message is: "KV … free usage limit exceeded for today". */
const CODE_DAILY_LIMIT = 10_048;
/** Cloudflare's message is: "Invalid request headers", with status 400. */
const CODE_NO_HEADERS = 6003;
/** Cloudflare's message is: "get: 'key not found'". */
const CODE_NO_KEY = 10_009;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const NOT_FOUND = 404;
const TOO_MANY = 429;
/** Enough to see how a page begins. */
const PAGE_START_BYTES = 64;
/** What JSON may begin with. */
const BLANKS: ReadonlySet<number> = new Set(Buffer.from(" \t\r\n"));
const OPENING_BRACE = 0x7b;

const envelopeSchema = v.object({
  success: v.boolean(),
  result: v.optional(v.unknown()),
  errors: v.nullish(v.array(v.looseObject({ code: v.number(), message: v.string() })), []),
  result_info: v.nullish(v.looseObject({ cursor: v.nullish(v.string()) })),
});

/**
 * A client of Cloudflare's API. Requests are repeated after broken connections, 429, 5xx and answers that are not the API's, after
 * waits that double or that `Retry-After` asks for; other errors are returned at once.
 *
 * @param baseUrl such as `https://api.cloudflare.com/client/v4`
 */
export function createCloudflareApi(baseUrl: string, authorize: Authorize, io: IO): CloudflareApi {
  const send = async (
    request: ApiRequest,
    isExpected: (answer: Answer) => boolean,
  ): Promise<Result<Answer, ApiFailure>> => {
    const ask = async (isRefused: boolean): Promise<Answer> =>
      askPatiently(
        `Cloudflare (${nameOf(request)})`,
        async () => {
          const answer = await sendOnce(baseUrl, request, await authorize(isRefused), io);
          const isFutile = answer.isLate && request.isDivisible === true;
          return { ...answer, isBusy: !isFutile && (answer.isBusy || !isExpected(answer)) };
        },
        PATIENCE,
        io,
        (answer, next, wait) => {
          const why = `Cloudflare (${nameOf(request)}): ${detailOf(answer)}`;
          io.warn(`${why}; trying again in ${seconds(wait)}, ${next} of ${PATIENCE.attempts}`);
        },
      );
    const first = await ask(false);
    const answer = first.status === UNAUTHORIZED ? await ask(true) : first;
    if (isOverQuota(answer)) return failedAs("api-quota", request, answer);
    if (codesOf(answer).includes(CODE_NO_HEADERS)) {
      return failedAs("api-login-malformed", request, answer);
    }
    const isLogin = answer.status === UNAUTHORIZED || answer.status === FORBIDDEN;
    if (isLogin && !answer.isBusy) {
      const isExpired = await isTokenExpired(answer);
      return failedAs(isExpired ? "api-token-expired" : "api-unauthorized", request, answer);
    }
    if (answer.isLate && !answer.isBusy) return failedAs("api-late", request, answer);
    if (!answer.isBusy) return ok(answer);
    if (answer.status === 0 || answer.status === TOO_MANY || answer.status >= 500) {
      return failedAs("api-unreachable", request, answer);
    }
    const isGarbled = envelopeOf(answer) === null;
    return failedAs(isGarbled ? "api-garbled" : "api-refused", request, answer);
  };
  /** Whether a login was refused because its token is too old; https://developers.cloudflare.com/api/resources/user/subresources/tokens/methods/verify/ */
  const isTokenExpired = async (refusal: Answer): Promise<boolean> => {
    if (/\bexpired\b/i.test(detailOf(refusal))) return true;
    const request = { method: "GET", path: "/user/tokens/verify" } as const;
    const answer = await sendOnce(baseUrl, request, await authorize(false), io);
    const verified = v.safeParse(v.looseObject({ status: v.string() }), envelopeOf(answer)?.result);
    const isExpired = verified.success && verified.output.status === "expired";
    return isExpired || /\bexpired\b/i.test(detailOf(answer));
  };
  return {
    async json(request, schema) {
      // What has status 200 and is no success is an accident, which another attempt may not have.
      const sent = await send(request, (answer) => {
        const envelope = envelopeOf(answer);
        return envelope !== null && (envelope.success || !answer.isOk);
      });
      if (!sent.ok) return sent;
      const envelope = envelopeOf(sent.value);
      if (envelope?.success !== true || !sent.value.isOk) {
        return failedAs("api-refused", request, sent.value);
      }
      const result = v.safeParse(schema, envelope.result);
      if (!result.success) {
        const detail = `its answer is not as expected: ${v.summarize(result.issues)}`;
        return failed({ reason: "api-refused", request: nameOf(request), codes: [], detail });
      }
      return ok({ result: result.output, cursor: envelope.result_info?.cursor ?? "" });
    },
    async unwrapped(request, schema) {
      const json = v.pipe(v.string(), v.parseJson(), schema);
      const read = ({ bytes }: Answer): v.SafeParseResult<typeof json> =>
        v.safeParse(json, new TextDecoder().decode(bytes));
      const sent = await send(request, (answer) => !answer.isOk || read(answer).success);
      if (!sent.ok) return sent;
      const result = read(sent.value);
      return sent.value.isOk && result.success
        ? ok(result.output)
        : failedAs("api-refused", request, sent.value);
    },
    async bytes(request) {
      const sent = await send(request, (answer) => {
        const envelope = envelopeOf(answer);
        return answer.isOk ? envelope === null && !isPage(answer) : envelope !== null;
      });
      if (!sent.ok) return sent;
      const { status, isOk, bytes } = sent.value;
      // A 404 may also mean that the namespace or the account is missing.
      const isAbsent = (): boolean => codesOf(sent.value).every((code) => code === CODE_NO_KEY);
      if (status === NOT_FOUND && isAbsent()) return ok(null);
      return isOk ? ok(bytes) : failedAs("api-refused", request, sent.value);
    },
  };
}

async function sendOnce(
  baseUrl: string,
  { method, path, query = {}, body, contentType, isDivisible = false }: ApiRequest,
  headers: Readonly<Record<string, string>>,
  io: IO,
): Promise<Answer> {
  const search = new URLSearchParams(query).toString();
  // A request that cannot be built throws here, because retrying would not help.
  const { href } = new URL(`${baseUrl}${path}${search === "" ? "" : `?${search}`}`);
  const init =
    body === undefined
      ? { method, headers: toHeaders(headers) }
      : {
          method,
          headers: toHeaders({ ...headers, "Content-Type": contentType ?? "application/json" }),
          body,
        };
  const isLarge = body !== undefined && body.length > LARGE_CHARACTERS;
  const timeout = isDivisible
    ? DIVISIBLE_TIMEOUT_MILLISECONDS
    : isLarge
      ? LARGE_TIMEOUT_MILLISECONDS
      : TIMEOUT_MILLISECONDS;
  const answer = await fetchAnswer(href, init, timeout, io);
  return { ...answer, isBusy: answer.isBusy && !isOverQuota(answer) };
}

function isOverQuota(answer: Answer): boolean {
  return answer.status >= TOO_MANY && codesOf(answer).includes(CODE_DAILY_LIMIT);
}

function toHeaders(headers: Readonly<Record<string, string>>): Headers {
  try {
    return new Headers(headers);
  } catch {
    // The error of `Headers` quotes the value, which may be a secret.
    throw new Error(
      `Cannot send the headers ${Object.keys(headers).join(", ")}: no header holds that`,
    );
  }
}

function failedAs(
  reason: ApiFailure["reason"],
  request: ApiRequest,
  answer: Answer,
): Result<never, ApiFailure> {
  const [detail, codes] = [detailOf(answer), codesOf(answer)];
  return failed({ reason, request: nameOf(request), detail, codes });
}

/** What Cloudflare wraps results and errors in; null for a stored value, and for a proxy's own answer. */
function envelopeOf({ bytes }: Answer): v.InferOutput<typeof envelopeSchema> | null {
  // A stored value has up to a megabyte, and to see that it is no text takes longer than all else that is done with it.
  const first = bytes.find((byte) => !BLANKS.has(byte));
  if (first !== OPENING_BRACE) return null;
  const json = v.pipe(v.string(), v.parseJson(), envelopeSchema);
  const read = v.safeParse(json, new TextDecoder().decode(bytes));
  return read.success ? read.output : null;
}

/** Whether a page answers in place of a value: none of ours begins like one. */
function isPage({ bytes }: Answer): boolean {
  return new TextDecoder().decode(bytes.subarray(0, PAGE_START_BYTES)).trimStart().startsWith("<");
}

/** What a status says where the answer gives no reason. */
function reasonOf(status: number): string {
  if (status === TOO_MANY) return "too many requests for now, wait five minutes";
  return status >= 500 ? "Cloudflare has trouble of its own" : "no reason is given";
}

function codesOf(answer: Answer): readonly number[] {
  return envelopeOf(answer)?.errors.map(({ code }) => code) ?? [];
}

function detailOf(answer: Answer): string {
  if (answer.status === 0) return answer.statusText;
  const envelope = envelopeOf(answer);
  const errors = envelope?.errors ?? [];
  const words =
    envelope === null || (envelope.success && answer.isOk)
      ? describeText(answer.bytes)
      : errors.map(({ code, message }) => `${message} (code ${code})`).join("; ") ||
        reasonOf(answer.status);
  return words === "" ? String(answer.status) : `${answer.status}: ${words}`;
}

function nameOf({ method, path }: ApiRequest): string {
  return `${method} ${path}`;
}
