import { expect, it } from "vitest";
import { EdgeCache } from "./edge-cache.ts";

const YEAR = 31_536_000;

it("remembers what was absent for as long as the read says that saw it", () => {
  const cache = new EdgeCache();
  let value: string | null = null;
  const read = (): string | null => value;
  expect(cache.get("a", 0, 60, read)).toBeNull();
  value = "there";
  expect(cache.get("a", 59_000, 60, read)).toBeNull();
  expect(cache.get("a", 60_000, 60, read)).toBe("there");
});

it("forgets it sooner where a later read has a smaller cacheTtl", () => {
  const cache = new EdgeCache();
  cache.get("a", 0, YEAR, () => null);
  expect(cache.get("a", 1000, 30, () => "there")).toBeNull();
  expect(cache.get("a", 31_000, YEAR, () => "there")).toBe("there");
});

it("refuses a cacheTtl below 30 s", () => {
  expect(() => new EdgeCache().get("a", 0, 29, () => null)).toThrow("cache_ttl");
});
