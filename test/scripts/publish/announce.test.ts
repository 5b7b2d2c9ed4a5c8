import { describe, expect, it } from "vitest";
import type { FeedFormat } from "../../../src/domain/feed-format.ts";
import type { Scope } from "../../../src/domain/scope.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import type { FormatRecord } from "../../../src/store/manifest.ts";
import { Manifest, encodeManifest } from "../../../src/store/manifest.ts";
import { FIXTURE_SITE } from "../../seed-worker-tests.ts";
import type { IO } from "../../../scripts/terminal/io.ts";
import { fakeIO } from "../fake-io.ts";
import { awaitRelease, changedTopics, tellHub } from "../../../scripts/publish/announce.ts";

/** An IO whose clock moves by waiting, and what it was asked for, with the second. */
function ioOf(answer: (url: string, second: number) => Response): {
  readonly io: IO;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const io: IO = fakeIO({
    fetch: async (url) => {
      asked.push(`${io.now() / 1000} s ${url}`);
      return answer(url, io.now() / 1000);
    },
  });
  return { io, asked };
}

const ORIGIN = "https://finews.example";

describe("awaitRelease", () => {
  it("waits until the public address shows the release", async () => {
    const { io, asked } = ioOf((_, second) =>
      Response.json({ release: second < 5 ? "old" : "new" }),
    );
    expect(await awaitRelease(ORIGIN, "new", io)).toMatchObject({ ok: true });
    expect(asked).toHaveLength(4);
  });

  it("says what it saw last, sooner where nobody answers at all", async () => {
    const old = ioOf(() => Response.json({ release: "old" }));
    expect(await awaitRelease(ORIGIN, "new", old.io)).toMatchObject({
      failure: { reason: "another-answer", detail: '200 {"release":"old"}' },
    });
    const nobody = ioOf(() => {
      throw new TypeError("fetch failed", { cause: new Error("getaddrinfo ENOTFOUND") });
    });
    expect(await awaitRelease(ORIGIN, "new", nobody.io)).toMatchObject({
      failure: { reason: "no-answer", detail: "getaddrinfo ENOTFOUND" },
    });
    expect(nobody.asked.length).toBeLessThan(old.asked.length);
  });
});

describe("tellHub", () => {
  it("tells the hub at once and again after a minute", async () => {
    const { io, asked } = ioOf(() => new Response(null, { status: 204 }));
    expect(await tellHub([`${ORIGIN}/feed.xml`], "https://hub.example/", io)).toEqual([]);
    expect(asked).toEqual(["0 s https://hub.example/", "60 s https://hub.example/"]);
  });
});

const SITE: Scope = { kind: "site" };
const CITY: Scope = { kind: "category", name: "city" };
const TAG: Scope = { kind: "tag", name: "新闻" };

/** A release whose feeds are in the states given. */
function release(
  states: readonly (readonly [Scope, string])[],
  renderers: Partial<Record<FeedFormat, string>> = {},
): Manifest {
  const formatOf = (format: FeedFormat): FormatRecord => ({
    renderer: contentHash([format, renderers[format] ?? ""]),
    changedAt: 1,
  });
  const manifest = Manifest.open(
    encodeManifest({
      site: FIXTURE_SITE,
      articleCount: 1,
      cardsSince: null,
      pageBasis: contentHash(["basis"]),
      formats: { rss: formatOf("rss"), atom: formatOf("atom"), json: formatOf("json") },
      maps: { articles: [], redirects: [], collections: [], cards: [] },
      scopes: states.map(([scope, state]) => ({
        scope,
        title: "",
        count: 1,
        newestPage: "2022-01",
        digest: contentHash([state]),
        changedAt: 1,
        isPrerendered: false,
      })),
    }),
  );
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return manifest.value;
}

const STATES = [
  [SITE, "1"],
  [CITY, "1"],
  [TAG, "1"],
] as const;

const BEFORE = release(STATES);

describe("changedTopics", () => {
  it("are all formats of the feeds whose content is another, and of new ones", () => {
    const after = release([
      [SITE, "2"],
      [CITY, "1"],
      [{ kind: "category", name: "new" }, "1"],
      [TAG, "1"],
    ]);
    expect(changedTopics(BEFORE, after)).toEqual([
      "https://finews.example/feed.xml",
      "https://finews.example/atom.xml",
      "https://finews.example/feed.json",
      "https://finews.example/category/new/feed.xml",
      "https://finews.example/category/new/atom.xml",
      "https://finews.example/category/new/feed.json",
    ]);
  });

  it("are all feeds of a format whose code is another, and no others", () => {
    expect(changedTopics(BEFORE, release(STATES, { atom: "changed" }))).toEqual([
      "https://finews.example/atom.xml",
      "https://finews.example/category/city/atom.xml",
      "https://finews.example/tag/%E6%96%B0%E9%97%BB/atom.xml",
    ]);
  });

  it("are none where nothing changed, and none in a first release", () => {
    expect(changedTopics(BEFORE, BEFORE)).toEqual([]);
    expect(changedTopics(null, BEFORE)).toEqual([]);
  });
});
