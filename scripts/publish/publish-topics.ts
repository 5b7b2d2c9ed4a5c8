import pMap from "p-map";
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
      const detail = await publish(topic, hub, io);
      if (detail !== null) failures.push({ topic, detail });
    },
    { concurrency: PARALLEL_REQUESTS },
  );
  return failures;
}

/** Null where the hub took it, else its last word. */
async function publish(topic: string, hub: string, io: IO): Promise<string | null> {
  let detail = "";
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const answer = await ask(topic, hub, io);
    if (answer.kind === "taken") return null;
    ({ detail } = answer);
    if (answer.kind === "refused") return detail;
    const backOff = FIRST_WAIT_MILLISECONDS * 2 ** attempt;
    const wait = Math.min(answer.retryAfterMilliseconds ?? backOff, LONGEST_WAIT_MILLISECONDS);
    if (attempt + 1 < ATTEMPTS) await io.wait(wait);
  }
  return detail;
}

type HubAnswer =
  | { readonly kind: "taken" }
  | { readonly kind: "refused"; readonly detail: string }
  | {
      readonly kind: "later";
      readonly detail: string;
      readonly retryAfterMilliseconds: number | null;
    };

async function ask(topic: string, hub: string, io: IO): Promise<HubAnswer> {
  const body = new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic });
  let response: Response;
  try {
    response = await io.fetch(hub, {
      method: "POST",
      body,
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
  } catch (error) {
    return { kind: "later", detail: errorDetail(error), retryAfterMilliseconds: null };
  }
  if (response.ok) return { kind: "taken" };
  const detail =
    `${response.status} ${(await response.text().catch(() => "")).slice(0, 200)}`.trim();
  if (response.status !== 429 && response.status < 500) return { kind: "refused", detail };
  const retryAfterMilliseconds = readRetryAfter(
    response.headers.get("Retry-After") ?? "",
    io.now(),
  );
  return { kind: "later", detail, retryAfterMilliseconds };
}
