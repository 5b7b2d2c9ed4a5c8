import { env } from "cloudflare:workers";
import { describe, expect, inject, it } from "vitest";
import { createApp } from "../../src/http/app.ts";
import type { Env } from "../../src/http/env.ts";
import { MEDIA_SIZES_PATH, encodeMediaSizes } from "../../src/store/media-sizes.ts";
import { openSite } from "./open-site.ts";

const { manifest } = await openSite(inject("fixtures"));

const SOUND = "0123456789".repeat(1000);
const TAG = '"abc"';

/** A file that the list does not name, as in a folder that an earlier version has filled. */
const UNLISTED = "/audio/unlisted.mp3";
const SIZES = encodeMediaSizes(new Map([["/audio/a b.mp3", SOUND.length]]));

/** What Static Assets do: they serve whole files, do not say how long these are, and know nothing of ranges. */
const ASSETS = {
  fetch: async (address: string | URL, init: RequestInit = {}) => {
    const { pathname } = new URL(address);
    if (pathname === MEDIA_SIZES_PATH) return new Response(SIZES);
    const isThere = ["/audio/a%20b.mp3", UNLISTED].includes(pathname);
    if (!isThere) return new Response("", { status: 404 });
    const headers = {
      ETag: TAG,
      "Content-Type": "audio/mpeg",
      "Content-Security-Policy": "default-src 'none'; sandbox",
    };
    if (new Headers(init.headers).get("If-None-Match") === TAG) {
      return new Response(null, { status: 304, headers });
    }
    if (init.method === "HEAD") return new Response(null, { headers });
    const stream = new Response(SOUND).body?.pipeThrough(new IdentityTransformStream());
    return new Response(stream ?? null, { headers });
  },
} as unknown as Fetcher;

async function fetchFile(
  headers: Record<string, string> = {},
  path = "/audio/a%20b.mp3",
  method = "GET",
): Promise<Response> {
  const { RELEASES } = env as unknown as Env;
  const request = new Request(`https://finews.example${path}`, { method, headers });
  return createApp(manifest).fetch(request, { RELEASES, ASSETS });
}

/** workerd warns of whoever asks for sound as text. */
const textOf = async (response: Response): Promise<string> =>
  new TextDecoder().decode(await response.arrayBuffer());

describe("a recording", () => {
  it("is served whole, and says that it can be had in parts", async () => {
    const response = await fetchFile();
    expect(response.status).toBe(200);
    expect(response.headers.get("Accept-Ranges")).toBe("bytes");
    expect(response.headers.get("Content-Type")).toBe("audio/mpeg");
    // It would keep a browser that opens the file from playing it.
    expect(response.headers.get("Content-Security-Policy")).toBeNull();
    expect(await textOf(response)).toBe(SOUND);
  });

  it.each([
    ["bytes=0-1", "01", "bytes 0-1/10000"],
    ["bytes=9995-", "56789", "bytes 9995-9999/10000"],
    ["bytes=-3", "789", "bytes 9997-9999/10000"],
    ["bytes=4321-4330", "1234567890", "bytes 4321-4330/10000"],
    ["bytes=0-", SOUND, "bytes 0-9999/10000"],
  ])("is served in parts: %s", async (range, text, contentRange) => {
    const response = await fetchFile({ Range: range });
    expect(response.status).toBe(206);
    expect(response.headers.get("Content-Range")).toBe(contentRange);
    expect(response.headers.get("Content-Length")).toBe(String(text.length));
    expect(response.headers.get("ETag")).toBe(TAG);
    expect(await textOf(response)).toBe(text);
  });

  it("says how long it is where a part behind its end is wanted", async () => {
    const response = await fetchFile({ Range: "bytes=10000-" });
    expect([response.status, response.headers.get("Content-Range")]).toEqual([
      416,
      "bytes */10000",
    ]);
  });

  it.each([
    [{ Range: "bytes=0-1", "If-Range": TAG }, 206],
    [{ Range: "bytes=0-1", "If-Range": '"other"' }, 200],
    [{ Range: "bytes=0-1", "If-Range": `W/${TAG}` }, 200],
    [{ Range: "bytes=0-1", "If-Range": "Mon, 23 Nov 2026 00:00:00 GMT" }, 200],
    [{ Range: "bytes=0-1,5-6" }, 200],
    [{ Range: "bytes=0-1", "If-None-Match": TAG }, 304],
  ])("answers %j with %i", async (headers, status) => {
    const response = await fetchFile(headers);
    expect(response.status).toBe(status);
    expect((await textOf(response)).length).toBe({ 200: 10_000, 206: 2, 304: 0 }[status]);
  });

  it("tells its length to HEAD, whatever part is asked for", async () => {
    for (const headers of [{}, { Range: "bytes=0-1" }]) {
      const response = await fetchFile(headers, undefined, "HEAD");
      expect([response.status, response.headers.get("Content-Length")]).toEqual([200, "10000"]);
      expect(await textOf(response)).toBe("");
    }
  });

  it("is served whole where its size is not known", async () => {
    const response = await fetchFile({ Range: "bytes=0-1" }, UNLISTED);
    expect([response.status, response.headers.get("Accept-Ranges")]).toEqual([200, null]);
    expect(await textOf(response)).toBe(SOUND);
  });

  it("that is not there is an address like any other", async () => {
    const response = await fetchFile({ Range: "bytes=0-1" }, "/audio/none.mp3");
    expect([response.status, response.headers.get("Content-Type")]).toEqual([
      404,
      "text/html; charset=utf-8",
    ]);
  });

  it("needs no binding where the settings have none", async () => {
    const { RELEASES } = env as unknown as Env;
    const request = new Request("https://finews.example/audio/a%20b.mp3");
    expect((await createApp(manifest).fetch(request, { RELEASES })).status).toBe(404);
  });
});
