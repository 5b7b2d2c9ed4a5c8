import type { Identity } from "../domain/identity.ts";
import { jekyllDocument } from "../domain/jekyll-document.ts";
import { sharePath } from "../domain/links.ts";
import { plainPath } from "../domain/plain-path.ts";
import type { Result } from "../domain/result.ts";
import { ok } from "../domain/result.ts";
import { shareIdOf } from "../domain/share-id.ts";
import type { Redirect } from "../store/redirect-entry.ts";
import type { ReleaseStore, StoreFailure, StoreResult } from "../store/release-store.ts";

/**
 * Where an old address leads, what is certain before what is guessed: where the release says so against what would be computed,
 * the article whose id is computed, what the release says otherwise, the article of the day before, what Jekyll sites have
 * besides articles. Null where it leads nowhere.
 *
 * @param path percent-decoded; null where only the identity is known
 */
export async function findOldAddress(
  store: ReleaseStore,
  path: string | null,
  likely: Identity | null,
  late: Identity | null = null,
): StoreResult<Redirect | null> {
  const none: Result<Redirect | null, StoreFailure> = ok(null);
  const article = async (identity: Identity | null): StoreResult<Redirect | null> => {
    if (identity === null) return none;
    const id = shareIdOf(identity);
    const exists = await store.hasArticle(id);
    return exists.ok ? ok(exists.value ? { kind: "article", id } : null) : exists;
  };
  // A withdrawn article may be recorded under its share page only.
  const page = async (identity: Identity | null): StoreResult<Redirect | null> =>
    identity === null ? none : store.redirect(sharePath(shareIdOf(identity)));
  const document = (of: string): Redirect | null => {
    const known = jekyllDocument(plainPath(of), (scope) => store.manifest.knownName(scope));
    return known === null ? null : { kind: "path", path: known };
  };
  const steps: readonly (() => StoreResult<Redirect | null>)[] = [
    async () => (likely === null || path === null ? none : store.strongRedirect(path)),
    async () => article(likely),
    async () => (path === null ? none : store.redirect(path)),
    async () => article(late),
    async () => page(likely),
    async () => page(late),
    async () => ok(path === null ? null : document(path)),
  ];
  for (const step of steps) {
    const found = await step();
    if (!found.ok || found.value !== null) return found;
  }
  return none;
}
