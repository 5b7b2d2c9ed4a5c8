import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { callWhenDue } from "../../src/http/call-when-due.ts";
import type { Env } from "../../src/http/env.ts";
import { HOOK_KEY, readHookCalls } from "../../src/store/hook-record.ts";
import type { OnTime } from "../../src/store/release-contents.ts";
import worker from "../../src/worker.ts";

const { RELEASES } = env as unknown as Env;
/** 2026-11-23T00:00:00Z. */
const MIDNIGHT = 1_795_392_000;
const FIVE_MINUTES = 300;
const TOKEN = "github_pat_of-nobody";
const ADDRESS = "https://hooks.example/build?key=of-nobody";
const GITHUB: OnTime = { hook: "github:paper/site", due: [MIDNIGHT + 60] };
const BY_ADDRESS: OnTime = { ...GITHUB, hook: "url" };

beforeEach(async () => {
  await RELEASES.delete(HOOK_KEY);
});

/** A hook, its cron, and the clock of both; everything but the network is workerd's. */
function open(
  onTime: OnTime | null,
  secret: string | undefined,
  answer: () => Response | Promise<Response>,
) {
  const asked: Request[] = [];
  const waits: number[] = [];
  return {
    asked,
    waits,
    /** Runs the cron for a time, in seconds behind midnight. */
    run: async (second: number): Promise<void> => {
      await callWhenDue(
        onTime,
        { RELEASES, ...(secret === undefined ? {} : { PUBLISH_HOOK: secret }) },
        {
          now: (MIDNIGHT + second) * 1000,
          fetch: async (url, init) => {
            // As the global one does, it refuses what no request can be.
            asked.push(new Request(url, init));
            return answer();
          },
          wait: async (milliseconds) => {
            waits.push(milliseconds);
          },
        },
      );
    },
    said: async () => readHookCalls(await RELEASES.get(HOOK_KEY)).last?.answer,
  };
}

const taken = (): Response => new Response(null, { status: 204 });

describe("when an article becomes due", () => {
  it("asks GitHub for the event that the workflow waits for, as its document says", async () => {
    const hook = open(GITHUB, `${TOKEN}\n`, taken);
    await hook.run(0);
    expect(hook.asked).toEqual([]);
    await hook.run(FIVE_MINUTES);
    const [request] = hook.asked;
    expect([request?.method, request?.url]).toEqual([
      "POST",
      "https://api.github.com/repos/paper/site/dispatches",
    ]);
    expect(Object.fromEntries(request?.headers ?? [])).toEqual({
      accept: "application/vnd.github+json",
      authorization: `Bearer ${TOKEN}`,
      "content-type": "application/json",
      "user-agent": "Offprint",
      "x-github-api-version": "2022-11-28",
    });
    expect(await request?.json()).toEqual({
      event_type: "publish",
      client_payload: { due: ["2026-11-23T00:01:00+00:00"] },
    });
    expect(await hook.said()).toBe("204");
    // KV takes one write a second to a key.
    expect(hook.waits).toEqual([1100]);
  });

  it("posts to the address that is the secret, and to no place that it is sent on to", async () => {
    const hook = open(BY_ADDRESS, ADDRESS, taken);
    await hook.run(FIVE_MINUTES);
    const [request] = hook.asked;
    expect([request?.method, request?.url, request?.redirect]).toEqual(["POST", ADDRESS, "manual"]);
    expect(await request?.json()).toEqual({ due: ["2026-11-23T00:01:00+00:00"] });
  });

  it("calls once more where no deploy comes, and then stays quiet", async () => {
    const hook = open(GITHUB, TOKEN, taken);
    for (let second = 0; second < 30 * 3600; second += FIVE_MINUTES) await hook.run(second);
    expect(hook.asked).toHaveLength(2);
  });

  it.each<
    readonly [string, OnTime, string | undefined, () => Response | Promise<Response>, string]
  >([
    [
      "it refuses",
      GITHUB,
      TOKEN,
      () => new Response('{"message":"Bad credentials"}', { status: 401 }),
      '401 {"message":"Bad credentials"}',
    ],
    [
      "it repeats the secret",
      BY_ADDRESS,
      ADDRESS,
      () => new Response(`no hook ${ADDRESS}`, { status: 404 }),
      "404 no hook …",
    ],
    [
      "it leads elsewhere",
      BY_ADDRESS,
      ADDRESS,
      () => Response.redirect("https://hooks.example/login"),
      "302",
    ],
    [
      "nobody is there",
      GITHUB,
      TOKEN,
      () => {
        throw new Error("Network connection lost.");
      },
      "Network connection lost.",
    ],
    ["the secret is missing", GITHUB, undefined, taken, "the Worker has no secret PUBLISH_HOOK"],
    ["the secret is no address", BY_ADDRESS, TOKEN, taken, "the secret PUBLISH_HOOK is no address"],
  ])("calls again where %s, and says why", async (_, onTime, secret, answer, said) => {
    const hook = open(onTime, secret, answer);
    await hook.run(FIVE_MINUTES);
    expect(await hook.said()).toBe(said);
    expect(readHookCalls(await RELEASES.get(HOOK_KEY)).moments).toMatchObject([
      { taken: 0, refused: 1 },
    ]);
    await hook.run(2 * FIVE_MINUTES);
    expect(readHookCalls(await RELEASES.get(HOOK_KEY)).moments).toMatchObject([
      { taken: 0, refused: 2 },
    ]);
    expect(await RELEASES.get(HOOK_KEY)).not.toMatch(/of-nobody/);
  });

  it("does not call where it cannot record that it does", async () => {
    const hook = open(GITHUB, TOKEN, taken);
    const put = vi.spyOn(RELEASES, "put").mockRejectedValue(new Error("KV PUT failed: 429"));
    await expect(hook.run(FIVE_MINUTES)).rejects.toThrow("KV PUT failed: 429");
    put.mockRestore();
    expect(hook.asked).toEqual([]);
    await hook.run(2 * FIVE_MINUTES);
    expect(hook.asked).toHaveLength(1);
  });

  it("calls where what is known of the calls cannot be read", async () => {
    await RELEASES.put(HOOK_KEY, "<html>captive portal</html>");
    const hook = open(GITHUB, TOKEN, taken);
    await hook.run(FIVE_MINUTES);
    expect(hook.asked).toHaveLength(1);
  });

  it.each([
    ["the site has no hook", null],
    ["nothing is due", { ...GITHUB, due: [MIDNIGHT + 86_400] }],
    ["all is over for a day", { ...GITHUB, due: [MIDNIGHT - 86_400] }],
  ])("reads and writes nothing where %s", async (_, onTime) => {
    const get = vi.spyOn(RELEASES, "get");
    const put = vi.spyOn(RELEASES, "put");
    await open(onTime, TOKEN, taken).run(FIVE_MINUTES);
    expect([get.mock.calls, put.mock.calls]).toEqual([[], []]);
    get.mockRestore();
    put.mockRestore();
  });
});

it("the Worker of a site without a hook can be run by a cron, and does nothing then", async () => {
  const controller: ScheduledController = {
    scheduledTime: MIDNIGHT * 1000,
    cron: "*/5 * * * *",
    noRetry: () => undefined,
  };
  const get = vi.spyOn(RELEASES, "get");
  await worker.scheduled(controller, env as unknown as Env);
  expect(get).not.toHaveBeenCalled();
  get.mockRestore();
});
