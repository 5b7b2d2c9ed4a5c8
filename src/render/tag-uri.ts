/**
 * A date on which the authority belonged to the publisher (RFC 4151, section 2.1). It is part of every id and so must
 * never change: a date of the article would change when an editor corrects it.
 */
const AUTHORITY_DATE = "2026";

/** `tag:finews.example,2026:/s/f5v4k2q9xa`: an id that does not depend on where a document is. */
export function tagUri(authority: string, name: string): string {
  return `tag:${authority},${AUTHORITY_DATE}:${name}`;
}
