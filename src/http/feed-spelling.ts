import type { FeedView } from "../domain/feed-view.ts";

/** Parameters that choose among feeds, of whose addresses each has one spelling. */
const CHOOSING = new Set(["only", "lang"]);
const KNOWN = /^(?:q|category|tag|author|lang|page|only)=/i;

/** What a feed's query asks to be shown: `?only=summary`, in whatever spelling. Other values mean nothing. */
export function viewInQuery(url: string): Exclude<FeedView, "digest"> {
  const values = valuesInAnyCase(url, "only").map((value) => value.toLowerCase());
  return values.includes("summary") ? "summaries" : "texts";
}

/** The values of a parameter whose name may have capitals. */
export function valuesInAnyCase(url: string, name: string): readonly string[] {
  return parametersOf(url).flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []));
}

/**
 * Whether the query of an address is spelled as the canonical path of the feed that it means. Where it has none of the
 * parameters that choose, it is: pages of an archive, categories and tags are compared elsewhere.
 */
export function isSpelledLike(url: string, canonical: string): boolean {
  if (!parametersOf(url).some(([name]) => CHOOSING.has(name.toLowerCase()))) return true;
  const written = queryOf(url).split("&");
  return written.filter((pair) => KNOWN.test(pair)).join("&") === queryOf(canonical);
}

function parametersOf(url: string): readonly (readonly [string, string])[] {
  const query = queryOf(url);
  return query === "" ? [] : [...new URLSearchParams(query)];
}

function queryOf(url: string): string {
  const start = url.indexOf("?");
  return start < 0 ? "" : (url.slice(start + 1).split("#", 1)[0] ?? "");
}
