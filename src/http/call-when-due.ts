import type { HookAnswer } from "../domain/hook-calls.ts";
import { isAnyDue, momentsToCall, withAnswer, withCall } from "../domain/hook-calls.ts";
import { MILLISECONDS_PER_SECOND, formatRfc3339 } from "../domain/moment.ts";
import { HOOK_KEY, encodeHookCalls, readHookCalls } from "../store/hook-record.ts";
import type { OnTime } from "../store/release-contents.ts";
import type { Env } from "./env.ts";

/** What calling a hook needs of the world. */
export interface HookWorld {
  /** When the cron was to run, in milliseconds since 1970. */
  readonly now: number;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/** The least `cacheTtl` that KV takes, in seconds: what the run before has written is to be seen. */
const CACHE_TTL = 30;
/** KV takes one write a second to a key. */
const BETWEEN_WRITES_MILLISECONDS = 1100;
const TIMEOUT_MILLISECONDS = 30_000;
const MOST_SAID = 160;

/**
 * Calls the hook that publishes, if an article has become due for which no deploy has come. Where nothing is due, it reads
 * nothing. A run that cannot record a call does not make it: the next run does.
 *
 * @param onTime what the release knows; null where the site has no hook
 * @throws where KV fails
 */
export async function callWhenDue(
  onTime: OnTime | null,
  {
    RELEASES,
    PUBLISH_HOOK,
  }: Pick<Env, "PUBLISH_HOOK"> & {
    readonly RELEASES: Pick<KVNamespace, "get" | "put">;
  },
  world: HookWorld,
): Promise<void> {
  const now = Math.floor(world.now / MILLISECONDS_PER_SECOND);
  if (onTime === null || !isAnyDue(onTime.due, now)) return;
  const stored = await RELEASES.get(HOOK_KEY, { type: "text", cacheTtl: CACHE_TTL });
  const before = readHookCalls(stored);
  const moments = momentsToCall(onTime.due, before, now);
  if (moments.length === 0) return;
  const begun = withCall(before, moments, now);
  await RELEASES.put(HOOK_KEY, encodeHookCalls(begun));
  const answer = await callHook(onTime.hook, PUBLISH_HOOK?.trim() ?? "", moments, world);
  await world.wait(BETWEEN_WRITES_MILLISECONDS);
  await RELEASES.put(HOOK_KEY, encodeHookCalls(withAnswer(begun, answer)));
}

async function callHook(
  hook: string,
  secret: string,
  moments: readonly number[],
  world: HookWorld,
): Promise<HookAnswer> {
  if (secret === "") return { isTaken: false, said: "the Worker has no secret PUBLISH_HOOK" };
  // What is said of the call is shown to people, and whoever answers may repeat what he was sent.
  const shown = (text: string): string =>
    text.replaceAll(secret, "…").replaceAll(/\s+/g, " ").trim().slice(0, MOST_SAID);
  const request = requestOf(hook, secret, moments);
  if (request === null) return { isTaken: false, said: "the secret PUBLISH_HOOK is no address" };
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
    const response = await world.fetch(request.url, { ...request.init, signal });
    const { status, ok: isTaken } = response;
    if (isTaken) {
      await response.body?.cancel();
      return { isTaken, said: String(status) };
    }
    return { isTaken, said: shown(`${status} ${await response.text()}`) };
  } catch (error) {
    return { isTaken: false, said: shown(error instanceof Error ? error.message : String(error)) };
  }
}

/** The request that a hook takes; null where the secret is not what such a hook needs. */
function requestOf(
  hook: string,
  secret: string,
  moments: readonly number[],
): { readonly url: string; readonly init: RequestInit } | null {
  const due = moments.map((epochSeconds) => formatRfc3339({ epochSeconds, offsetMinutes: 0 }));
  const headers = { "Content-Type": "application/json", "User-Agent": "Offprint" };
  const [, repository] = /^github:(.*)$/.exec(hook) ?? [];
  if (repository === undefined) {
    const body = JSON.stringify({ due });
    // A redirect would make another request of it, and a page for people would look like success.
    const init: RequestInit = { method: "POST", headers, body, redirect: "manual" };
    return URL.canParse(secret) ? { url: secret, init } : null;
  }
  // https://docs.github.com/en/rest/repos/repos#create-a-repository-dispatch-event, which answers 204.
  return {
    url: `https://api.github.com/repos/${repository}/dispatches`,
    init: {
      method: "POST",
      headers: {
        ...headers,
        Accept: "application/vnd.github+json",
        Authorization: `Bearer ${secret}`,
        "X-GitHub-Api-Version": "2022-11-28",
      },
      body: JSON.stringify({ event_type: "publish", client_payload: { due } }),
    },
  };
}
