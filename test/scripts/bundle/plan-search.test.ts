import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlannedSearch } from "../../../scripts/bundle/plan-search.ts";
import { planSearch } from "../../../scripts/bundle/plan-search.ts";
import type { StoredArticle } from "../../../scripts/read/article/store-article.ts";
import { storeArticle } from "../../../scripts/read/article/store-article.ts";
import type { Article } from "../../../src/domain/article.ts";
import { compareNewestFirst } from "../../../src/domain/article.ts";
import { parseQuery } from "../../../src/domain/search-query.ts";
import { searchUnits } from "../../../src/domain/search-units.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { contentHash } from "../../../src/store/content-hash.ts";
import { Pack } from "../../../src/store/pack.ts";
import type { ReleaseStore } from "../../../src/store/release-store.ts";
import { searchRelease } from "../../../src/store/search-release.ts";

const FIRST_DAY = 20_000;
const SECONDS_PER_DAY = 86_400;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

type Shown = Pick<Article, "title" | "summary" | "source" | "authors" | "tags" | "categories">;

/** An article of a day, with its text in `summary`. */
function made(number: number, day: number, shown: Partial<Shown>, text = ""): StoredArticle {
  return storeArticle({
    id: shareIdOf({ name: String(number), day: FIRST_DAY + day }),
    title: "",
    summary: "",
    source: null,
    authors: [],
    tags: [],
    categories: [],
    ...shown,
    published: { epochSeconds: (FIRST_DAY + day) * SECONDS_PER_DAY + number, offsetMinutes: 0 },
    updated: null,
    language: null,
    sourceUrl: null,
    image: null,
    characterCount: 0,
    isPlain: true,
    entryId: null,
    titleBreaks: [],
    body: encoder.encode(text),
  });
}

function planned(
  articles: readonly StoredArticle[],
  mode: "leads" | "text" = "leads",
): PlannedSearch {
  return planSearch({
    articles,
    mode,
    localTime: ({ published }) =>
      new Date(published.epochSeconds * 1000).toISOString().slice(0, 16),
    categoryTitle: (slug) => (slug === "gulangyu" ? "鼓浪屿晚报" : slug),
    basis: contentHash([]),
  });
}

/** What is found in an index, the newest first, and how many values were read. */
async function searched(
  { packs, record }: PlannedSearch,
  typed: string,
  most = 1000,
  before: number | null = null,
): Promise<{
  readonly ids: readonly string[];
  readonly reads: number;
  readonly older: number | null;
}> {
  const query = parseQuery(typed);
  if (!query.ok) throw new Error(`${typed} is ${query.failure.reason}`);
  const searchPacks: ReleaseStore["searchPacks"] = async (names) => ({
    ok: true,
    value: await Promise.all(
      names.map(async (name) => {
        const value = packs.find(({ firstKey }) => decoder.decode(firstKey) === name);
        if (value === undefined) return null;
        const pack = Pack.open(await value.encode(), value.hash);
        if (!pack.ok) throw new Error(pack.failure.detail);
        return pack.value;
      }),
    ),
  });
  const store: Pick<ReleaseStore, "searchPacks"> = { searchPacks };
  const request = { query: query.value, before, most };
  const finds = await searchRelease(store, { ...record, changedAt: 0 }, request);
  if (!finds.ok) throw new Error(finds.failure.reason);
  const { found, older, reads } = finds.value;
  return { ids: found.map(({ id }) => id), reads, older };
}

function hashesOf({ packs }: PlannedSearch): ReadonlySet<string> {
  return new Set(packs.map(({ hash }) => hash));
}

/** How many values of a release are not in the one before. */
function written(before: PlannedSearch, now: PlannedSearch): number {
  const known = hashesOf(before);
  return [...hashesOf(now)].filter((hash) => !known.has(hash)).length;
}

describe("the index", () => {
  const text = fc
    .array(fc.constantFrom("厦", "门", "大", "学", "門", "A", " ", "，", "new ", "york ", "7"), {
      maxLength: 14,
    })
    .map((parts) => parts.join(""));
  const shown = fc.record({
    day: fc.nat(60),
    title: text,
    summary: text,
    source: fc.option(text),
    authors: fc.array(text, { maxLength: 2 }),
    tags: fc.array(text, { maxLength: 2 }),
    categories: fc.subarray(["a", "b", "gulangyu"]),
  });

  it("finds what a look at every article finds, the newest first", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(shown, { maxLength: 25 }),
        fc.array(text, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(
          "",
          "category:a",
          "category:鼓浪屿晚报",
          "-大学",
          "-york category:b category:a",
        ),
        async (parts, words, rest) => {
          const typed = `${words.map((word) => (word.trim() === "" ? "" : `"${word}"`)).join(" ")} ${rest}`;
          if (!parseQuery(typed).ok) return;
          const articles = parts.map(({ day, ...one }, number) => made(number, day, one));
          const found = await searched(planned(articles), typed);
          expect(found.ids).toEqual(lookedFor(articles, typed));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("goes on where a page ends, and finds each article once", async () => {
    const articles = Array.from({ length: 45 }, (_, number) =>
      made(number, number, { title: "新桥" }),
    );
    const index = planned(articles);
    const ids: string[] = [];
    for (let before: number | null = null, pages = 0; pages < 3; pages += 1) {
      const page = await searched(index, "新桥", 20, before);
      ids.push(...page.ids);
      before = page.older;
      if (pages === 2) expect(before).toBeNull();
    }
    expect(ids).toEqual(articles.toReversed().map(({ id }) => id));
  });

  it("finds articles of a year, and of a person whose name is written otherwise", async () => {
    const articles = [0, 200, 400, 800].map((day) =>
      made(day, day, { title: "新桥", authors: ["張三"] }),
    );
    const index = planned(articles);
    const years = articles.map(({ published }) =>
      new Date(published.epochSeconds * 1000).getUTCFullYear(),
    );
    expect((await searched(index, `新桥 year:${years[3]}`)).ids).toEqual([articles[3]?.id]);
    expect((await searched(index, "新桥 year:1999")).ids).toEqual([]);
    expect((await searched(index, "author:张三")).ids).toHaveLength(4);
    expect((await searched(index, `year:${years[0]}`)).ids).toEqual(
      articles
        .filter((_, at) => years[at] === years[0])
        .toReversed()
        .map(({ id }) => id),
    );
  });

  it("knows texts only where the site wants it, without their elements", async () => {
    const body = "<p>大桥<b>昨夜</b>合龙</p><p>两岸&amp;灯火</p>";
    const articles = [made(1, 1, { title: "新桥" }, body)];
    expect((await searched(planned(articles), "昨夜合龙")).ids).toEqual([]);
    expect((await searched(planned(articles, "text"), "大桥昨夜合龙")).ids).toEqual([
      articles[0]?.id,
    ]);
    expect((await searched(planned(articles, "text"), "合龙两岸")).ids).toEqual([]);
  });
});

describe("a publish", () => {
  const prose = (number: number): Partial<Shown> => ({
    title: `第${number}号泊位开通`,
    summary: `今天上午，第${number}号泊位在海沧开通，市民乘船前往。`.repeat(6),
  });
  const archive = Array.from({ length: 9000 }, (_, number) =>
    made(number, Math.floor(number / 30), prose(number)),
  );
  const index = planned(archive);

  it("of a day writes the value of the newest articles and few others", () => {
    const counts = Array.from({ length: 30 }, (_, day) => {
      const until = (days: number): PlannedSearch =>
        planned([
          ...archive,
          ...Array.from({ length: 20 * days }, (__, number) =>
            made(9000 + number, 300 + Math.floor(number / 20), prose(number)),
          ),
        ]);
      return day % 6 === 0 ? written(until(day), until(day + 1)) : 0;
    });
    expect(index.packs.length).toBeGreaterThan(2);
    expect(Math.max(...counts)).toBeLessThanOrEqual(3);
  });

  it("of an article that comes some days late writes no more", () => {
    const late = made(9001, 296, prose(9001));
    expect(written(index, planned([...archive, late]))).toBe(1);
  });

  it("of the same articles in another order writes nothing", () => {
    expect(written(index, planned(archive.toReversed()))).toBe(0);
  });

  it("of other texts writes nothing where they are not searched, and changes the feeds", () => {
    const [first, ...others] = archive;
    if (first === undefined) throw new Error("There are no articles");
    const edited = planned([made(0, 0, prose(0), "another text"), ...others]);
    expect(written(index, edited)).toBe(0);
    expect(edited.record.digest).not.toBe(index.record.digest);
  });

  it("without an article does not find it any more", async () => {
    const typed = "第4711号泊位";
    const withdrawn = archive.find((_, number) => number === 4711)?.id ?? "";
    expect((await searched(index, typed)).ids).toContain(withdrawn);
    const left = planned(archive.filter(({ id }) => id !== withdrawn));
    expect((await searched(left, typed)).ids).not.toContain(withdrawn);
  });
});

/** The same by looking at every article. */
function lookedFor(articles: readonly StoredArticle[], typed: string): readonly string[] {
  const query = parseQuery(typed);
  if (!query.ok) throw new Error(query.failure.reason);
  const { phrases, without, choices } = query.value;
  const titleOf = (slug: string): string => (slug === "gulangyu" ? "鼓浪屿晚报" : slug);
  return articles
    .filter((article) => {
      const { title, source, authors, tags, categories, summary } = article;
      const texts = [title, source ?? "", ...authors, ...tags, ...categories.map(titleOf), summary];
      const has = (phrase: (typeof phrases)[number]): boolean =>
        texts.some((one) => isInText(phrase.units, searchUnits(one)));
      const isChosen =
        choices.length === 0 ||
        choices.some(({ name }) => [...categories, ...categories.map(titleOf)].includes(name));
      return phrases.every(has) && !without.some(has) && isChosen;
    })
    .toSorted(compareNewestFirst)
    .map(({ id }) => id);
}

type Units = ReturnType<typeof searchUnits>;

function isInText(phrase: Units, text: Units): boolean {
  return text.some((_, start) =>
    phrase.every(({ text: unit, isJoined }, index) => {
      const found = text[start + index];
      return found?.text === unit && (index === 0 || found.isJoined === isJoined);
    }),
  );
}
