import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { RandomSource } from "../generate/random-source.ts";
import { PublishedFolder } from "../scripts/published-folder.ts";
import { Subscriber } from "./subscriber.ts";

const DAYS = 60;
const SECONDS_PER_DAY = 86_400;
/** The clock of the folder begins on 2026-11-30. */
const FIRST_DAY = Date.UTC(2026, 10, 29);
const CATEGORIES = ["river", "trade", "weather"];
const SEED = 5;

const random = new RandomSource(SEED, 0);
const site = PublishedFolder.open();

afterAll(() => {
  site.close();
});

/** An article under way: each third has a name as `id`, the others the address of a share page. */
interface Moving {
  readonly number: number;
  file: string;
}

function place({ number }: Moving, day: number): { file: string; text: string } {
  const date = new Date(FIRST_DAY + (day - random.integer(0, 2)) * SECONDS_PER_DAY * 1000)
    .toISOString()
    .slice(0, 10);
  const folder = random.integer(0, 1) === 0 ? "" : "sub/";
  const isNamed = number % 3 === 0;
  // The day in a file's name is part of a share id, unless the id is the address of the page.
  const name = isNamed ? `piece-${day}-${number}` : `${date}-piece-${day}-${number}`;
  const id = isNamed ? `piece-${number}` : `/s/${String(number).padStart(10, "0")}`;
  const category = CATEGORIES[random.integer(0, CATEGORIES.length - 1)];
  return {
    file: `articles/${folder}${name}.md`,
    text: `---\ntitle: Piece ${number}\ndate: ${date} 08:00:00 +0800\ncategories: ${category}\nid: ${id}\n---\n\nPiece ${number}.\n`,
  };
}

function put(article: Moving, day: number): void {
  if (article.file !== "") site.remove(article.file);
  const { file, text } = place(article, day);
  article.file = file;
  site.write(file, text);
}

describe(`${DAYS} days on which articles move between categories, dates and files`, () => {
  it("show no reader an article under two ids, and the reader of the site each", async () => {
    mkdirSync(join(site.folder, "articles/sub"));
    const readers = [
      new Subscriber("/feed.xml", 24),
      new Subscriber("/atom.xml?category=river&category=trade", 24),
      ...CATEGORIES.map((name) => new Subscriber(`/category/${name}/feed.json`, 24)),
    ];
    const publisher = {
      fetch: async (path: string, headers: Record<string, string>): Promise<Response> =>
        site.fetch(path, { headers: { "Accept-Encoding": "gzip", ...headers } }),
    };
    const articles: Moving[] = [];
    for (let day = 0; day < DAYS; day += 1) {
      site.pass(SECONDS_PER_DAY);
      const article = { number: day, file: "" };
      articles.push(article);
      put(article, day);
      for (let moved = 0; moved < 3; moved += 1) {
        put(articles[random.integer(Math.max(0, day - 5), day)] ?? article, day);
      }
      await site.deployed();
      for (const reader of readers) await reader.poll(publisher);
    }
    // What an article was called on the way leads to it, too.
    for (const [path, id] of site.manifest.movedAddresses()) {
      expect((await site.fetch(path)).headers.get("Location")).toBe(`/s/${id}`);
    }
    for (const { path, contents } of readers) {
      const pieces = [...contents.values()].flatMap((content) => /Piece \d+/.exec(content) ?? []);
      expect([path, pieces.length]).toEqual([path, new Set(pieces).size]);
      expect(pieces.length).toBeGreaterThan(DAYS / 4);
      if (path === "/feed.xml") expect(pieces).toHaveLength(DAYS);
    }
  });
});
