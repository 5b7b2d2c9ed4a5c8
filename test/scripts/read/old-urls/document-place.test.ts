import { describe, expect, it } from "vitest";
import { documentPlace } from "../../../../scripts/read/old-urls/document-place.ts";

describe("documentPlace", () => {
  it.each([
    ["_posts/2022-01-10-a.md", "posts", "2022-01-10-a"],
    ["city/_posts/2022-01-10-a.md", "posts", "city/2022-01-10-a"],
    ["_posts/city/2022-01-10-a.md", "posts", "city/2022-01-10-a"],
    ["_howto/a.md", "howto", "a"],
    ["./_howto/windows/a.md", "howto", "windows/a"],
    // A collection lies in Jekyll's root, wherever that is.
    ["../site/_howto/windows/a.md", "howto", "windows/a"],
    ["old/site/_howto/a.md", "howto", "a"],
    ["howto/a.md", "posts", "howto/a"],
  ])("of %s is %s, %s", (file, collection, path) => {
    const pathInSource = file.replace(/^.*site\//, "").replace(/\.md$/, "");
    expect(documentPlace(file, pathInSource)).toEqual({ collection, path });
  });
});
