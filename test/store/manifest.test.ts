import { describe, expect, it } from "vitest";
import type { NamedScope, Scope } from "../../src/domain/scope.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import { Manifest } from "../../src/store/manifest.ts";
import { encodeManifest } from "../../src/store/encode-manifest.ts";
import { storedRef } from "../../src/store/collection-entry.ts";
import type { ReleaseContents } from "../../src/store/release-contents.ts";
import { NEWSPAPER_ARTICLE } from "../render/sample-articles.ts";
import { FIXTURE_SITE } from "../seed-worker-tests.ts";

const SITE: Scope = { kind: "site" };
const RARE: Scope = { kind: "tag", name: "罕见" };
const RENDERER = { renderer: contentHash(["rss"]), changedAt: 1 };
const DATED = contentHash(["dated"]);
const SHOWN = contentHash(["shown"]);
const LATE = { ...NEWSPAPER_ARTICLE, lead: null, arrivedAt: 5 };

const CONTENTS: ReleaseContents = {
  site: FIXTURE_SITE,
  articleCount: 1,
  hasAllTags: false,
  cardsSince: null,
  pageBasis: contentHash(["basis"]),
  formats: { rss: RENDERER, atom: RENDERER, json: RENDERER },
  maps: { articles: [], redirects: [], collections: [], cards: [], search: [] },
  scopes: [
    {
      scope: SITE,
      title: "",
      count: 1,
      newestPage: "",
      datedDigest: DATED,
      changedAt: 1,
      isPrerendered: true,
    },
  ],
  late: [
    { scope: SITE, digest: SHOWN, articles: [LATE], isPrerendered: true },
    { scope: RARE, digest: SHOWN, articles: [LATE], isPrerendered: false },
  ],
  emptied: [{ slug: "Night", title: "夜", digest: SHOWN, changedAt: 7 }],
  moved: [{ path: "/old/a", id: LATE.id }],
  renamed: { evening: "Night" },
};
const bytes = encodeManifest(CONTENTS);

function opened(stored: Uint8Array): Manifest {
  const manifest = Manifest.open(stored);
  if (!manifest.ok) throw new Error(manifest.failure.detail);
  return manifest.value;
}

/** The same manifest as version 3 of the format had it. */
function inFormatThree(): Uint8Array {
  const end = bytes.byteLength - lateByteLength() - 4;
  const text = Buffer.from(bytes.subarray(0, end)).toString("latin1");
  return Buffer.from(text.replace('"version":4', '"version":3'), "latin1");
}

function lateByteLength(): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let length = 0; length < bytes.byteLength; length += 1) {
    if (view.getUint32(bytes.byteLength - length - 4, true) === length) return length;
  }
  throw new Error("There is no length");
}

describe("the manifest", () => {
  it("leads on from where nothing is, and is the same release whatever it leads to", () => {
    const newest = [storedRef({ ...LATE, source: null })];
    const leading = opened(encodeManifest({ ...CONTENTS, waysOn: { newest, busiest: ["Night"] } }));
    expect(leading.waysOn.newest.map(({ title }) => title)).toEqual([LATE.title]);
    expect(leading.waysOn.categories).toEqual([
      { topic: { kind: "category", name: "Night" }, title: "夜" },
    ]);
    const { release, content, waysOn } = opened(bytes);
    expect(waysOn).toEqual({ newest: [], categories: [] });
    expect([leading.release, leading.content]).toEqual([release, content]);
  });

  it("says of a scope with late articles what its feeds show, and what they would without", () => {
    const manifest = opened(bytes);
    const record = manifest.scope(SITE);
    expect([record?.digest, record?.datedDigest]).toEqual([SHOWN, DATED]);
    const [{ id, title, published, arrivedAt } = LATE] = manifest.late(SITE)?.articles ?? [];
    expect({ id, title, published, arrivedAt }).toEqual({
      id: LATE.id,
      title: LATE.title,
      published: LATE.published,
      arrivedAt: 5,
    });
  });

  it("knows late articles of a tag that it has no record of", () => {
    const manifest = opened(bytes);
    expect(manifest.scope(RARE)).toBeNull();
    expect(manifest.late(RARE)?.digest).toBe(SHOWN);
    expect(manifest.lateScopes().map(({ scope }) => scope)).toEqual([SITE, RARE]);
  });

  it("knows a category that lost its articles, under former names and in other capitals too", () => {
    const manifest = opened(bytes);
    const night: NamedScope = { kind: "category", name: "Night" };
    expect(manifest.scope(night)).toMatchObject({
      title: "夜",
      count: 0,
      digest: SHOWN,
      changedAt: 7,
    });
    expect(manifest.lacks(night)).toBe(false);
    for (const name of ["Night", "night", "evening", "EVENING"]) {
      expect(manifest.knownName({ kind: "category", name })).toBe("Night");
    }
    expect(manifest.knownName({ kind: "tag", name: "evening" })).toBeNull();
  });

  it("knows old addresses that no file says any more", () => {
    expect([...opened(bytes).movedAddresses()]).toEqual([["/old/a", LATE.id]]);
  });

  it("is read in format 3 too, which has no late articles", () => {
    const manifest = opened(inFormatThree());
    expect(manifest.lateScopes()).toEqual([]);
    expect(manifest.scope(SITE)).toMatchObject({ digest: DATED, datedDigest: DATED });
  });

  it("is refused where its end is cut off", () => {
    expect(Manifest.open(bytes.subarray(0, -1))).toMatchObject({
      ok: false,
      failure: { reason: "manifest-unreadable" },
    });
  });
});
