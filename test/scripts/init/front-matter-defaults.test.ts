import { expect, it } from "vitest";
import { createDefaults } from "../../../scripts/init/front-matter-defaults.ts";

const set = (path: string | null, type: string | null, value: string) => ({
  scope: { ...(path === null ? {} : { path }), ...(type === null ? {} : { type }) },
  values: { lang: value },
});
const LONG = set("_posts/en", null, "long");
const SHORT = set("_posts", null, "short");
const TYPED = set("_posts", "posts", "typed");

it.each([
  ["the longer path, whichever comes first", [LONG, SHORT], "long"],
  ["the longer path", [SHORT, LONG], "long"],
  ["of equal paths the one with a type", [TYPED, SHORT], "typed"],
  ["of equals the later", [SHORT, set("_posts", null, "later")], "later"],
  ["a scope without path", [set(null, "posts", "all")], "all"],
  ["no other type", [set("", "pages", "pages")], undefined],
  ["the beginning of a name", [set("_posts/e", null, "begun")], "begun"],
  ["no path with a slash in front", [set("/_posts", null, "absolute")], undefined],
  ["a glob of a folder above", [set("_po*/*", null, "glob")], "glob"],
  ["a glob of the file", [set("_posts/**/*.md", null, "glob")], "glob"],
  ["no glob of others", [set("*/zh", null, "glob")], undefined],
  ["a path in collections_dir", [set("all/_posts", null, "inside")], "inside"],
])("takes %s", (_, written, expected) => {
  const defaultsOf = createDefaults(written, "all");
  expect(defaultsOf("_posts/en/2022-01-10-a.md", "posts")["lang"]).toBe(expected);
});

it("merges the maps of all scopes that hold a file", () => {
  const written = [
    { scope: { path: "" }, values: { image: { path: "/a.png", alt: "A" } } },
    { scope: { path: "_posts" }, values: { image: { path: "/b.png" }, tags: ["b"] } },
    "no scope",
  ];
  expect(createDefaults(written, "")("_posts/a.md", "posts")).toEqual({
    image: { path: "/b.png", alt: "A" },
    tags: ["b"],
  });
});
