import { parseHttpDate } from "../domain/http-date.ts";
import { formatHttpDate } from "../domain/moment.ts";

/** What tells one state of a document from another. */
export interface Validators {
  /** A weak entity tag as it is sent: `W/"…"`. Weak, because an edge compresses what we send. */
  readonly entityTag: string;
  /** Seconds since 1970; null where it is not known when the document last changed. */
  readonly lastModified: number | null;
}

/**
 * The validators of a state.
 *
 * @param name of it, in characters that need no care
 */
export function validatorsOf(name: string, lastModified: number | null = null): Validators {
  return { entityTag: `W/"${name}"`, lastModified };
}

/**
 * Whether the client holds the current state, so that 304 is the answer.
 *
 * RFC 9110, section 13.2.2: `If-Modified-Since` is not looked at where `If-None-Match` came. It is compared for
 * equality with what we sent rather than for order: a roll-back moves a feed to an earlier state, and with it to an
 * earlier moment.
 *
 * @param ifNoneMatch the header as it came; empty where none did
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

/** Whether an `If-None-Match` list names the tag itself; `*` does not, as it asks for existence only. */
export function namesTag(ifNoneMatch: string, entityTag: string): boolean {
  if (ifNoneMatch === entityTag) return true;
  const wanted = opaqueTag(entityTag);
  return listedTags(ifNoneMatch).some((tag) => opaqueTag(tag) === wanted);
}

/** Tags of a list; a comma inside quotes belongs to the tag. Tags without quotes are taken too, as readers send them. */
function listedTags(list: string): readonly string[] {
  return list.match(/(?:W\/)?"[^"]*"(?:[;-][\w-]*)?|[^\s,]+/gi) ?? [];
}

/**
 * What two tags are compared by (RFC 9110, section 8.8.3.2: weak comparison), without what servers and proxies are
 * known to add: `-gzip`, `--gzip`, `;gzip`, inside or behind the quotes.
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
