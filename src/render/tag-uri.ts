/**
 * RFC 4151 2.1: a day on which the authority belonged to the publisher. It is the same for every id and for ever,
 * because it is part of each: a date of the article would change when an editor corrects it.
 */
const AUTHORITY_DATE = "2026";

/** `tag:finews.example,2026:/s/f5v4k2q9xa`: an id that says nothing about where a document is. */
export function tagUri(authority: string, name: string): string {
  return `tag:${authority},${AUTHORITY_DATE}:${name}`;
}
