import { sharePath } from "../domain/links.ts";
import type { NamedScope } from "../domain/scope.ts";
import type { AppContext } from "./env.ts";
import { feedGone, feedNotFound, feedUnavailable } from "./feed-responses.ts";
import { whyAbsent } from "./find-scope.ts";
import { gone, movedTo, notFound, unavailable } from "./responses.ts";

/** Who asks: people are told by pages, readers, which ask for feeds, by a line of text. */
export type Audience = "people" | "readers";

/**
 * The answer where the release does not have the scope of a document.
 *
 * @param pathOf the same document of another scope
 */
export async function absentScope(
  context: AppContext,
  scope: NamedScope,
  pathOf: (scope: NamedScope) => string,
  audience: Audience,
): Promise<Response> {
  const store = context.get("store");
  const { site } = store.manifest;
  const areReaders = audience === "readers";
  const absent = await whyAbsent(store, scope);
  if (!absent.ok) {
    return areReaders ? feedUnavailable(absent.failure) : unavailable(site, absent.failure);
  }
  switch (absent.value.kind) {
    case "moved":
      return movedTo(pathOf(absent.value.scope));
    case "article":
      return areReaders ? feedNotFound() : movedTo(sharePath(absent.value.id));
    case "gone":
      return areReaders ? feedGone() : gone(site);
    case "none":
      return areReaders ? feedNotFound() : notFound(site);
  }
}
