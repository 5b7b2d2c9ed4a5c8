import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { feedPath, searchPath } from "../../src/domain/links.ts";
import { parseQuery } from "../../src/domain/search-query.ts";
import type { SearchMode } from "../../src/domain/site.ts";
import type { BundledArticle } from "../../scripts/read/article/store-article.ts";
import { RandomSource } from "../generate/random-source.ts";
import type { Route } from "./route.ts";
import { IDENTITY, routeAt, spread } from "./route.ts";

const SEED = 11;
/** Of each kind: some warm the isolate, and of what is left one in a hundred can be told from the rest. */
const QUERIES = 200;
const FEED_QUERIES = 100;
/** As many as a query may have of Han, two of which are a term. */
const MOST_CHARACTERS = 32;
const HAN = /^\p{Script=Han}+$/u;

/**
 * What somebody may look for, and what a stranger may type to make the Worker work.
 *
 * @param mode "text" where whole texts are searched
 */
export function searchRoutes(
  articles: readonly BundledArticle[],
  mode: SearchMode,
): readonly Route[] {
  const random = new RandomSource(SEED, 0);
  const drawn = (count: number, make: () => string): readonly string[] => [
    ...new Set(Array.from({ length: count }, make)),
  ];
  const out = (length: number): string => piece(articles, length, random);
  const nonsense = (length: number): string =>
    String.fromCodePoint(...Array.from({ length }, () => random.integer(0x4e_00, 0x9f_a5)));
  const frequent = frequentPairs(articles);
  const frequentWords = (count: number): string =>
    Array.from({ length: count }, () => random.pick(frequent)).join(" ");
  const ofArticle = (): BundledArticle => random.pick(articles);
  const yearOf = ({ published }: BundledArticle): number =>
    new Date(published.epochSeconds * 1000).getUTCFullYear();
  const operators = [
    () => `${out(2)} -${out(2)}`,
    () => `${out(2)} category:${ofArticle().categories[0] ?? ""}`,
    () => `${out(2)} year:${yearOf(ofArticle())}`,
    () => `author:${ofArticle().authors[0] ?? "nobody"} ${random.pick(frequent)}`,
    () => `"${out(4)} ${out(4)}"`,
    () => `category:${ofArticle().categories[0] ?? ""} -${random.pick(frequent)}`,
    () => `${random.pick(frequent)} -${random.pick(frequent)} year:${yearOf(ofArticle())}`,
  ];
  const queries = {
    "1 character": drawn(QUERIES, () => out(1)),
    "2 characters": drawn(QUERIES, () => out(2)),
    "4 characters": drawn(QUERIES, () => out(4)),
    "8 characters": drawn(QUERIES, () => out(8)),
    "two words": drawn(QUERIES, () => `${out(2)} ${out(2)}`),
    "frequent pairs": frequent,
    "frequent pairs never side by side": drawn(
      QUERIES,
      () => `"${random.pick(frequent)}${random.pick(frequent)}"`,
    ),
    "8 frequent pairs": drawn(QUERIES, () => frequentWords(8)),
    "as much as may be typed": drawn(QUERIES, () => out(MOST_CHARACTERS)),
    nonsense: [
      ...drawn(QUERIES / 2, () => nonsense(8)),
      ...drawn(QUERIES / 2, () => random.integer(0, 0xff_ff_ff_ff).toString(36)),
    ],
    operators: drawn(QUERIES, () => random.pick(operators)()),
  };
  const where = mode === "text" ? "search in texts" : "search";
  const pages = Object.entries(queries).map(([kind, typed]) =>
    routeAt(
      `${where}: ${kind}`,
      typed.map((query) => searchPath(query)),
    ),
  );
  const older = queries["2 characters"].map((query) =>
    searchPath(query, random.integer(1, articles.length)),
  );
  const feeds = (["2 characters", "4 characters", "two words"] as const).flatMap((kind) =>
    FEED_FORMAT_NAMES.flatMap((format) => {
      const paths = spread(queries[kind], FEED_QUERIES).flatMap((typed) => {
        const query = parseQuery(typed);
        return query.ok ? [feedPath({ kind: "search", query: query.value.text }, format)] : [];
      });
      const name = `${where}, ${format}: ${kind}`;
      return [routeAt(name, paths), routeAt(`${name} without gzip`, paths, IDENTITY)];
    }),
  );
  return [...pages, routeAt(`${where}: older pages`, older), ...feeds];
}

/** Characters of Han that stand side by side in a title or a summary. */
function piece(articles: readonly BundledArticle[], length: number, random: RandomSource): string {
  for (let attempt = 0; attempt < 1000; attempt += 1) {
    const { title, summary } = random.pick(articles);
    const text = random.pick([title, summary]);
    const start = random.integer(0, Math.max(0, text.length - length));
    const found = text.slice(start, start + length);
    if (found.length === length && (HAN.test(found) || length > 16)) return found;
  }
  throw new Error(`No text has ${length} characters of Han in a row`);
}

/** The pairs of Han that most articles have. */
function frequentPairs(articles: readonly BundledArticle[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { title, summary } of spread(articles, 1000)) {
    const text = title + summary;
    for (let at = 0; at + 2 <= text.length; at += 1) {
      const pair = text.slice(at, at + 2);
      if (HAN.test(pair)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, FEED_QUERIES)
    .map(([pair]) => pair);
}
