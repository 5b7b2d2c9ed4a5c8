import { describe, expect, it } from "vitest";
import { changedTopics } from "../../../scripts/publish/changed-topics.ts";
import type { Scope } from "../../../src/domain/scope.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import { Manifest, encodeManifest } from "../../../src/store/manifest.ts";
import { FIXTURE_SITE } from "../../seed-worker-tests.ts";

const SITE: Scope = { kind: "site" };
const CITY: Scope = { kind: "category", name: "city" };
const TAG: Scope = { kind: "tag", name: "新闻" };

/** A release whose feeds are in the states given. */
function release(states: readonly (readonly [Scope, string])[]): Manifest {
  const manifest = Manifest.open(
    encodeManifest({
      site: FIXTURE_SITE,
      articleCount: 1,
      cardsSince: null,
      pageBasis: contentHash(["basis"]),
      maps: { articles: [], redirects: [], collections: [], cards: [] },
      scopes: states.map(([scope, state]) => ({
        scope,
        title: "",
        count: 1,
        newestPage: "2022-01",
        digest: contentHash([state]),
        changedAt: 1,
        prerendered: null,
      })),
    }),
  );
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return manifest.value;
}

const BEFORE = release([
  [SITE, "1"],
  [CITY, "1"],
  [TAG, "1"],
]);

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

  it("are none where nothing changed, and none in a first release", () => {
    expect(changedTopics(BEFORE, BEFORE)).toEqual([]);
    expect(changedTopics(null, BEFORE)).toEqual([]);
  });
});
