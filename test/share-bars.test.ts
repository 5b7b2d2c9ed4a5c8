import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { siteWithNavigation } from "../scripts/bundle/site-with-navigation.ts";
import { createDiagnosticLog } from "../scripts/diagnostics/diagnostic.ts";
import { parseTheme, themeOf } from "../scripts/look/parse-theme.ts";
import { warnOfTheme } from "../scripts/look/theme-warnings.ts";
import { splitNavigationTail } from "../scripts/read/body/facts/navigation-tail.ts";
import { splitFrontMatter } from "../scripts/read/front-matter/front-matter.ts";
import type { ParsedArticle } from "../scripts/read/article/read-article.ts";
import { factsOf, restoreArticle } from "../scripts/read/article/store-article.ts";
import { articleCard, cardHash } from "../src/render/card.ts";
import { cardPath } from "../src/domain/links.ts";
import { renderSharePage } from "../src/render/share-page.ts";
import { readFolder } from "./read-folder.ts";
import { SITE as BARE_SITE } from "./render/sample-articles.ts";

/* What every share page promises, held to all sample articles, and to the corpus where it lies beside this checkout. */

const ROOT = join(import.meta.dirname, "..");
const SITE = siteWithNavigation(BARE_SITE, [{ categories: ["a"] }], []);
/** 2027-01-01, so that all samples but the one that is still to come are out. */
const NOW_SECONDS = 1_798_761_600;

const PREVIEW_BYTES = 4096;
const CHROME_BYTES = 2800;
/** The seed's bar does not hold for articles with tables and code, whose style is larger, with many names, and for very long ones. */
const LARGEST_CHROME_BYTES = 3000;
const SEED_PAGE_BYTES = 5800;

/** The page with a complete theme; a theme's values stand where Offprint's own would. */
const EXAMPLE = "docs/your-own-look.md";
const THEME_BYTES = 30;

const LONGEST_WEIGHED_TEXT_BYTES = 8192;
/** Ten packets of the first round trip, without the headers. */
const FIRST_ROUND_TRIP_BYTES = 14_000;

const read = async (source: string): Promise<readonly ParsedArticle[]> => {
  const { articles } = await readFolder(ROOT, SITE, [source], NOW_SECONDS);
  return articles.map((article) => ({ ...factsOf(article), ...restoreArticle(article) }));
};

const samples = await read("articles");

const gzipBytes = (bytes: Uint8Array): number => gzipSync(bytes, { level: 9 }).byteLength;

function pageOf(article: ParsedArticle, site = SITE): Buffer {
  const cardUrl = site.url + cardPath(article.id, cardHash(articleCard(article, site)));
  const page = { site, article, categoryTitle: (slug: string) => slug, cardUrl };
  return Buffer.from(renderSharePage({ ...page, related: [] }));
}

/**
 * What a page weighs beside its article's text: the difference, with a text of at most a quarter of what gzip looks back,
 * since beyond that the difference counts what gzip has forgotten.
 */
function chromeBytes(page: Buffer, { body }: ParsedArticle): number {
  const start = page.indexOf(body);
  const text = body.subarray(0, LONGEST_WEIGHED_TEXT_BYTES);
  const rest = page.subarray(start + body.byteLength);
  return gzipBytes(Buffer.concat([page.subarray(0, start), text, rest])) - gzipBytes(text);
}

/** The bytes up to the end of the last preview tag. */
function previewBytes(page: Buffer): number {
  const last = Math.max(page.lastIndexOf("<meta property="), page.lastIndexOf("<meta itemprop="));
  return page.indexOf("\n", last);
}

const COMPARED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Arabic}]/gu;

/** How often each letter is in a text, of the scripts in which markup is not written. */
function fingerprint(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [character] of text.matchAll(COMPARED)) {
    counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  return new Map([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What a reader would see of a source: no tags, no addresses, no picture's description, no names of links, nothing
 * that only shows where a film cannot be played. */
function visibleSource(path: string): string {
  const split = splitFrontMatter(readFileSync(join(ROOT, path), "utf8").replaceAll("\r\n", "\n"));
  if (!split.ok) return "";
  return splitNavigationTail(split.value.body)
    .body.replaceAll(/<(video|audio)\b.*?<\/\1>/gis, "")
    .replaceAll(/!\[[^\]]*\]\([^)]*\)/g, "")
    .replaceAll(/\]\([^)]*\)/g, "]")
    .replaceAll(/\]\[[^\]]*\]/g, "]")
    .replaceAll(/^ {0,3}\[[^\]^][^\]]*\]:.*$/gm, "")
    .replaceAll(/<\/?[a-z][^>]*>/gi, "");
}

const visibleText = (html: string): string => html.replaceAll(/<[^>]*>/g, "");

describe("every share page of the samples", () => {
  it("keeps its bytes: preview tags, everything but the article, the first round trip", () => {
    const rows = samples.map((article) => {
      const page = pageOf(article);
      const whole = gzipBytes(page);
      return {
        file: article.path.slice("articles/".length),
        page: whole,
        chrome: chromeBytes(page, article),
        preview: previewBytes(page),
        // What of the page has arrived with the first 14,000 bytes: all of it, or well past the first screen.
        firstScreen: gzipBytes(page.subarray(0, Math.min(page.byteLength, 24_000))),
      };
    });
    console.table(rows.toSorted((a, b) => b.chrome - a.chrome).slice(0, 8));
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(({ preview }) => preview > PREVIEW_BYTES)).toEqual([]);
    expect(rows.filter(({ chrome }) => chrome > LARGEST_CHROME_BYTES)).toEqual([]);
    expect(rows.filter(({ firstScreen }) => firstScreen > FIRST_ROUND_TRIP_BYTES)).toEqual([]);
  });

  it("weighs hardly more in the example's theme", async () => {
    const [, css = ""] =
      /```css\n(.*?)```/s.exec(await readFile(join(ROOT, EXAMPLE), "utf8")) ?? [];
    const log = createDiagnosticLog(EXAMPLE);
    const written = parseTheme(css, log);
    warnOfTheme(written, log);
    const theme = themeOf(written);
    expect(log.diagnostics).toEqual([]);
    if (theme === undefined) throw new Error(`there is no theme in ${EXAMPLE}`);
    const more = samples.map((article) => {
      const themed = pageOf(article, { ...SITE, theme });
      expect(themed.includes(theme.light.accent ?? "none")).toBe(true);
      return gzipBytes(themed) - gzipBytes(pageOf(article));
    });
    console.log(`a theme: ${Math.min(...more)} to ${Math.max(...more)} bytes more`);
    expect(Math.max(...more)).toBeLessThanOrEqual(THEME_BYTES);
  });

  it("shows every Chinese, Japanese and Arabic letter of its source as often as it is written", () => {
    for (const { path, body } of samples) {
      const shown = fingerprint(visibleText(new TextDecoder().decode(body)));
      expect(shown, path).toEqual(fingerprint(visibleSource(path)));
    }
  });
});

// The user's own article belongs to its newspaper: it lies beside this checkout on our machines, never in it.
const SEED = "../shared/corpus/seed";
const hasSeed = existsSync(join(ROOT, SEED));

it.runIf(hasSeed)(
  "the share page of the seed is at most 5,800 bytes, gzipped, and 2,800 without its text",
  async () => {
    const [seed, ...others] = await read(SEED);
    if (seed === undefined) throw new Error("the seed was not read");
    const page = pageOf(seed);
    expect(gzipBytes(page)).toBeLessThanOrEqual(SEED_PAGE_BYTES);
    expect(chromeBytes(page, seed)).toBeLessThanOrEqual(CHROME_BYTES);
    expect(others).toEqual([]);
  },
);

describe.each(["seed", "family-synthetic", "sample"])(
  "every share page of the corpus's %s",
  (name) => {
    const source = `../shared/corpus/${name}`;
    const isThere = existsSync(join(ROOT, source));
    if (!isThere) console.warn(`THERE IS NO CORPUS in ${source}: it is not compared`);

    it.runIf(isThere)("shows every Chinese, Japanese and Arabic letter of its source", async () => {
      for (const { path, body } of await read(source)) {
        const shown = fingerprint(visibleText(new TextDecoder().decode(body)));
        expect(shown, path).toEqual(fingerprint(visibleSource(path)));
      }
    });
  },
);
