import type { ArticleHeader } from "./article.ts";
import { remembered } from "./remembered.ts";
import type { Site } from "./site.ts";

/** Agencies, newspapers and desks, and roles: they sign articles, but nobody follows them as a person. */
const NOBODY =
  /.(?:[社报報网網台刊]|编辑部|編輯部|[记記]者|[编編][辑輯]|通[讯訊][员員]|评论员|評論員)$|^(?:小[编編]|[编編][辑輯]|[佚匿]名|未知|admin(?:istrator)?|anonymous|editors?|staff|unknown|afp|ap|reuters|xinhua)$/iu;
/** Longer texts are descriptions. */
const LONGEST_NAME = 100;
const MOST_NAMES = 5000;

/** Whether a name that signs articles has a list and feeds: that of a person, unless the settings turn them off. */
export function isListedAuthor(name: string, { authors }: Pick<Site, "authors">): boolean {
  return authors !== false && isPerson(name);
}

/** A page asks three times of each author. */
const isPerson = remembered(
  MOST_NAMES,
  (name) => name.length <= LONGEST_NAME && /\p{L}/u.test(name) && !NOBODY.test(name),
);

/** The authors of an article that have a list and feeds, each once. */
export function listedAuthors(
  { authors }: Pick<ArticleHeader, "authors">,
  site: Pick<Site, "authors">,
): readonly string[] {
  return [...new Set(authors)].filter((name) => isListedAuthor(name, site));
}
