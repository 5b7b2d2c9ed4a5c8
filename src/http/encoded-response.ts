import { parseAccept } from "hono/utils/accept";
import { gunzip, gzip } from "../store/gzip.ts";

/** A document that is worth compressing. */
export interface EncodableDocument {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether `bytes` are gzipped already. */
  readonly isGzipped: boolean;
}

/**
 * Sends a document gzipped where the client accepts that, because the edge compresses RSS, but not Atom, JSON Feed or
 * OPML. `encodeBody` keeps the runtime from compressing again. Middleware must not make a new response of this one,
 * because `encodeBody` would be lost (workerd#7066).
 *
 * @param headers must name `Accept-Encoding` in `Vary`
 */
export function encodedResponse(
  request: Request,
  { bytes, isGzipped }: EncodableDocument,
  headers: HeadersInit,
): Response {
  if (!acceptsGzip(request)) {
    return new Response(isGzipped ? gunzip(bytes) : bytes, { headers });
  }
  const zipped = isGzipped ? bytes : gzip(bytes, "request");
  const response = new Response(zipped, { headers, encodeBody: "manual" });
  response.headers.set("Content-Encoding", "gzip");
  return response;
}

/**
 * Whether the client accepts gzip. The edge always asks the Worker for gzip, and passes the client's own header on in
 * `cf`.
 */
export function acceptsGzip(request: Request): boolean {
  const fromClient = request.cf?.["clientAcceptEncoding"];
  const accepted =
    typeof fromClient === "string" ? fromClient : (request.headers.get("Accept-Encoding") ?? "");
  // Nearly nobody says how much.
  if (!accepted.includes(";")) return /(?:^|,)\s*(?:gzip|\*)\s*(?:,|$)/i.test(accepted);
  const qualityOf = (coding: string): number | undefined =>
    parseAccept(accepted).find(({ type }) => type.toLowerCase() === coding)?.q;
  return (qualityOf("gzip") ?? qualityOf("*") ?? 0) > 0;
}
