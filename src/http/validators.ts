import { parseHttpDate } from "../domain/http-date.ts";
import { formatHttpDate } from "../domain/moment.ts";

/** What tells one state of a document from another (RFC 9110, section 8.8). */
export interface Validators {
  /** The entity tag as it is sent, `W/"…"`. It is weak, because the edge may compress the document. */
  readonly entityTag: string;
  /** Seconds since 1970; null where it is not known when the document last changed. */
  readonly lastModified: number | null;
}

/**
 * The validators of a state.
 *
 * @param name of the state, in characters that need no escaping
 */
export function validatorsOf(name: string, lastModified: number | null = null): Validators {
  return { entityTag: `W/"${name}"`, lastModified };
}

/**
 * Whether the client has the current state, so that the answer is 304.
 *
 * RFC 9110, section 13.2.2: `If-Modified-Since` is ignored where `If-None-Match` was sent. It is compared for equality
 * rather than order, because a roll-back returns a feed to an earlier state, and with it to an earlier moment.
 *
 * @param ifNoneMatch the header's value; empty where it was not sent
 */
export function isFresh(
  ifNoneMatch: string,
  ifModifiedSince: string | undefined,
  { entityTag, lastModified }: Validators,
): boolean {
  if (ifNoneMatch.trim() !== "") {
    return ifNoneMatch.trim() === "*" || namesTag(ifNoneMatch, entityTag);
  }
  if (ifModifiedSince === undefined || lastModified === null) return false;
  return parseHttpDate(ifModifiedSince) === lastModified;
}

/**
 * Whether an `If-None-Match` list contains the tag. `*` does not count, because it only asks whether a document exists.
 */
export function namesTag(ifNoneMatch: string, entityTag: string): boolean {
  if (ifNoneMatch === entityTag) return true;
  const wanted = opaqueTag(entityTag);
  return listedTags(ifNoneMatch).some((tag) => opaqueTag(tag) === wanted);
}

/**
 * The tags of a list. A comma inside quotes belongs to its tag. Some readers send tags without quotes, so these count
 * too.
 */
function listedTags(list: string): readonly string[] {
  return list.match(/(?:W\/)?"[^"]*"(?:[;-][\w-]*)?|[^\s,]+/gi) ?? [];
}

/**
 * The part of a tag that weak comparison uses (RFC 9110, section 8.8.3.2), without what servers and proxies are known
 * to add inside or after the quotes: `-gzip`, `--gzip`, `;gzip`.
 */
function opaqueTag(tag: string): string {
  return tag
    .replace(/^W\//i, "")
    .replaceAll('"', "")
    .replace(/(?:--?|;)(?:gzip|br|zstd|deflate)$/i, "");
}

/** The two validators as headers. */
export function validatorHeaders({ entityTag, lastModified }: Validators): Record<string, string> {
  return lastModified === null
    ? { ETag: entityTag }
    : { ETag: entityTag, "Last-Modified": formatHttpDate(lastModified) };
}
