import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Article } from "../../src/domain/article.ts";
import { ARABIC_ARTICLE, NEWSPAPER_ARTICLE, TECHNICAL_ARTICLE } from "./sample-articles.ts";
import { sharePage } from "./sample-pages.ts";

const SEED_PAGE_BYTES = 5800;
const CHROME_BYTES = 2800;

/** The user's own article belongs to its newspaper: it lies beside this checkout on our machines, never in it. */
const SEED_FOLDER = join(import.meta.dirname, "../../../shared/corpus/seed");

const gzipBytes = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).length;

function seedArticle(): Article {
  const file = existsSync(SEED_FOLDER)
    ? readdirSync(SEED_FOLDER).find((name) => name.startsWith("2022-01-10-NW"))
    : undefined;
  if (file === undefined) {
    console.warn(`No seed article in ${SEED_FOLDER}: weighing an invented one instead`);
    return NEWSPAPER_ARTICLE;
  }
  const [, , text = ""] = readFileSync(join(SEED_FOLDER, file), "utf8").split("---\n");
  const [body = ""] = text.split("\n\n<http");
  const lead = /7日上午[^<]*/.exec(body)?.[0] ?? "";
  return {
    ...NEWSPAPER_ARTICLE,
    title: "送服务送政策 让毕业生留下就业创业",
    summary: lead,
    authors: ["邵凌丰", "叶晓菲"],
    source: "厦门日报",
    categories: ["shamenribao"],
    tags: ["厦门日报新闻"],
    body: new TextEncoder().encode(body),
  };
}

const ARTICLES = {
  seed: seedArticle(),
  newspaper: NEWSPAPER_ARTICLE,
  technical: TECHNICAL_ARTICLE,
  arabic: ARABIC_ARTICLE,
} satisfies Record<string, Article>;

describe("the weight of a share page", () => {
  it("of the seed is at most 5,800 bytes, gzipped", () => {
    expect(gzipBytes(sharePage(ARTICLES.seed))).toBeLessThanOrEqual(SEED_PAGE_BYTES);
  });

  it.each(Object.entries(ARTICLES))(
    "without the article is at most 2,800 bytes: %s",
    (_name, article) => {
      const page = gzipBytes(sharePage(article));
      expect(page - gzipBytes(article.body)).toBeLessThanOrEqual(CHROME_BYTES);
    },
  );
});
