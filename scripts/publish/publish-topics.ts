import pMap from "p-map";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import { errorDetail } from "../terminal/error-detail.ts";
import { readRetryAfter } from "../cloudflare/retry-after.ts";
import type { IO } from "../terminal/io.ts";

/** A topic that the hub did not take. */
export interface UnpublishedTopic {
  readonly topic: string;
  /** The hub's last word. */
  readonly detail: string;
}

const ATTEMPTS = 4;
const PARALLEL_REQUESTS = 4;
const FIRST_WAIT_MILLISECONDS = 1000;
const LONGEST_WAIT_MILLISECONDS = 60_000;
const TIMEOUT_MILLISECONDS = 15_000;

/**
 * Tells a WebSub hub that feeds changed, one request for each, so that it fetches them and sends them on. What a hub cannot
 * do just now (429, 5xx, a broken connection) is tried again; what it refuses is not.
 *
 * The recommendation leaves this request open (https://www.w3.org/TR/websub/#publishing); hubs take PubSubHubbub's, some
 * under the name `hub.url` and some under `hub.topic`.
 *
 * @param hub the address of the hub
 * @returns the topics that failed; the release is good without them, since readers also poll
 */
export async function publishTopics(
  topics: readonly string[],
  hub: string,
  io: IO,
): Promise<readonly UnpublishedTopic[]> {
  const failures: UnpublishedTopic[] = [];
  await pMap(
    topics,
    async (topic) => {
      const taken = await publish(topic, hub, io);
      if (!taken.ok) failures.push({ topic, detail: taken.failure.detail });
    },
    { concurrency: PARALLEL_REQUESTS },
  );
  return failures;
}

/** Why a hub did not take a topic, in its own words where it has some. */
type HubFailure =
  | { readonly reason: "refused"; readonly detail: string }
  | {
      readonly reason: "not-now";
      readonly detail: string;
      readonly retryAfterMilliseconds: number | null;
    };

async function publish(topic: string, hub: string, io: IO): Promise<Result<null, HubFailure>> {
  for (let attempt = 0; ; attempt += 1) {
    const answer = await ask(topic, hub, io);
    if (answer.ok || answer.failure.reason === "refused" || attempt + 1 === ATTEMPTS) return answer;
    const backOff = FIRST_WAIT_MILLISECONDS * 2 ** attempt;
    const wait = answer.failure.retryAfterMilliseconds ?? backOff;
    await io.wait(Math.min(wait, LONGEST_WAIT_MILLISECONDS));
  }
}

async function ask(topic: string, hub: string, io: IO): Promise<Result<null, HubFailure>> {
  const body = new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic });
  let response: Response;
  try {
    response = await io.fetch(hub, {
      method: "POST",
      body,
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
  } catch (error) {
    const detail = errorDetail(error);
    return failed({ reason: "not-now", detail, retryAfterMilliseconds: null });
  }
  if (response.ok) return ok(null);
  const text = await response.text().catch(() => "");
  const detail = `${response.status} ${text.slice(0, 200)}`.trim();
  const { status } = response;
  if (status !== 429 && status < 500) return failed({ reason: "refused", detail });
  const retryAfter = response.headers.get("Retry-After") ?? "";
  const retryAfterMilliseconds = readRetryAfter(retryAfter, io.now());
  return failed({ reason: "not-now", detail, retryAfterMilliseconds });
}
