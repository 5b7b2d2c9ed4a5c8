import { describe, expect, inject, it, vi } from "vitest";
import type { OpenedSite, ReadValue } from "./open-site.ts";
import { openSite } from "./open-site.ts";

const PATHS = [
  "/",
  "/?page=2022-01",
  "/s/jht74skbm3",
  "/category/city",
  "/tag/C%2B%2B",
  "/feed.xml",
  "/category/city/atom.xml",
  "/category/TechWeb/feed.json",
  "/tag/C%2B%2B/feed.xml",
  "/2022/01/10/NW202201100000000001.html",
  "/html_News/NewsShare.html?infoCode=NW202201100000000001",
  "/harbour.html",
  "/feed.xml?category=city&tag=C%2B%2B",
  "/category/city/feed.json?page=2023-07",
  "/category/nowhere/feed.xml",
  "/sitemap.xml",
  "/sitemap-2022-01.xml",
  "/c/ka6h27zds7-0000000000000000.png",
  "/search?q=%E7%81%AF%E5%A1%94",
  "/search/atom.xml?q=%E7%81%AF%E5%A1%94",
];

const FAILURES: Readonly<Record<string, (read: ReadValue) => ReadValue>> = {
  "KV throws": () => async () => {
    throw new Error("KV GET failed: 500 Internal Server Error at /secret/path.ts:12");
  },
  "a value is missing": () => async () => null,
  "a value is cut off": (read) => async (key) => (await read(key))?.slice(0, 40) ?? null,
  "a value is something else": () => async () =>
    new Uint8Array(new TextEncoder().encode("<html>captive portal</html>")).buffer,
};

describe.each(Object.entries(FAILURES))("when %s", (_, replaceReading) => {
  it.each(PATHS)("%s answers 503, to be tried again and not to be kept", async (path) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const site = await openSite(inject("fixtures"), replaceReading);
    const response = await site.fetch(path);
    expect(response.status).toBe(503);
    expect(response.headers.get("Retry-After")).toBe("120");
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(await response.text()).not.toMatch(/secret|Error:|\.ts\b|\bat /);
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
  });
});

/** Damages are spread over the beginning of a value, where its index is, and over all of it. */
const DAMAGED_PLACES = [
  ...Array.from({ length: 64 }, (_, place) => place),
  ...Array.from({ length: 48 }, (_, part) => part / 48),
];

describe("a value that is not what the release named", () => {
  it.each(PATHS)("never changes what %s shows, whichever byte is damaged", async (path) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    let damage: (bytes: Uint8Array) => void = () => {};
    const site = await openSite(inject("fixtures"), (read) => async (key) => {
      const value = await read(key);
      if (value !== null) damage(new Uint8Array(value));
      return value;
    });
    const intact = await answerOf(site, path);
    let refused = 0;
    for (const place of DAMAGED_PLACES) {
      damage = (bytes) => {
        const index = place < 1 ? Math.floor(place * bytes.byteLength) : place % bytes.byteLength;
        bytes[index] = (bytes[index] ?? 0) ^ 0x41;
      };
      const answer = await answerOf(site, path);
      if (answer === "503 no-store") refused += 1;
      else expect(answer, `byte ${place}`).toBe(intact);
    }
    expect(refused).toBeGreaterThan(0);
    log.mockRestore();
  });

  it.each(PATHS)("is refused where it is another intact value of its kind: %s", async (path) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const keys = Object.keys(inject("fixtures").values);
    const site = await openSite(inject("fixtures"), (read) => async (key) => {
      return read(keys.find((other) => other !== key && other.startsWith(key.slice(0, 2))) ?? key);
    });
    expect(await answerOf(site, path)).toBe("503 no-store");
    log.mockRestore();
  });
});

/** The answer with its body; of a failure, only what proxies look at. */
async function answerOf(site: OpenedSite, path: string): Promise<string> {
  const response = await site.fetch(path);
  const body = await response.text();
  return response.status === 503
    ? `503 ${response.headers.get("Cache-Control")}`
    : `${response.status} ${response.headers.get("Location")} ${body}`;
}
