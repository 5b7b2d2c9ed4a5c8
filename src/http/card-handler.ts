import { parseCardFile } from "../domain/card-id.ts";
import { parseShareId } from "../domain/share-id.ts";
import type { StoreResult, StoredCard } from "../store/release-store.ts";
import { ok } from "../domain/result.ts";
import { CARD_CACHE_CONTROL, IMMUTABLE_CACHE_CONTROL } from "./cache-control.ts";
import { scopeCard } from "./card-address.ts";
import { validatorHeaders, validatorsOf } from "./validators.ts";
import type { AppContext } from "./env.ts";
import { isCurrentPage } from "./page-validators.ts";
import { errorPage, unavailable } from "./responses.ts";

/**
 * `/c/{id}-{hash}.png`: a share card. Chats keep addresses for years, so an outdated hash gets today's card, and an
 * article that has become too old for its own card gets its category's.
 */
export async function card(context: AppContext): Promise<Response> {
  const { manifest } = context.get("store");
  const address = parseCardFile(context.req.param("file") ?? "");
  if (address === null) return errorPage(manifest, "notFound");
  const stored = await context.get("store").card(address.id);
  if (!stored.ok) return unavailable(manifest, stored.failure);
  if (stored.value !== null) {
    return cardResponse(context, stored.value, stored.value.hash === address.hash);
  }
  const standIn = await cardInstead(context, address.id);
  if (!standIn.ok) return unavailable(manifest, standIn.failure);
  return standIn.value === null
    ? errorPage(manifest, "notFound")
    : cardResponse(context, standIn.value, false);
}

/** The category's or the site's card for an article without its own; null where there is no such article. */
async function cardInstead(context: AppContext, id: string): StoreResult<StoredCard | null> {
  const store = context.get("store");
  const shareId = parseShareId(id);
  if (shareId === null) return ok(null);
  const article = await store.article(shareId);
  if (!article.ok || article.value === null) return article.ok ? ok(null) : article;
  return store.card(scopeCard(store.manifest, article.value.categories[0] ?? null).id);
}

function cardResponse(context: AppContext, { hash, png }: StoredCard, isExact: boolean): Response {
  const validators = validatorsOf(hash);
  const headers = {
    "Content-Type": "image/png",
    "Cache-Control": isExact ? IMMUTABLE_CACHE_CONTROL : CARD_CACHE_CONTROL,
    "Cross-Origin-Resource-Policy": "cross-origin",
    ...validatorHeaders(validators),
  };
  return isCurrentPage(context, validators)
    ? new Response(null, { status: 304, headers })
    : new Response(png, { headers });
}
