/**
 * Sends what is gzipped already: `encodeBody` keeps the runtime from doing it again, and the edge undoes it for whom it
 * must. The edge itself compresses RSS, but neither Atom nor JSON Feed nor OPML. No middleware may make a new response of
 * this one, because `encodeBody` would be lost (workerd#7066).
 */
export function gzippedResponse(
  document: Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>>,
): Response {
  return new Response(document, {
    headers: { ...headers, "Content-Encoding": "gzip" },
    encodeBody: "manual",
  });
}
