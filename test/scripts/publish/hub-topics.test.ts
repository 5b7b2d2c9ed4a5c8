import { describe, expect, it } from "vitest";
import { changedTopics } from "../../../scripts/publish/announce.ts";
import type { Article } from "../../../src/domain/article.ts";
import { FEED_FORMAT_NAMES } from "../../../src/domain/feed-format.ts";
import { feedPath } from "../../../src/domain/links.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import type { Scope } from "../../../src/domain/scope.ts";
import { NEWSPAPER_ARTICLE, SITE, TECHNICAL_ARTICLE } from "../../render/sample-articles.ts";
import { serveRelease } from "../../serve-release.ts";

const HUB = "https://hub.example/";
/** Two more than the manifest has room for. */
const TAGS = Array.from({ length: 5002 }, (_, index) => `tag-${String(index).padStart(4, "0")}`);
const [LEAST_OF_THOSE_KNOWN, RARE, RARE_AT_FIRST] = TAGS.slice(-3).map((name): Scope => ({
  kind: "tag",
  name,
}));
const TAGS_OF_EACH = 50;
const FIRST: readonly Article[] = Array.from(
  { length: Math.ceil(TAGS.length / TAGS_OF_EACH) },
  (_, number) => ({
    ...NEWSPAPER_ARTICLE,
    id: shareIdOf({ name: String(number), day: null }),
    tags: TAGS.slice(number * TAGS_OF_EACH, (number + 1) * TAGS_OF_EACH),
  }),
);
const SECOND: Article = { ...TECHNICAL_ARTICLE, tags: TAGS.slice(-1) };

const before = serveRelease([...FIRST], { hub: HUB });
const after = serveRelease([...FIRST, SECOND], { hub: HUB });
const retitled = serveRelease([...FIRST, SECOND], { hub: HUB, title: "湖畔晨读" });

/** The kinds of feeds: of the 5,000 tags that the manifest knows, the first and the last two. */
const PATHS = FEED_FORMAT_NAMES.flatMap((format) => {
  const known = retitled.manifest.scopes().map(({ scope }) => scope);
  const scopes = [...known.slice(0, 4), ...known.slice(-2), LEAST_OF_THOSE_KNOWN, RARE];
  const paths = scopes.flatMap((scope) => (scope === undefined ? [] : feedPath(scope, format)));
  const file = feedPath({ kind: "site" }, format);
  return [
    ...new Set(paths),
    `${file}?page=${retitled.manifest.scope({ kind: "site" })?.newestPage ?? ""}`,
    `/category/jishu${file}?page=2022-01`,
    `${file}?category=huchengribao&category=jishu`,
    `${file}?category=jishu&tag=${TAGS[5000] ?? ""}`,
  ];
});

describe("a hub", () => {
  it("is named in a document, and in Link, of those feeds that a deploy tells it of, and of no other", async () => {
    const told = new Set(changedTopics(after.manifest, retitled.manifest));
    expect(told.size).toBe(retitled.manifest.scopes().length * FEED_FORMAT_NAMES.length);
    const expected = PATHS.filter((path) => told.has(SITE.url + path));
    expect(expected).toHaveLength(6 * FEED_FORMAT_NAMES.length);
    const answers = await Promise.all(
      PATHS.map(async (path) => {
        const response = await retitled.fetch(path);
        expect(response.status, path).toBe(200);
        const link = response.headers.get("Link") ?? "";
        return { path, link, text: await response.text() };
      }),
    );
    const naming = (isNaming: (answer: (typeof answers)[number]) => boolean): readonly string[] =>
      answers.filter(isNaming).map(({ path }) => path);
    expect(naming(({ link }) => link.includes(`<${HUB}>; rel="hub"`))).toEqual(expected);
    expect(naming(({ text }) => text.includes(HUB))).toEqual(expected);
  });

  it("is told of the address that the feed says itself", async () => {
    const told = changedTopics(after.manifest, retitled.manifest);
    for (const topic of told.slice(0, 12)) {
      const response = await retitled.fetch(topic.slice(SITE.url.length));
      expect(response.headers.get("Link")).toContain(`<${topic}>; rel="self"`);
    }
  });
});

describe("a tag for which the manifest has no room any more, or has room now", () => {
  it.each([
    ["loses the hub", LEAST_OF_THOSE_KNOWN, before, after],
    ["gains the hub", LEAST_OF_THOSE_KNOWN, after, before],
  ])("%s, with another entity tag for the same articles", async (_, tag, old, young) => {
    if (tag === undefined) throw new Error("There is no such tag");
    const path = feedPath(tag, "atom");
    const had = await old.fetch(path);
    const has = await young.fetch(path, { "If-None-Match": had.headers.get("ETag") ?? "" });
    expect(has.status).toBe(200);
    const [earlier, later] = [await had.text(), await has.text()];
    expect(earlier.includes(HUB)).not.toBe(later.includes(HUB));
    const withoutHub = (text: string): string => text.replace(/<link rel="hub"[^>]*>\n/, "");
    expect(withoutHub(later)).toBe(withoutHub(earlier));
  });

  it("keeps its entity tag where nothing of that changes", async () => {
    if (RARE === undefined) throw new Error("There is no such tag");
    const path = feedPath(RARE, "atom");
    const entityTag = (await before.fetch(path)).headers.get("ETag") ?? "";
    expect((await after.fetch(path, { "If-None-Match": entityTag })).status).toBe(304);
  });

  it("is one that the fixtures have", () => {
    const known = [before, after].map(({ manifest }) =>
      [LEAST_OF_THOSE_KNOWN, RARE, RARE_AT_FIRST].map(
        (tag) => tag !== undefined && manifest.scope(tag) !== null,
      ),
    );
    expect(known).toEqual([
      [true, false, false],
      [false, false, true],
    ]);
  });
});
