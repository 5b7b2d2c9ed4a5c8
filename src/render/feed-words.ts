import type { FeedTopic } from "../domain/combination.ts";
import type { Site } from "../domain/site.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";

/** The words of a feed: the site's, and of the feed of another language that language's. */
export function feedWords(site: Pick<Site, "language" | "phrases">, topic: FeedTopic): Phrases {
  const isForeign = topic.kind === "language" && topic.name !== site.language;
  return phrasesFor(isForeign ? { language: topic.name } : site);
}
