import { expect, it } from "vitest";
import { SiteNames } from "../../../scripts/read/site-names.ts";

it("has room for 200,000 tags, and goes on taking those that are there", () => {
  const names = new SiteNames();
  const tags = Array.from({ length: 200_000 }, (_, index) => `n${index}`);
  const take = (...some: readonly string[]): string | null =>
    names.take({ path: "a.md", categories: [], tags: some })?.what ?? null;
  expect(names.take({ path: "a.md", categories: [], tags })).toBeNull();
  expect(take("n1", "more")).toBe(
    'The tag "more" is one more than the 200,000 that the older articles of the site may have',
  );
  expect(take("n1", "n2")).toBeNull();
});
