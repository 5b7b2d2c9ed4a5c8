import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { readArticleMeta } from "../../../../scripts/read/front-matter/article-meta.ts";
import { createDiagnosticLog } from "../../../../scripts/diagnostics/diagnostic.ts";
import {
  parseFrontMatter,
  splitFrontMatter,
} from "../../../../scripts/read/front-matter/front-matter.ts";
import { jekyllAddresses } from "../../../../scripts/read/old-urls/old-addresses.ts";
import { NO_CATEGORY_NAMES } from "../../../../src/domain/category-names.ts";
import { usualAddresses } from "../../../usual-addresses.ts";

/*
 * Real posts, and what Jekyll 4.3.1 made of each in the time zone Asia/Shanghai. They are no part of the project: they may
 * lie beside the checkout. front-matter, article-date, article-meta and jekyll-paths have tests of their own for the same
 * shapes.
 */
const CORPUS = join(import.meta.dirname, "../../../../../shared/corpus");
const HAS_CORPUS = existsSync(join(CORPUS, "oracle"));
const SETS = ["family-synthetic", "sample"] as const;
const TIME_ZONE = "Asia/Shanghai";

if (!HAS_CORPUS) {
  console.warn(`No corpus at ${CORPUS}: the comparison with Jekyll's own reading does not run`);
}

const names = v.array(v.pipe(v.union([v.string(), v.number()]), v.transform(String)));
const oracleRow = v.object({
  file: v.string(),
  read: v.boolean(),
  url: v.optional(v.string(), ""),
  date: v.optional(v.string(), ""),
  categories: v.optional(names, []),
  tags: v.nullish(names),
});
type OracleRow = v.InferOutput<typeof oracleRow>;

type Field = "url" | "date" | "categories" | "tags";
const ALL_FIELDS = ["url", "date", "categories", "tags"] as const;

const RECOVERED = "the headline breaks the YAML: Jekyll loses the header, here it is recovered";
const SITE_CLOCK = "the date has no zone: Jekyll reads it as UTC, here it is the site's clock";

/** Where this reading differs from Jekyll's on purpose. */
const EXCEPTIONS: Readonly<Record<string, { fields: readonly Field[]; why: string }>> = {
  "2021-12-01-init.md": { fields: ["date"], why: SITE_CLOCK },
  "2021-12-08-202112080000000001.md": { fields: ["date"], why: SITE_CLOCK },
  "2021-12-08-202112080000000002.md": { fields: ["date"], why: SITE_CLOCK },
  "2022-01-10-NW202201100000000007.md": { fields: ALL_FIELDS, why: RECOVERED },
  "2022-01-10-NW202201100000000008.md": { fields: ALL_FIELDS, why: RECOVERED },
  "jekyll__jekyll/2010-01-09-time-override.markdown": { fields: ["date"], why: SITE_CLOCK },
  "jekyll__jekyll/2010-01-16-override-data.markdown": { fields: ["date"], why: SITE_CLOCK },
  "jekyll__jekyll/2011-04-12-md-extension.md": { fields: ["date"], why: SITE_CLOCK },
  "mehdisadeghi__mehdix.ir/2014-11-10-publishing-with-jekyll.md": {
    fields: ["date"],
    why: SITE_CLOCK,
  },
  "jekyll__jekyll/2000-01-01-empty-permalink.md": {
    fields: ["url"],
    why: "a blank permalink is no permalink; Jekyll puts the post on the home page",
  },
  "jekyll__jekyll/2014-01-06-permalink-traversal.md": {
    fields: ["url"],
    why: "its permalink goes above the root, which no browser does: it asks for the rest",
  },
  "jekyll__jekyll/2023-01-29-jekyll-3-9-3-released.markdown": {
    fields: ["url", "date"],
    why: "the date says its zone after a second year, which Jekyll overlooks",
  },
};

/** Files that Jekyll shows without their header, and that are an error here. */
const BROKEN_HEADERS = new Set([
  "jekyll__jekyll/2000-01-01-broken-front-matter2.md",
  "jekyll__jekyll/2000-01-01-exploit-front-matter.md",
]);

/** Jekyll renders no such file without a plugin and keeps the extension; here the check says that it is not read. */
const NOT_READ = /\.(?:mdx|Rmd|text)$/;

interface Reading {
  readonly urls: readonly string[];
  readonly epochSeconds: number;
  readonly categories: readonly string[];
  readonly tags: readonly string[];
}

function readOracle(set: string): readonly OracleRow[] {
  const text = readFileSync(join(CORPUS, `oracle/${set}.jsonl`), "utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => v.parse(oracleRow, JSON.parse(line)))
    .filter(({ read, file }) => read && !NOT_READ.test(file));
}

function readFile(set: string, file: string): Reading | null {
  const text = new TextDecoder()
    .decode(readFileSync(join(CORPUS, set, file)))
    .replaceAll("\r\n", "\n");
  const split = splitFrontMatter(text);
  if (!split.ok) return null;
  const log = createDiagnosticLog(file);
  const { header, headerLine } = split.value;
  const frontMatter = parseFrontMatter(header ?? "", headerLine, log);
  if (frontMatter === null) return null;

  const pathInSource = file.slice(file.lastIndexOf("/") + 1);
  const context = {
    pathInSource,
    splitNames: true,
    timeZone: TIME_ZONE,
    categoryNames: NO_CATEGORY_NAMES,
    nowEpochSeconds: Number.MAX_SAFE_INTEGER,
  };
  const meta = readArticleMeta(frontMatter, context, log);
  if (meta.date === null) return null;
  const { date } = meta;
  const path = pathInSource.replace(/\.[^.]+$/, "");
  const pathFromRoot = `_posts/${pathInSource}`;
  const document = { meta, date, path, file: pathFromRoot, pathFromRoot };
  const site = { timeZone: TIME_ZONE, url: "https://a.example" };
  const { certain, guessed } = jekyllAddresses(document, site, usualAddresses(), log, () => 1);
  return {
    urls: [...certain, ...guessed],
    epochSeconds: date.moment.epochSeconds,
    categories: meta.categories,
    tags: meta.tags,
  };
}

function differingFields(row: OracleRow, reading: Reading): readonly Field[] {
  const isSame: Readonly<Record<Field, boolean>> = {
    url: reading.urls.includes(decodeURIComponent(row.url)),
    date: reading.epochSeconds * 1000 === Date.parse(row.date),
    categories: row.categories.join("\n") === reading.categories.join("\n"),
    tags: (row.tags ?? []).join("\n") === reading.tags.join("\n"),
  };
  return ALL_FIELDS.filter((field) => !isSame[field]);
}

function listDifferences(rows: readonly OracleRow[], set: string): readonly unknown[] {
  return rows.flatMap((row) => {
    const reading = readFile(set, row.file);
    const fields = reading === null ? [] : differingFields(row, reading);
    return fields.length === 0 ? [] : [[row.file, fields]];
  });
}

describe.runIf(HAS_CORPUS).each(SETS)("Jekyll's own reading of %s", (set) => {
  const rows = HAS_CORPUS ? readOracle(set) : [];
  const files = rows.map(({ file }) => file);

  it("agrees in address, date, categories and tags, but for the listed exceptions", () => {
    const expected = files
      .filter((file) => Object.hasOwn(EXCEPTIONS, file))
      .map((file) => [file, EXCEPTIONS[file]?.fields]);
    expect(listDifferences(rows, set)).toEqual(expected);
  });

  it("has no article that cannot be read here, but for broken headers", () => {
    const unread = files.filter((file) => readFile(set, file) === null);
    expect(unread).toEqual(files.filter((file) => BROKEN_HEADERS.has(file)));
  });
});
