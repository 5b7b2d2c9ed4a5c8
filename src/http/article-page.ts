import { mapped } from "../domain/result.ts";
import type { ShareId } from "../domain/share-id.ts";
import { renderSharePage } from "../render/share-page.ts";
import type { ReleaseStore, StoreResult } from "../store/release-store.ts";
import { articleCardUrl } from "./card-address.ts";

/**
 * The share page of an article, as the Worker answers and as a deploy makes it a file; null where the release has none of that
 * id. One read.
 */
export async function articlePage(
  store: ReleaseStore,
  id: ShareId,
): StoreResult<Uint8Array<ArrayBuffer> | null> {
  const { manifest } = store;
  const { site, categoryTitle } = manifest;
  return mapped(await store.articleToReadOn(id), (found) => {
    if (found === null) return null;
    const cardUrl = articleCardUrl(manifest, found.article);
    return renderSharePage({ site, ...found, categoryTitle, cardUrl });
  });
}
