import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { GeneratorOptions } from "./generate-articles.ts";
import { MAXIMUM_CATEGORIES, generateArticles, generateCategories } from "./generate-articles.ts";

/** 2022-01-01, midnight at +0800. */
const START_SECONDS = 1_640_966_400;

const OPTIONS: GeneratorOptions = {
  texts: "plain",
  seed: 1,
  first: 0,
  count: 100,
  categories: 50,
  startSeconds: START_SECONDS,
  days: 30,
};

const generate = (options: Partial<GeneratorOptions> = {}) => [
  ...generateArticles({ ...OPTIONS, ...options }),
];

/** The value of a line of the front matter. */
function field(text: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, "m").exec(text)?.[1] ?? "";
}

/** What stands between the front matter and the share link. */
function bodyOf(text: string): string {
  return text.slice(text.indexOf("---\n<p>") + "---\n".length, text.indexOf("\n\n<http"));
}

describe("generateArticles", () => {
  /** Written anew by `UPDATE_EXPECTED=1 npx vitest run --project node generate-articles`. */
  it.each([
    { texts: "plain", what: "the format of the newspapers", number: 0 },
    { texts: "mixed", what: "the first generation", number: 27 },
    { texts: "mixed", what: "the second generation", number: 43 },
    { texts: "mixed", what: "the third generation", number: 63 },
    { texts: "mixed", what: "the fourth generation", number: 68 },
    { texts: "mixed", what: "the fifth generation", number: 40 },
  ] as const)("writes $what ($texts)", async ({ texts, number }) => {
    const [article] = generate({ texts, first: number, count: 1 });
    const expected = join(import.meta.dirname, "expected", texts, `${article?.path}`);
    if (process.env["UPDATE_EXPECTED"] === "1") await writeFile(expected, article?.text ?? "");
    expect(article?.text).toBe(await readFile(expected, "utf8"));
  });

  describe.each(["plain", "mixed"] as const)("with %s texts", (texts) => {
    it("writes the same articles again", () => {
      expect(generate({ texts })).toEqual(generate({ texts }));
    });

    it("writes other articles for another seed", () => {
      const titles = new Set(generate({ texts }).map(({ text }) => field(text, "title")));
      const others = generate({ texts, seed: 2 }).filter(({ text }) =>
        titles.has(field(text, "title")),
      );
      expect(others.length).toBeLessThan(5);
    });

    it("writes the same article whatever the count", () => {
      expect(generate({ texts, count: 120 }).slice(0, 100)).toEqual(generate({ texts }));
    });

    it("goes on where another run ended", () => {
      expect(generate({ texts, first: 60, count: 40 })).toEqual(generate({ texts }).slice(60));
    });
  });

  it("keeps title and body when days and categories change", () => {
    const told = (options: Partial<GeneratorOptions>): readonly string[] =>
      generate(options).map(
        ({ text }) => field(text, "title") + bodyOf(text).replace(/（文章来源：.*）/, ""),
      );
    expect(told({ days: 1, categories: 7 })).toEqual(told({}));
  });

  it("gives every article a code of its own, that of its file name and share link", () => {
    const articles = generate({ count: 5000, days: 3 });
    const codes = articles.map(({ path }) => /^\d{4}-\d{2}-\d{2}-(NW\d{18})\.md$/.exec(path)?.[1]);
    expect(codes).not.toContain(undefined);
    expect(new Set(codes).size).toBe(articles.length);
    for (const [index, { text }] of articles.entries()) {
      expect(text).toContain(`NewsShare.html?infoCode=${codes[index]}>`);
    }
  });

  it("stays within its days, by the papers' clock", () => {
    for (const { path, text } of generate({ count: 300, days: 2 })) {
      const day = path.slice(0, 10);
      expect(["2022-01-01", "2022-01-02"]).toContain(day);
      expect(field(text, "date")).toMatch(new RegExp(`^${day} \\d{2}:\\d{2}:\\d{2} \\+0800$`));
      expect(path).toContain(`NW${day.replaceAll("-", "")}`);
    }
  });

  it("tags each category with its newspaper's name", () => {
    const titles = new Map(generateCategories(50).map(({ slug, title }) => [slug, title]));
    for (const { text } of generate()) {
      const title = titles.get(field(text, "categories"));
      expect(field(text, "tags")).toBe(`${title}新闻`);
      expect(text).toContain(`（文章来源：${title}）`);
    }
  });

  it("gives each article two topics of so many, and changes nothing else for them", () => {
    const plain = generate({ count: 500 });
    const articles = generate({ count: 500, topics: 20 });
    const topics = articles.map(({ text }) => field(text, "tags").split(" ").slice(1));
    expect(topics.every(({ length }) => length === 2)).toBe(true);
    expect(new Set(topics.flat()).size).toBe(20);
    const withoutTopics = articles.map(({ text }) => text.replaceAll(/ 话题\d+/g, ""));
    expect(withoutTopics).toEqual(plain.map(({ text }) => text));
  });

  it("gives categories sizes after Zipf's law", () => {
    const categories = generateCategories(10);
    const sizes = new Map<string, number>();
    const count = 20_000;
    for (const { text } of generateArticles({ ...OPTIONS, count, categories: 10 })) {
      const category = field(text, "categories");
      sizes.set(category, (sizes.get(category) ?? 0) + 1);
    }
    const largest = count / categories.reduce((sum, _category, index) => sum + 1 / (index + 1), 0);
    for (const [index, { slug }] of categories.entries()) {
      const expected = largest / (index + 1);
      expect(Math.abs((sizes.get(slug) ?? 0) - expected) / expected).toBeLessThan(0.1);
    }
  });

  it("writes bodies as long and as compressible as a newspaper's", () => {
    const bodies = generate().map(({ text }) => bodyOf(text));
    const bytes = bodies.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    const compressed = bodies.reduce((sum, text) => sum + gzipSync(text).byteLength, 0);
    expect(bytes / bodies.length).toBeGreaterThan(4800);
    expect(bytes / bodies.length).toBeLessThan(5600);
    // A real one of 5 KB: 2.05.
    expect(bytes / compressed).toBeGreaterThan(1.8);
    expect(bytes / compressed).toBeLessThan(2.2);
  });
});

describe("mixed articles", () => {
  const articles = generate({ texts: "mixed", count: 6000 }).map(({ path, text }) => {
    const [, head = "", rest = ""] = /^(---\n.*?\n---\n)(.*)$/s.exec(text) ?? [];
    const [body = "", foot = ""] = rest.split(/\n\n(?=<http)/);
    return { path, head, body, foot, isMarkdown: !body.includes("</p>") };
  });
  type Mixed = (typeof articles)[number];

  it.each<[string, number, (article: Mixed) => boolean]>([
    ["nothing below their source", 0.03, ({ foot }) => !foot.includes("[")],
    ["relative ways back", 0.05, ({ foot }) => foot.includes("](../")],
    ["dates without a zone", 0.08, ({ head }) => !head.includes(" +0800\n")],
    ["digests in quotes", 0.25, ({ body }) => body.startsWith("> ")],
    ["the newest names and share links", 0.55, ({ path }) => path.includes("-NW")],
    ["Markdown", 0.2, ({ isMarkdown }) => isMarkdown],
    ["links", 0.4, ({ body }) => /<a href="https:|[^!]\[[^\]]+\]\(https:/.test(body)],
    ["pictures", 0.15, ({ body }) => /<img |!\[/.test(body)],
    ["spans and anchors of quotes", 0.15, ({ body }) => body.includes("<span ")],
    ["tables", 0.03, ({ body }) => /<table|^\| --- \|/m.test(body)],
    ["20 KB and more", 0.05, ({ body }) => Buffer.byteLength(body) >= 20_000],
  ])("have %s: a part of %d", (_what, share, has) => {
    const part = articles.filter(has).length / articles.length;
    // Three standard deviations of the draw.
    expect(Math.abs(part - share)).toBeLessThan(
      3 * Math.sqrt((share * (1 - share)) / articles.length),
    );
  });

  it("are about 5 KB long, one in twenty below 2.5, and none above 200", () => {
    const sizes = articles.map(({ body }) => Buffer.byteLength(body)).toSorted((a, b) => a - b);
    const quantile = (part: number): number => sizes[Math.floor(part * sizes.length)] ?? 0;
    expect(quantile(0.5)).toSatisfy((size: number) => size > 4800 && size < 6200);
    expect(quantile(0.05)).toBeLessThan(3000);
    expect(sizes.at(-1)).toBeLessThan(205_000);
  });
});

describe("generateCategories", () => {
  it("names every category once", () => {
    const categories = generateCategories(MAXIMUM_CATEGORIES);
    expect(new Set(categories.map(({ slug }) => slug)).size).toBe(MAXIMUM_CATEGORIES);
    expect(new Set(categories.map(({ title }) => title)).size).toBe(MAXIMUM_CATEGORIES);
  });

  it("names the largest the same in a larger set", () => {
    expect(generateCategories(200).slice(0, 20)).toEqual(generateCategories(20));
  });

  it.each([0, MAXIMUM_CATEGORIES + 1])("refuses to name %s", (count) => {
    expect(() => generateCategories(count)).toThrow(RangeError);
  });
});
