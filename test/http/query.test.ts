import { describe, expect, it } from "vitest";
import { queryValue, queryValues } from "../../src/http/query.ts";

describe("queryValues", () => {
  it.each([
    ["", []],
    ["?", []],
    ["?tag=a&page=1&tag=b&tag=", ["a", "b", ""]],
    ["?%74ag=%E7%94%B2+b&Tag=c", ["甲 b"]],
    ["?tag=%&tag=%zz&tag=100%25&%=%", ["%", "%zz", "100%"]],
    ["?tag=%FF", ["\uFFFD"]],
    ["?x?tag=a&tag", [""]],
  ])("reads %s", (query, values) => {
    expect(queryValues(`https://a.example/feed.xml${query}`, "tag")).toEqual(values);
    expect(queryValue(`https://a.example/feed.xml${query}`, "tag")).toBe(values[0]);
  });
});
