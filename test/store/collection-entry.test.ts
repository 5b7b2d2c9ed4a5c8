import { describe, expect, it } from "vitest";
import { readRef, storedRef } from "../../src/store/collection-entry.ts";
import { NEWSPAPER_ARTICLE } from "../render/sample-articles.ts";

const CHANGED = { epochSeconds: 1_641_800_000, offsetMinutes: 480 };

describe("an article in a list", () => {
  it.each([
    [5, {}],
    [6, { lead: "导语" }],
    [8, { updated: CHANGED }],
    [9, { entryId: "https://old.example/2022/01/10/a" }],
    [10, { picture: { path: "/media/p/0123456789abcdef.jpg", width: 1600 } }],
    [9, { entryId: "4711", updated: CHANGED, lead: "导语" }],
  ])("is %d values, and comes out as it went in with %j", (count, more) => {
    const { id, title, published, source } = NEWSPAPER_ARTICLE;
    const shown = { id, entryId: null, title, published, updated: null, source, lead: null };
    const ref = { ...shown, ...more };
    expect(storedRef(ref)).toHaveLength(count);
    expect(readRef(storedRef(ref))).toEqual(ref);
  });
});
