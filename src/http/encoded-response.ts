import { parseAccept } from "hono/utils/accept";
import { gunzip, gzip } from "../store/gzip.ts";

/** A document that is worth compressing. */
export interface EncodableDocument {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whether it is gzipped already. */
  readonly isGzipped: boolean;
}

/**
 * Sends a document gzipped where the client takes it. The edge itself compresses RSS, but neither Atom nor JSON Feed nor
 * OPML. `encodeBody` keeps the runtime from compressing once more; no middleware may make a new response of this one,
 * because it would be lost (workerd#7066).
 *
 * @param headers that name `Accept-Encoding` in `Vary`
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

/** The edge asks for gzip whatever the client asked it for, which it tells in `cf`. */
export function acceptsGzip(request: Request): boolean {
  const fromClient = request.cf?.["clientAcceptEncoding"];
  const accepted =
    typeof fromClient === "string" ? fromClient : (request.headers.get("Accept-Encoding") ?? "");
  const qualityOf = (coding: string): number | undefined =>
    parseAccept(accepted).find(({ type }) => type.toLowerCase() === coding)?.q;
  return (qualityOf("gzip") ?? qualityOf("*") ?? 0) > 0;
}
