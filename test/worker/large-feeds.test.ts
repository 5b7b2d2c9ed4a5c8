import { describe, expect, inject, it, vi } from "vitest";
import { feedPath } from "../../src/domain/links.ts";
import { openSite } from "./open-site.ts";

const site = await openSite(inject("longArticles"));
const category = site.manifest.scopes().find(({ scope }) => scope.kind === "category");
if (category === undefined) throw new Error("There is no category");

const GZIP = { headers: { "Accept-Encoding": "gzip" } };

async function unpacked(response: Response): Promise<string> {
  expect(response.headers.get("Content-Encoding")).toBe("gzip");
  return new Response(response.body?.pipeThrough(new DecompressionStream("gzip"))).text();
}

describe("a large feed that is made on request", () => {
  it.each(["rss", "atom", "json"] as const)(
    "is the same in %s with gzip and without",
    async (format) => {
      const path = feedPath(category.scope, format);
      const plain = await (await site.fetch(path)).text();
      expect(plain.length).toBeGreaterThan(50_000);
      expect(await unpacked(await site.fetch(path, GZIP))).toBe(plain);

      const fetch = site.openIsolate();
      await (await fetch(path, GZIP)).arrayBuffer();
      expect(await unpacked(await fetch(path, GZIP))).toBe(plain);
      expect(await (await fetch(path)).text()).toBe(plain);
    },
  );

  it.each(["rss", "atom"] as const)(
    "is not compressed anew in %s: its texts are as they were",
    async (format) => {
      const response = await site.fetch(feedPath(category.scope, format), GZIP);
      const packed = new TextDecoder().decode(await response.arrayBuffer());
      expect(packed).toContain(`<title>${category.title} ·`);
      expect(packed.split("<![CDATA[")).toHaveLength(category.count + 1);
      expect(packed).not.toContain("</p>");
    },
  );

  it.each([
    ["gzip", GZIP],
    ["no gzip", {}],
  ])("answers 503 with %s where the body of an article is damaged", async (_, init) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const path = feedPath(category.scope, "rss");
    await (await site.fetch(path)).arrayBuffer();
    const [, ...articlePacks] = site.lastReads().keys;
    const damaged = await openSite(inject("longArticles"), (read) => async (key) => {
      const value = await read(key);
      if (value === null || !articlePacks.includes(key)) return value;
      const bytes = new Uint8Array(value.slice(0));
      const insideLastBody = bytes.byteLength - 100;
      bytes[insideLastBody] = (bytes[insideLastBody] ?? 0) ^ 1;
      return bytes.buffer;
    });
    const response = await damaged.fetch(path, init);
    expect(response.status).toBe(503);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    expect(log.mock.calls.flat().join("\n")).toMatch(
      /the checksum of the body of \\"[\da-z]{10}\\" differs/,
    );
    log.mockRestore();
  });
});

describe("a feed of which not all fits into a document", () => {
  it("has all entries with gzip and without, in every format, and the same bodies", async () => {
    const giants = await openSite(inject("giants"));
    for (const init of [{}, GZIP]) {
      for (const format of ["rss", "atom", "json"] as const) {
        const path = feedPath({ kind: "category", name: "giants" }, format);
        const response = await giants.fetch(path, init);
        const text = init === GZIP ? await unpacked(response) : await response.text();
        const [, ...entries] = text.split(/(?=Giant \d)/);
        const isWhole = entries.map((entry) => [
          entry.slice(0, "Giant 0".length),
          entry.length > 10_000,
          entry.includes("阅读全文"),
        ]);
        expect(isWhole, format).toEqual([
          ["Giant 7", true, false],
          ["Giant 6", false, true],
          ["Giant 5", true, false],
          ["Giant 4", true, false],
          ["Giant 3", true, false],
          ["Giant 2", true, false],
          ["Giant 1", false, true],
          ["Giant 0", false, true],
        ]);
      }
    }
  });
});
