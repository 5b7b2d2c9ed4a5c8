import type { FeedTopic } from "../domain/combination.ts";
import type { NamedScope } from "../domain/scope.ts";
import type { AppContext } from "./env.ts";
import { feedGone, feedNotFound, feedUnavailable } from "./feed-responses.ts";
import { whyAbsent } from "./find-scope.ts";
import { movedTo } from "./responses.ts";

/**
 * The answer where the release does not have a feed's scope.
 *
 * @param pathOf the same document of another topic
 */
export async function absentFeed(
  context: AppContext,
  scope: NamedScope,
  pathOf: (topic: FeedTopic) => string,
): Promise<Response> {
  const absent = await whyAbsent(context.get("store"), scope);
  if (!absent.ok) return feedUnavailable(absent.failure);
  switch (absent.value.kind) {
    case "moved":
      return movedTo(pathOf(absent.value.scope));
    case "gone":
      return feedGone();
    case "article":
    case "none":
      return feedNotFound();
  }
}
