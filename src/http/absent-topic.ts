import type { ScopedTopic } from "../domain/combination.ts";
import { ok } from "../domain/result.ts";
import type { NamedScope } from "../domain/scope.ts";
import type { AppContext } from "./env.ts";
import { feedError, feedUnavailable } from "./feed-responses.ts";
import { whyAbsent } from "./find-scope.ts";
import { movedTo, redirected, unavailable } from "./responses.ts";

/** Who gets the answer: people get a page, feed readers a line of plain text. */
export type Audience = "people" | "readers";

/**
 * The answer for a topic that the release does not have: a redirect to its new name, else 410 or 404, or 503 where that
 * cannot be read.
 *
 * @param pathOf the path of the requested document for another scope
 */
export async function absentTopic(
  context: AppContext,
  topic: ScopedTopic,
  pathOf: (scope: NamedScope) => string,
  audience: Audience,
): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const hasName = topic.kind === "category" || topic.kind === "tag" || topic.kind === "author";
  const absent = hasName ? await whyAbsent(store, topic) : ok(null);
  if (audience === "people") {
    return absent.ok
      ? redirected(manifest, absent.value, pathOf)
      : unavailable(manifest, absent.failure);
  }
  if (!absent.ok) return feedUnavailable(absent.failure);
  if (absent.value?.kind === "scope") return movedTo(pathOf(absent.value.scope));
  return feedError(absent.value?.kind === "gone" ? "gone" : "notFound");
}
