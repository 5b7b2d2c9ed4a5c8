import type { FeedTopic } from "../domain/combination.ts";
import { combinedTitle, scopesOf } from "../domain/combination.ts";
import type { FeedView } from "../domain/feed-view.ts";
import { subscribePath } from "../domain/links.ts";
import type { Scope } from "../domain/scope.ts";
import { allOk, mapped, ok } from "../domain/result.ts";
import type { TitledTopic } from "../render/feed-links.ts";
import { phrasesFor } from "../render/phrases/phrases-for.ts";
import { searchTitle } from "../render/search-page.ts";
import { renderSubscribePage } from "../render/subscribe-page.ts";
import type { Manifest } from "../store/manifest.ts";
import type { ReleaseStore, StoreResult } from "../store/release-store.ts";
import { absentTopic } from "./absent-topic.ts";
import { scopeCardUrl } from "./card-address.ts";
import { validatorsOf } from "./validators.ts";
import type { AppContext } from "./env.ts";
import { isCurrentPage } from "./page-validators.ts";
import { page, pageNotModified, unavailable } from "./responses.ts";

/** The page that people get at a feed's address. Only scopes that the manifest does not know take a read. */
export async function subscribePage(
  context: AppContext,
  topic: FeedTopic,
  view: FeedView,
): Promise<Response> {
  const store = context.get("store");
  const { manifest } = store;
  const { site, pageBasis } = manifest;
  const found = await titlesOf(store, topic);
  if (!found.ok) return unavailable(manifest, found.failure);
  const titles = found.value.filter((title) => title !== null);
  if (titles.length === 0 && topic.kind !== "search") {
    return absentTopic(context, topic, subscribePath, "people");
  }

  const cardUrl = topic.kind === "search" ? null : scopeCardUrl(store.manifest, topic);
  // The page basis covers everything except how many of a combination's scopes exist.
  const validators = validatorsOf(`${pageBasis}.${titles.length}.${view}.page`);
  const response = isCurrentPage(context, validators)
    ? pageNotModified(validators)
    : page(
        site,
        renderSubscribePage({
          site,
          topic,
          title: combinedTitle(titles),
          view,
          languages: topic.kind === "site" ? languagesOf(store.manifest) : [],
          cardUrl,
        }),
        validators,
      );
  // Feed readers get the feed at the same address.
  response.headers.set("Vary", "Accept, Accept-Encoding, Sec-Fetch-Dest");
  return response;
}

function languagesOf(manifest: Manifest): readonly TitledTopic[] {
  return manifest.languages().map((name) => {
    const topic = { kind: "language", name } as const;
    return { topic, title: manifest.titleOf(topic) };
  });
}

async function titlesOf(
  store: ReleaseStore,
  topic: FeedTopic,
): StoreResult<readonly (string | null)[]> {
  if (topic.kind === "search") {
    return ok([searchTitle({ text: topic.query }, phrasesFor(store.manifest.site))]);
  }
  return allOk(await Promise.all(scopesOf(topic).map(async (scope) => titleOf(store, scope))));
}

/** The title of a scope; null where it does not exist. */
async function titleOf(store: ReleaseStore, scope: Scope): StoreResult<string | null> {
  const record = store.manifest.scope(scope);
  if (record !== null) return ok(record.title);
  return mapped(await store.head(scope), (head) => head?.title ?? null);
}
