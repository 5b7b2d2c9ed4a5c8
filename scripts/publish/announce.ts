import pMap from "p-map";
import { feedPath } from "../../src/domain/links.ts";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import { counted } from "../terminal/counted.ts";
import type { Answer } from "../terminal/fetch-answer.ts";
import { askPatiently, describeAnswer, fetchAnswer } from "../terminal/fetch-answer.ts";
import type { IO } from "../terminal/io.ts";
import { changedFormats } from "./compare-releases.ts";

/** How long to wait before the hub is told again: it fetches at once, and may meet a data centre with the old feed. */
const SECOND_TELLING_MILLISECONDS = 60_000;
/** How long a site that answers may take to show the release: some data centres have the old one for a while. */
const PATIENCE_MILLISECONDS = 120_000;
/** How long to wait for a site that does not answer: its domain may not be set yet, and waiting will not set it. */
const PATIENCE_WITHOUT_ANSWER_MILLISECONDS = 10_000;
const POLL_MILLISECONDS = 2000;
const HEALTH_TIMEOUT_MILLISECONDS = 10_000;

const HUB_PATIENCE = { attempts: 4, firstWaitMilliseconds: 1000 };
const HUB_REQUESTS_AT_ONCE = 4;
const HUB_TIMEOUT_MILLISECONDS = 15_000;

/**
 * Tells the site's hub about the feeds that a release changes, once readers see it. The release is live anyway, so failures
 * are only warnings.
 *
 * @param previous the release before; null for the first one
 */
export async function announce(previous: Manifest | null, next: Manifest, io: IO): Promise<void> {
  const { hub } = next.site;
  const topics = changedTopics(previous, next);
  if (hub === null || topics.length === 0) return;
  io.say(`Telling ${hub} of ${counted(topics.length, "feed")}, and in a minute again`);
  const failures = await tellHub(topics, hub, io);
  for (const { topic, detail } of failures) io.warn(`The hub did not take ${topic}: ${detail}`);
  io.say(`Told it of ${topics.length - failures.length}`);
}

/**
 * Waits until the public address shows a release; fails with the site's last answer.
 *
 * @param origin the site's origin
 */
export async function awaitRelease(
  origin: string,
  release: string,
  io: IO,
): Promise<Result<null, Answer>> {
  const startedAt = io.now();
  const init = { cache: "no-store" } as const;
  for (;;) {
    const answer = await fetchAnswer(`${origin}/healthz`, init, HEALTH_TIMEOUT_MILLISECONDS, io);
    const text = new TextDecoder().decode(answer.bytes);
    if (answer.isOk && text.includes(`"${release}"`)) return ok(null);
    const patience =
      answer.status === 0 ? PATIENCE_WITHOUT_ANSWER_MILLISECONDS : PATIENCE_MILLISECONDS;
    if (io.now() - startedAt > patience) return failed(answer);
    await io.wait(POLL_MILLISECONDS, `${origin} to show release ${release}`);
  }
}

/**
 * The addresses of the feeds that a release changes, for a WebSub hub. Feeds of tags too rare for the manifest are left out:
 * their readers poll.
 *
 * @param previous the release before; null for the first one, to which nobody can have subscribed yet
 */
export function changedTopics(previous: Manifest | null, next: Manifest): readonly string[] {
  if (previous === null) return [];
  return next
    .scopes()
    .flatMap((record) =>
      changedFormats(previous, next, record).map(
        (format) => next.site.url + feedPath(record.scope, format),
      ),
    );
}

/**
 * Tells a WebSub hub about changed feeds twice, because it may have fetched some too early the first time.
 *
 * @returns the topics that failed the second time
 */
export async function tellHub(
  topics: readonly string[],
  hub: string,
  io: IO,
): Promise<readonly UnpublishedTopic[]> {
  await publishTopics(topics, hub, io);
  await io.wait(SECOND_TELLING_MILLISECONDS, `the time to tell ${hub} again`);
  return publishTopics(topics, hub, io);
}

/** A topic that the hub did not take. */
interface UnpublishedTopic {
  readonly topic: string;
  /** The hub's last answer. */
  readonly detail: string;
}

/**
 * Tells a WebSub hub that feeds changed, so that it fetches them and sends them on; one request for each feed. Requests are
 * repeated after 429, 5xx and broken connections, but not after a refusal.
 *
 * WebSub leaves the form of this request open (https://www.w3.org/TR/websub/#publishing). Hubs take that of PubSubHubbub, some
 * with the name `hub.url` and some with `hub.topic`.
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
      const form = { "hub.mode": "publish", "hub.url": topic, "hub.topic": topic };
      const init = { method: "POST", body: new URLSearchParams(form) };
      const answer = await askPatiently(
        hub,
        async () => fetchAnswer(hub, init, HUB_TIMEOUT_MILLISECONDS, io),
        HUB_PATIENCE,
        io,
      );
      if (!answer.isOk) failures.push({ topic, detail: describeAnswer(answer) });
    },
    { concurrency: HUB_REQUESTS_AT_ONCE },
  );
  return failures;
}
