import { describe, expect, it } from "vitest";
import { plainPath } from "../../src/domain/plain-path.ts";

describe("plainPath", () => {
  it.each([
    ["/", ""],
    ["/index.html", ""],
    ["/a", "/a"],
    ["/a/", "/a"],
    ["/a.html", "/a"],
    ["/a/index", "/a"],
    ["/a//index.html", "/a"],
    ["/e\u0301", "/\u00E9"],
    // Ends behind ends: two paths of one article's or of two, which would be stored under one key.
    ["/a.html.html", "/a"],
    ["/a/index.html/", "/a"],
    ["/a/index/index", "/a"],
    ["/index/index.html.html", ""],
    // What only looks like an end.
    ["/a.htm", "/a.htm"],
    ["/a.HTML", "/a.HTML"],
    ["/myindex", "/myindex"],
    ["//a", "//a"],
  ])("writes %j as %j", (path, plain) => {
    expect(plainPath(path)).toBe(plain);
    expect(plainPath(plain)).toBe(plain);
  });
});
