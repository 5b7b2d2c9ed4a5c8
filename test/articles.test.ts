import { join } from "node:path";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "../scripts/diagnostics/diagnostic.ts";
import { readArticles } from "../scripts/read/read-articles.ts";
import { readSettings } from "../scripts/config/settings.ts";

const ROOT = join(import.meta.dirname, "..");
const SAMPLES = { OFFPRINT_SOURCES: "articles" };
/** 2026-12-01T00:00:00Z: after all samples but the one that is announced. */
const NOW = 1_796_083_200;

const settings = readSettings(
  readFileSync(join(ROOT, "wrangler.toml"), "utf8"),
  "wrangler.toml",
  SAMPLES,
);
if (!settings.ok) throw new Error(settings.failure.map(formatDiagnostic).join("\n"));
const { articles, skipped, diagnostics } = await readArticles({
  root: ROOT,
  settings: settings.value,
  now: NOW,
  cache: null,
  progress: () => undefined,
});

describe("the sample articles", () => {
  it("are free of diagnostics", () => {
    expect(diagnostics.map(formatDiagnostic)).toEqual([]);
  });

  it("show every kind of article", () => {
    const lengths = articles.map(({ characterCount }) => characterCount);
    expect(articles.length).toBeGreaterThanOrEqual(24);
    expect(new Set(articles.flatMap(({ categories }) => categories)).size).toBeGreaterThanOrEqual(
      4,
    );
    expect(Math.max(...lengths)).toBeGreaterThan(10_000);
    expect(Math.min(...lengths)).toBeLessThan(60);
    expect(articles.map(({ language }) => language)).toEqual(expect.arrayContaining(["en", "ar"]));
    expect(articles.some(({ categories }) => categories.length > 1)).toBe(true);
    expect(articles.some(({ tags }) => tags.length > 8)).toBe(true);
    expect(articles.some(({ localFiles }) => localFiles.length > 0)).toBe(true);
  });

  it("keep a draft, an unpublished and a future article back", () => {
    const reasons = skipped.map(({ why }) => why.reason);
    expect(reasons.toSorted()).toEqual(["draft", "future", "unpublished"]);
  });
});
