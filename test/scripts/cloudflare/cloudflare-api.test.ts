import * as v from "valibot";
import { describe, expect, it } from "vitest";
import type { ApiFailure, CloudflareApi } from "../../../scripts/cloudflare/cloudflare-api.ts";
import type { IO } from "../../../scripts/terminal/io.ts";
import { createCloudflareApi } from "../../../scripts/cloudflare/cloudflare-api.ts";
import { FakeClock, fakeIO, slowFetch } from "../fake-io.ts";

interface Scene {
  readonly api: CloudflareApi;
  /** How long it waited, in milliseconds. */
  readonly waits: readonly number[];
  readonly lines: readonly string[];
  readonly tokens: readonly string[];
}

/** An API that answers the requests in turn; the last answer stays. */
function scene(...answers: readonly (() => Response)[]): Scene {
  const tokens: string[] = [];
  let request = 0;
  const io = fakeIO({
    fetch: async (_url, { headers }) => {
      tokens.push(new Headers(headers).get("Authorization") ?? "");
      const answer = answers[Math.min(request, answers.length - 1)];
      request += 1;
      if (answer === undefined) throw new Error("There is no answer");
      return answer();
    },
  });
  const authorize = async (isRefused: boolean) => ({ Authorization: isRefused ? "new" : "old" });
  return {
    api: createCloudflareApi("https://api.example", authorize, io),
    waits: io.waits,
    lines: io.lines,
    tokens,
  };
}

const good = (): Response => Response.json({ success: true, result: "yes", errors: [] });
const bad =
  (status: number, code: number, headers: Record<string, string> = {}) =>
  (): Response =>
    Response.json(
      { success: false, result: null, errors: [{ code, message: "no" }] },
      { status, headers },
    );
const broken = (): Response => {
  throw new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
};

const page = (status: number) => (): Response =>
  new Response("<!doctype html>\n<title>Just a moment...</title>", { status });

const ask = async ({ api }: Scene): ReturnType<CloudflareApi["json"]> =>
  api.json({ method: "GET", path: "/x" }, v.string());

describe("createCloudflareApi", () => {
  it.each<[string, () => Response, number]>([
    ["asks for patience", bad(429, 971, { "Retry-After": "7" }), 7000],
    ["asks for patience without saying how much", bad(429, 971), 500],
    ["has trouble", bad(502, 1), 500],
    ["breaks the connection", broken, 500],
    ["answers with a page", page(200), 500],
    ["is not what answers, but a proxy", page(403), 500],
    ["gives half an answer", () => new Response('{"success":true,"resu'), 500],
    ["says that nothing failed, and that it did", bad(200, 10_001), 500],
  ])("comes back when Cloudflare %s", async (_, answer, wait) => {
    const io = scene(answer, good);
    expect(await ask(io)).toMatchObject({ ok: true, value: { result: "yes" } });
    expect(io.waits).toEqual([wait]);
  });

  it("gives up after seven attempts, with waits that double", async () => {
    const io = scene(bad(500, 1));
    expect(await ask(io)).toMatchObject({ ok: false, failure: { reason: "api-unreachable" } });
    expect(io.waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000]);
  });

  it("says when it tries again", async () => {
    const io = scene(bad(429, 971, { "Retry-After": "7" }), good);
    await ask(io);
    expect(io.lines).toEqual([
      "Cloudflare (GET /x): 429: no (code 971); trying again in 7 s, 2 of 7",
    ]);
  });

  it.each([
    ["asks again", false, 7, "api-unreachable", "no answer within 60 s"],
    ["leaves it to the caller to send less", true, 1, "api-late", "no answer within 120 s"],
  ])("where no answer comes in time, %s", async (_, isDivisible, attempts, reason, detail) => {
    const clock = new FakeClock();
    let asked = 0;
    const fetch: IO["fetch"] = async (...request) => {
      asked += 1;
      return slowFetch(clock)(...request);
    };
    const io = fakeIO({ fetch }, clock);
    const api = createCloudflareApi("https://api.example", async () => ({}), io);
    const request = { method: "PUT", path: "/bulk", body: "[]", isDivisible } as const;
    expect(await api.json(request, v.string())).toMatchObject({ failure: { reason, detail } });
    expect(asked).toBe(attempts);
    expect(io.lines[0]).toMatch(/^Waiting for PUT https:\/\/api.example\/bulk: 15 s so far/);
  });

  it("tells a token that does not look like one from a request that is wrong", async () => {
    expect(await ask(scene(bad(400, 6003)))).toMatchObject({
      failure: { reason: "api-login-malformed", codes: [6003] },
    });
    expect(await ask(scene(bad(400, 10_014)))).toMatchObject({
      failure: { reason: "api-refused" },
    });
  });

  it("signs in again once, for a token that ran out meanwhile", async () => {
    const io = scene(bad(401, 10_000), good);
    expect(await ask(io)).toMatchObject({ ok: true });
    expect(io.tokens).toEqual(["old", "new"]);
    const refused = scene(bad(401, 10_000));
    expect(await ask(refused)).toMatchObject({ failure: { reason: "api-unauthorized" } });
    // The third asks whether the token is too old.
    expect(refused.tokens).toHaveLength(3);
  });

  it.each<[string, readonly (() => Response)[]]>([
    [
      "Cloudflare says so when it is asked",
      [
        bad(403, 10_000),
        () => Response.json({ success: true, result: { id: "0f", status: "expired" } }),
      ],
    ],
    [
      "the refusal says so",
      [
        () =>
          Response.json(
            { success: false, errors: [{ code: 9109, message: "The token has expired" }] },
            { status: 403 },
          ),
      ],
    ],
  ])("says that a token has expired where %s", async (_, answers) => {
    expect(await ask(scene(...answers))).toMatchObject({
      failure: { reason: "api-token-expired", request: "GET /x" },
    });
  });

  it.each<[string, () => Response, Partial<ApiFailure>]>([
    ["a page", page(200), { reason: "api-garbled", detail: '200: a page, "Just a moment..."' }],
    ["a proxy's refusal", page(403), { reason: "api-garbled" }],
    ["no success", bad(200, 10_001), { reason: "api-refused", codes: [10_001] }],
  ])("says what it got where it gets nothing but %s", async (_, answer, failure) => {
    const io = scene(answer);
    expect(await ask(io)).toMatchObject({ ok: false, failure });
    expect(io.waits).toHaveLength(6);
  });

  it("takes an answer without a list of errors for what it is", async () => {
    const answer = () => Response.json({ success: true, result: "yes", errors: null });
    expect(await ask(scene(answer))).toMatchObject({ ok: true, value: { result: "yes" } });
  });

  it.each<[string, () => Response, Partial<ApiFailure>]>([
    ["the day's share is used up", bad(429, 10_048), { reason: "api-quota" }],
    ["a request is wrong", bad(400, 10_014), { reason: "api-refused", codes: [10_014] }],
    [
      "an answer is not as expected",
      () => Response.json({ success: true, result: 1 }),
      { reason: "api-refused" },
    ],
  ])("does not ask again where %s", async (_, answer, failure) => {
    const io = scene(answer);
    expect(await ask(io)).toMatchObject({ ok: false, failure });
    expect(io.waits).toEqual([]);
  });

  it("takes a header that cannot be sent for no trouble of the network, and never quotes it", async () => {
    const io = fakeIO({ fetch: async () => good() });
    const authorize = async () => ({ Authorization: "Bearer se\ncret" });
    const api = createCloudflareApi("https://api.example", authorize, io);
    const asked = api.json({ method: "GET", path: "/x" }, v.string());
    await expect(asked).rejects.toThrow(/^Cannot send the headers Authorization: /);
    expect(io.waits).toEqual([]);
  });

  it("tells a value that is not there from a namespace that is not", async () => {
    const read = async ({ api }: Scene): ReturnType<CloudflareApi["bytes"]> =>
      api.bytes({ method: "GET", path: "/values/x" });
    expect(await read(scene(bad(404, 10_009)))).toEqual({ ok: true, value: null });
    expect(await read(scene(page(404), bad(404, 10_009)))).toEqual({ ok: true, value: null });
    expect(await read(scene(page(404)))).toMatchObject({ failure: { reason: "api-garbled" } });
    // Neither a proxy's page nor Cloudflare's own error is a value, whatever their status.
    expect(await read(scene(page(200)))).toMatchObject({ failure: { reason: "api-garbled" } });
    expect(await read(scene(bad(200, 10_001)))).toMatchObject({
      failure: { reason: "api-refused" },
    });
    expect(await read(scene(bad(404, 10_013)))).toMatchObject({
      ok: false,
      failure: { reason: "api-refused", codes: [10_013] },
    });
  });
});
