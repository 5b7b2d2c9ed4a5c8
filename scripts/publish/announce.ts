import { feedPath } from "../../src/domain/links.ts";
import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import { counted } from "../terminal/counted.ts";
import { errorDetail } from "../terminal/error-detail.ts";
import type { IO } from "../terminal/io.ts";
import { changedFormats } from "./changed-formats.ts";
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
 * Waits until readers see a release, and tells the site's hub of the feeds that it changes. The release is live without
 * that, so what fails is only said.
 *
 * @param previous release; null where there was none
 */
export async function announce(previous: Manifest | null, next: Manifest, io: IO): Promise<void> {
  const { url, hub } = next.site;
  const shown = await awaitRelease(url, next.release, io);
  if (!shown.ok) {
    const { detail } = shown.failure;
    io.warn(`${url} does not show the release yet (${detail}); is its domain set to the Worker?`);
    return;
  }
  const topics = changedTopics(previous, next);
  if (hub === null || topics.length === 0) return;
  io.say(`Telling ${hub} of ${counted(topics.length, "feed")}, and in a minute again`);
  const failures = await tellHub(topics, hub, io);
  for (const { topic, detail } of failures) io.warn(`The hub did not take ${topic}: ${detail}`);
  io.say(`Told it of ${topics.length - failures.length}`);
}

/** A release that readers do not see. */
export interface NotShown {
  readonly reason: "no-answer" | "another-answer";
  /** What the site said last. */
  readonly detail: string;
}

/**
 * Waits until the public address shows a release.
 *
 * @param origin of the site
 */
export async function awaitRelease(
  origin: string,
  release: string,
  io: IO,
): Promise<Result<null, NotShown>> {
  const startedAt = io.now();
  for (;;) {
    const shown = await askHealth(origin, release, io);
    if (shown.ok) return shown;
    const patience =
      shown.failure.reason === "another-answer"
        ? PATIENCE_MILLISECONDS
        : PATIENCE_WITHOUT_ANSWER_MILLISECONDS;
    if (io.now() - startedAt > patience) return shown;
    await io.wait(POLL_MILLISECONDS);
  }
}

async function askHealth(origin: string, release: string, io: IO): Promise<Result<null, NotShown>> {
  try {
    const response = await io.fetch(`${origin}/healthz`, {
      cache: "no-store",
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const text = await response.text();
    if (response.ok && text.includes(`"${release}"`)) return ok(null);
    const detail = `${response.status} ${text.slice(0, 100)}`.trim();
    return failed({ reason: "another-answer", detail });
  } catch (error) {
    return failed({ reason: "no-answer", detail: errorDetail(error) });
  }
}

/**
 * The addresses of the feeds that a release changes: what a WebSub hub is told about. Tags too rare for the manifest are
 * left to be polled.
 *
 * @param previous release; null where there was none, and nobody can have subscribed yet
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
