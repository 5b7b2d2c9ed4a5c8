import { describe, expect, it } from "vitest";
import { feedValidators } from "../../src/http/feed-validators.ts";
import { contentHash } from "../../src/store/content-hash.ts";

const RENDERERS = {
  rss: { renderer: contentHash(["rss"]), changedAt: 100 },
  atom: { renderer: contentHash(["atom"]), changedAt: 300 },
  json: { renderer: contentHash(["json"]), changedAt: 100 },
};

describe("feedValidators", () => {
  it("are others in each format, though all show the same", () => {
    const tags = (["rss", "atom", "json"] as const).map(
      (format) => feedValidators({ formats: RENDERERS }, format, ["digest"], 200).entityTag,
    );
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) expect(tag).toMatch(/^W\/"digest\.[\w-]{22}"$/);
  });

  it.each([
    ["rss", 200, 200],
    ["atom", 200, 300],
    ["json", 50, 100],
    ["atom", null, null],
  ] as const)("of %s, whose content changed at %s, name %s", (format, changedAt, lastModified) => {
    const validators = feedValidators({ formats: RENDERERS }, format, ["digest"], changedAt);
    expect(validators.lastModified).toBe(lastModified);
  });

  it("change with the code of the format alone", () => {
    const rss = { renderer: contentHash(["rss 2"]), changedAt: 400 };
    const formats = { ...RENDERERS, rss };
    const of = (format: "rss" | "atom", at: typeof formats): unknown =>
      feedValidators({ formats: at }, format, ["digest"], 200);
    expect(of("rss", formats)).not.toEqual(of("rss", RENDERERS));
    expect(of("atom", formats)).toEqual(of("atom", RENDERERS));
  });
});
