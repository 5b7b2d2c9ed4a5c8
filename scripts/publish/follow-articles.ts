import type { ShareId } from "../../src/domain/share-id.ts";
import type { ReleaseStore } from "../../src/store/release-store.ts";
import type { ArticleChanges, NamedArticle } from "./compare-releases.ts";
import type { ReadableRelease } from "./readable-release.ts";
import { openRelease } from "./readable-release.ts";
import type { TextSketch } from "./text-sketch.ts";
import { likeness, textSketch } from "./text-sketch.ts";

/** An article of the release before, and what seems to be the same, or has its place. */
export interface FollowedArticle {
  readonly before: NamedArticle;
  readonly now: NamedArticle;
}

/** What became of articles for which their ids say something else. */
export interface FollowedArticles {
  /** Articles that have another id: their file was renamed, and readers get them as new. */
  readonly renamed: readonly FollowedArticle[];
  /** Ids under which there is another article: title, date and text of the file were all replaced. */
  readonly replaced: readonly FollowedArticle[];
}

export const NOTHING_FOLLOWED: FollowedArticles = { renamed: [], replaced: [] };

/** Two versions of a text have at least this in common. */
const SAME_TEXT = 0.5;
/** Two texts with at least this in common may be versions of one, where title or date say so. */
const RELATED_TEXT = 0.2;
/** Where more are gone, or more are new, somebody moved a whole site. */
const MOST_COMPARED = 500;
/** Of each lost article, because all may share a line. */
const MOST_CANDIDATES = 10;
/** More than text, title and date give together. */
const BEST_SCORE = 4;
const PACK_CACHE_BYTES = 64 * 1024 * 1024;

/** Finds articles by their content where a release has them under another id, and ids that have another article's content now. */
export async function followArticles(
  before: ReadableRelease,
  after: ReadableRelease,
  { added, removed, retitled }: Pick<ArticleChanges, "added" | "removed" | "retitled">,
): Promise<FollowedArticles> {
  const [old, young] = [sketcher(before), sketcher(after)];
  const isComparable = removed.length <= MOST_COMPARED && added.length <= MOST_COMPARED;
  const renamed =
    removed.length === 0 || added.length === 0 || !isComparable
      ? []
      : findRenamed(await sketched(removed, old), await sketched(added, young));
  const replaced: FollowedArticle[] = [];
  for (const pair of retitled.slice(0, MOST_COMPARED)) {
    const [was, is] = [await old(pair.before.id), await young(pair.now.id)];
    const isKnown = was !== null && is !== null && was.length + is.length > 0;
    if (isKnown && likeness(was, is) < RELATED_TEXT) replaced.push(pair);
  }
  return { renamed, replaced };
}

/** An article with its sketch; null where its text cannot be read. */
interface Sketched {
  readonly article: NamedArticle;
  readonly sketch: TextSketch | null;
}

type Sketch = (id: ShareId) => Promise<TextSketch | null>;

function sketcher(release: ReadableRelease): Sketch {
  const store: ReleaseStore = openRelease(release, PACK_CACHE_BYTES);
  return async (id) => {
    const article = await store.article(id);
    return article.ok && article.value !== null ? textSketch(article.value.body) : null;
  };
}

async function sketched(
  articles: readonly NamedArticle[],
  sketch: Sketch,
): Promise<readonly Sketched[]> {
  const all: Sketched[] = [];
  // One behind the other, since neighbours lie in one pack.
  for (const article of articles) all.push({ article, sketch: await sketch(article.id) });
  return all;
}

/** Pairs those that are most alike; each article is in one pair at most. */
function findRenamed(
  removed: readonly Sketched[],
  added: readonly Sketched[],
): readonly FollowedArticle[] {
  const byNumber = new Map<number, Sketched[]>();
  for (const one of added) {
    for (const number of one.sketch ?? []) {
      const those = byNumber.get(number);
      if (those === undefined) byNumber.set(number, [one]);
      else those.push(one);
    }
  }
  const byTitle = Map.groupBy(added, ({ article }) => article.title);
  const byName = Map.groupBy(added, ({ article }) => hashOfName(article));
  const candidates = removed.flatMap((one) => {
    const shared = new Map<Sketched, number>();
    for (const number of one.sketch ?? []) {
      for (const other of byNumber.get(number) ?? []) {
        shared.set(other, (shared.get(other) ?? 0) + 1);
      }
    }
    const alike = [...shared].toSorted(([, a], [, b]) => b - a).map(([other]) => other);
    const near = new Set([
      ...alike.slice(0, MOST_CANDIDATES),
      ...(byTitle.get(one.article.title) ?? []).slice(0, MOST_CANDIDATES),
      ...(byName.get(hashOfName(one.article)) ?? []),
    ]);
    return [...near].map((other) => ({ one, other, ...likenessOf(one, other) }));
  });
  const pairs = candidates
    .filter(({ isSame }) => isSame)
    .toSorted((a, b) => b.score - a.score || (a.other.article.id < b.other.article.id ? -1 : 1));
  const taken = new Set<Sketched>();
  return pairs.flatMap(({ one, other }) => {
    if (taken.has(one) || taken.has(other)) return [];
    taken.add(one).add(other);
    return [{ before: one.article, now: other.article }];
  });
}

/** What an id has of an article's name: behind three characters of the day in the name of its file. */
function hashOfName({ id }: NamedArticle): string {
  return id.slice(3);
}

/** Whether two articles are versions of one. The same `id` in a file of another day makes them so. Many a column has the same title every day, and many a notice the same text. */
function likenessOf(
  one: Sketched,
  other: Sketched,
): { readonly isSame: boolean; readonly score: number } {
  const hasText = (one.sketch?.length ?? 0) > 0 && (other.sketch?.length ?? 0) > 0;
  const text = hasText ? likeness(one.sketch ?? [], other.sketch ?? []) : 0;
  const hasSameTitle = one.article.title === other.article.title;
  const hasSameDate = one.article.published.epochSeconds === other.article.published.epochSeconds;
  const hasSameName = hashOfName(one.article) === hashOfName(other.article);
  const isSame =
    hasSameName ||
    text >= SAME_TEXT ||
    (hasSameTitle && (text >= RELATED_TEXT || (!hasText && hasSameDate)));
  const others = Number(hasSameTitle) + Number(hasSameDate);
  return { isSame, score: text + others + (hasSameName ? BEST_SCORE : 0) };
}
