import { expect, it } from "vitest";
import { SiteNames } from "../../../scripts/read/site-names.ts";

const NONE = { path: "a.md", categories: [], tags: [], authors: [] };
const NAMES = Array.from({ length: 200_000 }, (_, index) => `n${index}`);

it.each(["tag", "author"])("has room for 200,000 of kind %s, and goes on taking those", (kind) => {
  const names = new SiteNames({});
  const take = (...some: readonly string[]): string | null =>
    names.take({ ...NONE, [`${kind}s`]: some })?.what ?? null;
  expect(names.take({ ...NONE, [`${kind}s`]: NAMES })).toBeNull();
  expect(take("n1", "more")).toBe(
    `The ${kind} "more" is one more than the 200,000 that the older articles of the site may have`,
  );
  expect(take("n1", "n2")).toBeNull();
});

it("counts only authors who have lists", () => {
  const names = new SiteNames({});
  expect(names.take({ ...NONE, authors: NAMES })).toBeNull();
  expect(names.take({ ...NONE, authors: ["新华社", "n1"] })).toBeNull();
  const none = new SiteNames({ authors: false });
  expect(none.take({ ...NONE, authors: [...NAMES, "more"] })).toBeNull();
});

it("takes the names of an article that came out of the cache, whose properties are inherited", () => {
  const names = new SiteNames({});
  const kept = Object.create({ ...NONE, tags: NAMES }) as typeof NONE;
  expect(names.take(kept)).toBeNull();
  expect(names.take({ ...NONE, tags: ["more"] })?.code).toBe("site-names-too-many");
});
