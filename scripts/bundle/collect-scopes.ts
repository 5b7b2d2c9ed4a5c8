import { compareNewestFirst } from "../../src/domain/article.ts";
import { listedAuthors } from "../../src/domain/listed-authors.ts";
import type { NamedScope, Scope } from "../../src/domain/scope.ts";
import { SITE_SCOPE, scopeKey } from "../../src/domain/scope.ts";
import type { StoredArticle } from "../read/article/store-article.ts";

/** A scope with all its articles, newest first. */
export interface Collection {
  readonly scope: Scope;
  readonly title: string;
  readonly members: readonly StoredArticle[];
}

/** What scopes are called, and what they are made of besides the articles. */
export interface ScopeTitles {
  readonly site: string;
  /** Of the articles that name none. */
  readonly language: string;
  /** Whether those who sign articles have collections. */
  readonly hasAuthors: boolean;
  /** The titles in the settings, by category slug. */
  readonly categories: ReadonlyMap<string, string>;
}

/** A name that was made for addresses and not for people, such as `shamenribao` or `36ke`. */
const SLUG = /^[a-z\d_-]+$/;

/** A tag is a category's title if at least this share of the articles of each belongs to the other too. */
const COMPANION_SHARE = 0.8;

/** The site, every category, tag and author that an article names, and, where articles are in several, every language. */
export function collectScopes(
  articles: readonly StoredArticle[],
  titles: ScopeTitles,
): readonly Collection[] {
  const newestFirst = articles.toSorted(compareNewestFirst);
  const collections = new Map<string, GrowingCollection>();
  collections.set(scopeKey(SITE_SCOPE), { scope: SITE_SCOPE, title: "", members: newestFirst });
  const languageOf = ({ language }: StoredArticle): string => language ?? titles.language;
  const collectionOf = (scope: Scope): GrowingCollection => {
    const key = scopeKey(scope);
    const known = collections.get(key);
    if (known !== undefined) return known;
    const collection = { scope, title: "", members: NO_MEMBERS };
    collections.set(key, collection);
    return collection;
  };
  const ofNames = (kind: NamedScope["kind"], listed = (names: readonly string[]) => names) =>
    rememberedByList((names) =>
      Array.from(distinct(listed(names)), (name) => collectionOf({ kind, name })),
    );
  const ofCategories = ofNames("category");
  const ofTags = ofNames("tag");
  const ofAuthors = ofNames("author", (authors) =>
    titles.hasAuthors ? listedAuthors({ authors }, {}) : [],
  );
  const languages = new Set(newestFirst.map(languageOf));
  for (const article of newestFirst) {
    const add = (collection: GrowingCollection): void => {
      // Most scopes are authors of a single article, and a list that grows takes room for many.
      if (collection.members.length === 0) collection.members = [article];
      else collection.members.push(article);
    };
    if (languages.size > 1) add(collectionOf({ kind: "language", name: languageOf(article) }));
    ofCategories(article.categories).forEach(add);
    ofTags(article.tags).forEach(add);
    ofAuthors(article.authors).forEach(add);
  }
  const tagSize = (name: string): number =>
    collections.get(scopeKey({ kind: "tag", name }))?.members.length ?? 0;
  const collected = [...collections.values()];
  for (const collection of collected) collection.title = titleOf(collection, titles, tagSize);
  return collected;
}

/** There are more scopes than articles, so that each is one object from the beginning to the end. */
interface GrowingCollection {
  readonly scope: Scope;
  title: string;
  members: StoredArticle[];
}

const NO_MEMBERS: StoredArticle[] = [];

/** Remembers what was made of a list, since articles of one newspaper share theirs. */
function rememberedByList<Value>(
  make: (names: readonly string[]) => Value,
): (names: readonly string[]) => Value {
  const made = new Map<readonly string[], Value>();
  return (names) => {
    const known = made.get(names);
    if (known !== undefined) return known;
    const value = make(names);
    made.set(names, value);
    return value;
  };
}

/** The names without repetition. Most articles have a single one, for which no set is made. */
function distinct(names: readonly string[]): Iterable<string> {
  return names.length > 1 ? new Set(names) : names;
}

function titleOf(
  { scope, members }: Omit<Collection, "title">,
  titles: ScopeTitles,
  tagSize: (name: string) => number,
): string {
  if (scope.kind === "site") return titles.site;
  if (scope.kind === "tag" || scope.kind === "author") return scope.name;
  if (scope.kind === "language") return ownName(scope.name);
  return (
    titles.categories.get(scope.name) ??
    (SLUG.test(scope.name) ? companionTag(members, tagSize) : null) ??
    scope.name
  );
}

/** A language's name in itself, such as `English` or `العربية`. */
function ownName(language: string): string {
  return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
}

/** The tag that names a category for people, as `厦门日报新闻` does `shamenribao`; null if there is none or several. */
function companionTag(
  members: readonly StoredArticle[],
  tagSize: (name: string) => number,
): string | null {
  const shared = new Map<string, number>();
  for (const { tags } of members) {
    for (const tag of distinct(tags)) shared.set(tag, (shared.get(tag) ?? 0) + 1);
  }
  const companions = [...shared].filter(
    ([tag, count]) =>
      !SLUG.test(tag) &&
      count >= members.length * COMPANION_SHARE &&
      count >= tagSize(tag) * COMPANION_SHARE,
  );
  return companions.length === 1 ? (companions[0]?.[0] ?? null) : null;
}
