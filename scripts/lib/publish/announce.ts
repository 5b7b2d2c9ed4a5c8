import type { World } from "../cloudflare/world.ts";
import type { UnpublishedTopic } from "./publish-topics.ts";
import { publishTopics } from "./publish-topics.ts";

/** A hub fetches a feed at once, and may meet a data centre that still has the old one: it is told again. */
const SECOND_TELLING_MILLISECONDS = 60_000;
const PATIENCE_MILLISECONDS = 120_000;
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
  world: World,
): Promise<string | null> {
  const until = world.now() + PATIENCE_MILLISECONDS;
  let last = await askHealth(origin, release, world);
  while (last !== null && world.now() < until) {
    await world.wait(POLL_MILLISECONDS);
    last = await askHealth(origin, release, world);
  }
  return last;
}

async function askHealth(origin: string, release: string, world: World): Promise<string | null> {
  try {
    const response = await world.fetch(`${origin}/healthz`, {
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const text = await response.text();
    if (response.ok && text.includes(`"${release}"`)) return null;
    return `${response.status} ${text.slice(0, 100)}`.trim();
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    return error.cause instanceof Error ? error.cause.message : error.message;
  }
}

/** Tells a WebSub hub of changed feeds, twice: the second time for what it may have fetched too early. */
export async function tellHub(
  topics: readonly string[],
  hub: string,
  world: World,
): Promise<readonly UnpublishedTopic[]> {
  await publishTopics(topics, hub, world);
  await world.wait(SECOND_TELLING_MILLISECONDS);
  return publishTopics(topics, hub, world);
}
