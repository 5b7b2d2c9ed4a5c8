import { errorDetail } from "../terminal/error-detail.ts";
import type { IO } from "../terminal/io.ts";
import type { UnpublishedTopic } from "./publish-topics.ts";
import { publishTopics } from "./publish-topics.ts";

/** A hub fetches a feed at once, and may meet a data centre that still has the old one: it is told again. */
const SECOND_TELLING_MILLISECONDS = 60_000;
/** Data centres that still have the old release. */
const PATIENCE_MILLISECONDS = 120_000;
/** Nobody there: the domain is not set yet, and waiting will not set it. */
const PATIENCE_WITHOUT_ANSWER_MILLISECONDS = 10_000;
const POLL_MILLISECONDS = 2000;
const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Waits until the public address shows a release.
 *
 * @param origin of the site
 * @returns null when it does, else what it last said
 */
export async function awaitRelease(
  origin: string,
  release: string,
  io: IO,
): Promise<string | null> {
  const startedAt = io.now();
  for (;;) {
    const { hasAnswer, isShown, detail } = await askHealth(origin, release, io);
    if (isShown) return null;
    const patience = hasAnswer ? PATIENCE_MILLISECONDS : PATIENCE_WITHOUT_ANSWER_MILLISECONDS;
    if (io.now() - startedAt > patience) return detail;
    await io.wait(POLL_MILLISECONDS);
  }
}

interface Health {
  readonly hasAnswer: boolean;
  readonly isShown: boolean;
  readonly detail: string;
}

async function askHealth(origin: string, release: string, io: IO): Promise<Health> {
  try {
    const response = await io.fetch(`${origin}/healthz`, {
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const text = await response.text();
    const isShown = response.ok && text.includes(`"${release}"`);
    return { hasAnswer: true, isShown, detail: `${response.status} ${text.slice(0, 100)}`.trim() };
  } catch (error) {
    return { hasAnswer: false, isShown: false, detail: errorDetail(error) };
  }
}

/** Tells a WebSub hub of changed feeds, twice: the second time for what it may have fetched too early. */
export async function tellHub(
  topics: readonly string[],
  hub: string,
  io: IO,
): Promise<readonly UnpublishedTopic[]> {
  await publishTopics(topics, hub, io);
  await io.wait(SECOND_TELLING_MILLISECONDS);
  return publishTopics(topics, hub, io);
}
