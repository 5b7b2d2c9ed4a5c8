import { percentDecoded } from "../domain/percent-decoded.ts";
import type { MediaSizes } from "../store/media-sizes.ts";
import { MEDIA_SIZES_PATH, decodeMediaSizes } from "../store/media-sizes.ts";
import { byteRange } from "./byte-range.ts";
import type { AppContext } from "./env.ts";
import { partOfStream } from "./part-of-stream.ts";

/**
 * Sound and films of articles, in parts where a part is asked for: iPhones play nothing else, and nobody can seek without.
 * Static Assets serve whole files only (https://github.com/cloudflare/workers-sdk/issues/8967), so a deploy has the Worker
 * asked first for what is named like such files. The answer is null where there is no such file.
 *
 * @returns a function that is given the path as it was requested, of a file with sound or film
 */
export function mediaFiles(): (context: AppContext, path: string) => Promise<Response | null> {
  /** Of the release, which an isolate never changes. */
  let sizes: MediaSizes | null = null;
  return async ({ req, env: { ASSETS } }, path) => {
    if (ASSETS === undefined) return null;
    const ifNoneMatch = req.header("If-None-Match");
    const found = await ASSETS.fetch(req.url, {
      method: req.method,
      headers: ifNoneMatch === undefined ? {} : { "If-None-Match": ifNoneMatch },
      redirect: "manual",
    });
    // It may be an old address.
    if (found.status === 404) return null;
    const headers = new Headers(found.headers);
    // The policy of other files would keep a browser that opens this one from playing it; there is nothing in it that could run.
    headers.delete("Content-Security-Policy");
    sizes ??= await readSizes(ASSETS, req.url);
    const size = sizes.get(percentDecoded(path)?.normalize("NFC") ?? "");
    if (found.status !== 200 || size === undefined) {
      return new Response(found.body, { status: found.status, headers });
    }
    headers.set("Accept-Ranges", "bytes");
    const isPart = req.method === "GET" && isSameFile(req.header("If-Range"), headers.get("ETag"));
    const part = isPart ? byteRange(req.header("Range") ?? "", size) : null;
    if (part === "unsatisfiable") {
      await found.body?.cancel();
      headers.set("Content-Range", `bytes */${size}`);
      return new Response(null, { status: 416, headers });
    }
    const { first, last } = part ?? { first: 0, last: size - 1 };
    headers.set("Content-Length", String(last + 1 - first));
    if (part !== null) headers.set("Content-Range", `bytes ${first}-${last}/${size}`);
    const isWhole = last + 1 - first === size;
    const body =
      found.body === null || isWhole ? found.body : partOfStream(found.body, { first, last });
    return new Response(body, { status: part === null ? 200 : 206, headers });
  };
}

/** The list of sizes; an empty one where there is none, so that files are served whole. */
async function readSizes(assets: Fetcher, url: string): Promise<MediaSizes> {
  const list = await assets.fetch(new URL(MEDIA_SIZES_PATH, url));
  return list.ok ? decodeMediaSizes(await list.text()) : new Map();
}

/** RFC 9110, section 13.1.5: only a strong entity tag vouches for the bytes, and files here have no date. */
function isSameFile(ifRange: string | undefined, tag: string | null): boolean {
  return ifRange === undefined || (ifRange === tag && !ifRange.startsWith("W/"));
}
