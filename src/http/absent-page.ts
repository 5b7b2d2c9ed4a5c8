import { sharePath } from "../domain/links.ts";
import type { NamedScope } from "../domain/scope.ts";
import type { AppContext } from "./env.ts";
import { whyAbsent } from "./find-scope.ts";
import { gone, movedTo, notFound, unavailable } from "./responses.ts";

/**
 * The answer to people where the release does not have a page's scope.
 *
 * @param pathOf the same page of another scope
 */
export async function absentPage(
  context: AppContext,
  scope: NamedScope,
  pathOf: (scope: NamedScope) => string,
): Promise<Response> {
  const store = context.get("store");
  const { site } = store.manifest;
  const absent = await whyAbsent(store, scope);
  if (!absent.ok) return unavailable(site, absent.failure);
  switch (absent.value.kind) {
    case "moved":
      return movedTo(pathOf(absent.value.scope));
    case "article":
      return movedTo(sharePath(absent.value.id));
    case "gone":
      return gone(site);
    case "none":
      return notFound(site);
  }
}
