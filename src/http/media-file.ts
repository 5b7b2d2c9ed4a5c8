import type { MiddlewareHandler } from "hono";
import { mediaTypeOf } from "../domain/media-type.ts";
import { byteRange } from "./byte-range.ts";
import { writtenPath } from "./canonical-path.ts";
import type { AppTypes } from "./env.ts";

/**
 * Sound and films of articles, in parts where a part is asked for: iPhones play nothing else, and nobody can seek without.
 * Static Assets serve whole files only (https://github.com/cloudflare/workers-sdk/issues/8967), so a deploy has the Worker
 * asked first for what is named like such files. They are 25 MiB at most, and an isolate may use 128.
 */
export const mediaFile: MiddlewareHandler<AppTypes> = async ({ req, env: { ASSETS } }, next) => {
  if (ASSETS === undefined || mediaTypeOf(writtenPath(req.url)) === null) {
    await next();
    return undefined;
  }
  const range = req.method === "GET" ? (req.header("Range") ?? "") : "";
  const ifNoneMatch = req.header("If-None-Match");
  const found = await ASSETS.fetch(req.url, {
    headers: ifNoneMatch === undefined ? {} : { "If-None-Match": ifNoneMatch },
    redirect: "manual",
  });
  // It may be an old address.
  if (found.status === 404) {
    await next();
    return undefined;
  }
  const headers = new Headers(found.headers);
  headers.set("Accept-Ranges", "bytes");
  // The policy of other files would keep a browser that opens this one from playing it; there is nothing in it that could run.
  headers.delete("Content-Security-Policy");
  const isWhole = range === "" || !isSameFile(req.header("If-Range"), headers.get("ETag"));
  if (found.status !== 200 || (isWhole && req.method === "GET")) {
    return new Response(found.body, { status: found.status, headers });
  }
  // What comes from Static Assets does not say how long it is.
  const bytes = new Uint8Array(await found.arrayBuffer());
  const size = bytes.byteLength;
  const part = byteRange(range, size);
  if (part === "unsatisfiable") {
    headers.set("Content-Range", `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  if (part === null) {
    headers.set("Content-Length", String(size));
    return new Response(req.method === "HEAD" ? null : bytes, { headers });
  }
  const { first, last } = part;
  headers.set("Content-Range", `bytes ${first}-${last}/${size}`);
  return new Response(bytes.subarray(first, last + 1), { status: 206, headers });
};

/** RFC 9110, section 13.1.5: only a strong entity tag vouches for the bytes, and files here have no date. */
function isSameFile(ifRange: string | undefined, tag: string | null): boolean {
  return ifRange === undefined || (ifRange === tag && !ifRange.startsWith("W/"));
}
