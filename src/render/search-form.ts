import { SEARCH_PATH } from "../domain/links.ts";
import type { Site } from "../domain/site.ts";
import type { Markup } from "./markup.ts";
import { markup } from "./markup.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";

/**
 * The field for searching; null where the site cannot be searched.
 *
 * @param words the attributes of the site's words
 * @param query what stands in it
 */
export function renderSearchForm(site: Site, words: Markup | null, query = ""): Markup | null {
  if (site.search === undefined) return null;
  const phrases = phrasesFor(site);
  const value = query === "" ? null : markup` value="${query}"`;
  return markup`<form action="${SEARCH_PATH}" role="search"${words}><input type="search" name="q" aria-label="${phrases.searching.label}"${value} maxlength="150" required><button>${phrases.search}</button></form>`;
}
