import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { GeneratorOptions } from "../generate/generate-articles.ts";
import { generateArticles } from "../generate/generate-articles.ts";

const SEED = 1;
const CATEGORIES = 20;
/** Each fifth article has a correspondent besides, hardly ever the same twice. Without reporters all names would be such. */
const REPORTERS = 2000;
/** 2026-01-01. */
const FIRST_SECOND = 1_767_225_600;

const DAYS = 300;
const SECONDS_PER_DAY = 86_400;
/** The beginning of the day behind all of them, which has passed: what is dated ahead would not be live. */
export const LAST_DAY_SECONDS = FIRST_SECOND + DAYS * SECONDS_PER_DAY;

/** Writes generated articles of about 5 KB in 20 categories to `articles` in a folder. */
export function writeArticles(root: string, count: number, texts: GeneratorOptions["texts"]): void {
  const options: GeneratorOptions = {
    texts,
    seed: SEED,
    first: 0,
    count,
    categories: CATEGORIES,
    reporters: REPORTERS,
    startSeconds: FIRST_SECOND,
    days: DAYS,
  };
  mkdirSync(join(root, "articles"), { recursive: true });
  for (const { path, text } of generateArticles(options)) {
    const file = join(root, "articles", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
