import { describe, expect, inject, it, vi } from "vitest";
import type { ReadValue } from "./open-site.ts";
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
