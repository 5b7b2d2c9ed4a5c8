import { describe, expect, it } from "vitest";
import { changedTopics } from "../../../scripts/publish/changed-topics.ts";
import type { FeedFormat } from "../../../src/domain/feed-format.ts";
import type { Scope } from "../../../src/domain/scope.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import type { FormatRecord } from "../../../src/store/manifest.ts";
import { Manifest, encodeManifest } from "../../../src/store/manifest.ts";
import { FIXTURE_SITE } from "../../seed-worker-tests.ts";

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
