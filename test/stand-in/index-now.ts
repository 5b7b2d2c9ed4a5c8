/**
 * IndexNow as its document has it (https://www.indexnow.org/documentation): 400 for what is no such request, 422 for a key of
 * another form and for addresses of another host, 403 where the key's file does not say the key.
 *
 * @param fetchKey fetches the key's file
 */
export async function answerIndexNow(
  request: Request,
  fetchKey: (url: string) => Promise<Response>,
): Promise<Response> {
  const refused = (status: number, why: string): Response => new Response(why, { status });
  const type = request.headers.get("Content-Type") ?? "";
  if (request.method !== "POST" || !type.startsWith("application/json")) {
    return refused(400, "Bad request");
  }
  const sent = (await request.json()) as {
    readonly host?: unknown;
    readonly key?: unknown;
    readonly keyLocation?: unknown;
    readonly urlList?: unknown;
  };
  const { host, key, keyLocation, urlList } = sent;
  const urls: readonly unknown[] = Array.isArray(urlList) ? urlList : [];
  if (typeof host !== "string" || typeof key !== "string" || urls.length === 0) {
    return refused(400, "Invalid format");
  }
  if (urls.length > 10_000) return refused(400, "More than 10,000 addresses");
  if (!/^[\dA-Za-z-]{8,128}$/.test(key)) return refused(422, "The key is none");
  if (!urls.every((url) => URL.parse(String(url))?.host === host)) {
    return refused(422, "Addresses that do not belong to the host");
  }
  const place = typeof keyLocation === "string" ? keyLocation : `https://${host}/${key}.txt`;
  const file = await fetchKey(place);
  if (!file.ok || (await file.text()).trim() !== key) return refused(403, "The key is not valid");
  return new Response(null, { status: 200 });
}
