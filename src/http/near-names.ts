import { mapped, ok } from "../domain/result.ts";
import type { Scope } from "../domain/scope.ts";
import type { SearchQuery } from "../domain/search-query.ts";
import type { TitledTopic } from "../render/feed-links.ts";
import type { Manifest } from "../store/manifest.ts";
import type { ReleaseStore, StoreResult } from "../store/release-store.ts";

/** How many names are offered where nothing was found. */
const MOST_NEAR = 8;
/** How many of them are people of whom there may be a single article. */
const MOST_PEOPLE = 4;

/** A Chinese name, whose first character is the family's. */
const HAN_NAME = /^\p{Script=Han}{2,4}$/u;
/** A name by which its bearer may be found: words of letters. */
const LETTERS_NAME = /^\p{L}{3,}(?: \p{L}+){0,3}$/u;

/** Names like a query that found nothing. One read at most: people of whom there is a single article are in no manifest. */
export async function namesLikeQuery(
  store: ReleaseStore,
  query: SearchQuery,
): StoreResult<readonly TitledTopic<Scope>[]> {
  const { manifest } = store;
  const known = namesLike(manifest, pairsOf(query));
  const name = personOf(query);
  if (name === null || manifest.site.authors === false) return ok(known);
  return mapped(await peopleLike(store, name), (people) => {
    const titles = new Set(people.map(({ title }) => title));
    return [...people, ...known.filter(({ title }) => !titles.has(title))].slice(0, MOST_NEAR);
  });
}

/** Categories, tags and people in whose names some texts stand; of those that are called alike, the first. */
export function namesLike(
  manifest: Manifest,
  texts: readonly string[],
): readonly TitledTopic<Scope>[] {
  const byTitle = new Map<string, TitledTopic<Scope>>();
  for (const { scope, title } of manifest.scopesLike(texts, 2 * MOST_NEAR)) {
    if (scope.kind !== "site" && !byTitle.has(title)) byTitle.set(title, { topic: scope, title });
  }
  return [...byTitle.values()].slice(0, MOST_NEAR);
}

/**
 * Two characters of Han, or the beginning of another word, with a capital too: what names may have in common with a query. Of a name that
 * was asked for, one character is enough.
 */
function pairsOf({ phrases, choices }: SearchQuery): readonly string[] {
  const inText = (text: string): readonly string[] =>
    text.match(/\p{Script=Han}{2}|\p{L}{4}/gu) ?? [];
  const inName = (name: string): readonly string[] => {
    const found = inText(name);
    return found.length > 0 ? found : [name];
  };
  const pairs = [
    ...choices.flatMap(({ name }) => inName(name)),
    ...phrases.flatMap(({ written }) => inText(written)),
  ];
  return [...new Set(pairs.flatMap((pair) => [pair, capitalized(pair)]))].slice(0, MOST_NEAR);
}

/** The person that a query may mean, with capitals; null where it means none. */
function personOf({ phrases, choices }: SearchQuery): string | null {
  const asked = choices.find(({ kind }) => kind === "author")?.name;
  const name = asked ?? phrases.map(({ written }) => written).join(" ");
  return HAN_NAME.test(name) || LETTERS_NAME.test(name)
    ? name.split(" ").map(capitalized).join(" ")
    : null;
}

/** People of the same family with one more character of the name, or with the same first word. */
async function peopleLike(
  store: ReleaseStore,
  name: string,
): StoreResult<readonly TitledTopic<Scope>[]> {
  const isHan = HAN_NAME.test(name);
  const [first = "", ...others] = isHan ? name : name.split(" ");
  return mapped(await store.authorsBeside(name, first), (names) => {
    const like = names.filter(
      (other) => !isHan || others.some((character) => other.includes(character)),
    );
    return like
      .slice(0, MOST_PEOPLE)
      .map((other) => ({ topic: { kind: "author", name: other }, title: other }));
  });
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
