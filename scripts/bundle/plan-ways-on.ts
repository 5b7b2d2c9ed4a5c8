import { clipText } from "../../src/render/clip-text.ts";
import { storedRef } from "../../src/store/collection-entry.ts";
import type { ReleaseContents } from "../../src/store/release-contents.ts";
import type { PlannedCollection } from "./plan-collections.ts";
import { articleRef } from "./article-ref.ts";
import { compareBusiestFirst } from "./plan-collections.ts";

/** How much a page names that stands in the place of one that is not there: some hundred bytes of the manifest. */
const WAYS_ON = { articles: 5, categories: 8, titleBytes: 180 } as const;

/** What a page that is not there names in its place; nothing where there are no articles. */
export function planWaysOn(
  directory: readonly PlannedCollection[],
): Pick<ReleaseContents, "waysOn"> {
  const site = directory.find(({ collection }) => collection.scope.kind === "site");
  const newest = (site?.collection.members ?? []).slice(0, WAYS_ON.articles);
  if (newest.length === 0) return {};
  const busiest = directory
    .flatMap((planned) => (planned.collection.scope.kind === "category" ? [planned] : []))
    .toSorted(compareBusiestFirst)
    .slice(0, WAYS_ON.categories);
  return {
    waysOn: {
      newest: newest.map((article) => {
        const title = clipText(article.title, WAYS_ON.titleBytes);
        return storedRef({
          ...articleRef(article, false),
          title,
          source: null,
          entryId: null,
          updated: null,
        });
      }),
      busiest: busiest.flatMap(({ collection: { scope } }) =>
        scope.kind === "category" ? [scope.name] : [],
      ),
    },
  };
}
