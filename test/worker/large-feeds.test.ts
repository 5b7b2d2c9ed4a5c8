import { describe, expect, inject, it, vi } from "vitest";
import { FEED_FORMATS, FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
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

describe("a feed whose texts do not all fit into a document", async () => {
  const giants = await openSite(inject("giants"));
  const combination = ({ file }: { readonly file: string }): string =>
    `/${file}?category=giants&tag=giants`;
  /** Of each entry its title, and whether its text is there; if it is not, the link must be. */
  const entriesOf = async (path: string, init: RequestInit): Promise<readonly unknown[]> => {
    const response = await giants.fetch(path, init);
    const text = init === GZIP ? await unpacked(response) : await response.text();
    const [, ...entries] = text.split(/(?=Giant \d)/);
    return entries.map((entry) => {
      const isWhole = entry.length > 10_000;
      expect(entry.includes("阅读全文")).toBe(!isWhole);
      return [entry.slice(0, "Giant 0".length), isWhole];
    });
  };
  const fitting = (isWhole: (day: number) => boolean): readonly unknown[] =>
    [7, 6, 5, 4, 3, 2, 1, 0].map((day) => [`Giant ${day}`, isWhole(day)]);

  it.each(FEED_FORMAT_NAMES)(
    "has all entries in %s made on request, with gzip and without, and the same texts",
    async (format) => {
      for (const init of [{}, GZIP]) {
        expect(await entriesOf(combination(FEED_FORMATS[format]), init)).toEqual(
          fitting((day) => day !== 6 && day >= 2),
        );
      }
    },
  );

  it.each(FEED_FORMAT_NAMES)(
    "is prerendered in %s where one scope alone has it, with all texts but one that is too long for any feed",
    async (format) => {
      const path = feedPath({ kind: "tag", name: "giants" }, format);
      expect(await entriesOf(path, GZIP)).toEqual(fitting((day) => day !== 6));
      expect(giants.lastReads().keys).toHaveLength(1);
    },
  );
});
