import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ArticleCells } from "../../../scripts/bundle/article-cells.ts";
import { cellsOf, changedArticles } from "../../../scripts/bundle/article-cells.ts";
import { feedBasis } from "../../../scripts/bundle/feed-digest.ts";
import type { StoredArticle } from "../../../scripts/read/article/store-article.ts";
import { storeArticle } from "../../../scripts/read/article/store-article.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import { NEWSPAPER_ARTICLE, SITE } from "../../render/sample-articles.ts";
import { FIXTURE_RENDERERS } from "../../seed-worker-tests.ts";

const CONTEXT = {
  site: SITE,
  renderers: FIXTURE_RENDERERS,
  basis: feedBasis(SITE),
  categoryTitle: String,
};

/** Articles that differ in nothing but what stands for their entries. */
const STORED = Array.from({ length: 400 }, (_, number): StoredArticle => {
  const stored = storeArticle({
    ...NEWSPAPER_ARTICLE,
    id: shareIdOf({ name: String(number), day: 1 }),
    body: new Uint8Array(),
  });
  return { ...stored, entry: { ...stored.entry, hash: contentHash([String(number)]) } };
});

function articlesOf(numbers: readonly number[]): readonly StoredArticle[] {
  return numbers.flatMap((number) => STORED[number] ?? []);
}

function cells(numbers: readonly number[]): ArticleCells {
  return cellsOf(articlesOf(numbers), CONTEXT, () => "pack");
}

describe("changedArticles", () => {
  it("gives those whose cells were not there, in whatever order they were", () => {
    const first = Array.from({ length: 300 }, (_, number) => number);
    // Takes some away, and puts others there, the same twice among them.
    const edit = fc.record({
      at: fc.nat(300),
      gone: fc.nat(20),
      come: fc.array(fc.nat(399), { maxLength: 20 }),
    });
    const edited = fc
      .array(edit, { maxLength: 6 })
      .map((edits) =>
        edits.reduce((numbers, { at, gone, come }) => numbers.toSpliced(at, gone, ...come), first),
      );
    const shuffled = fc.shuffledSubarray(first);
    fc.assert(
      fc.property(fc.oneof(edited, shuffled), fc.oneof(edited, shuffled), (before, now) => {
        const known = new Set(before);
        const expected = now.filter((number) => !known.has(number));
        const changed = changedArticles(articlesOf(now), cells(now), cells(before));
        expect(changed).toEqual(new Set(articlesOf(expected)));
      }),
    );
  });
});
