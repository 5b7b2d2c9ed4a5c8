import fc from "fast-check";
import { expect, it } from "vitest";
import { hrefOf, listPath } from "../../src/domain/links.ts";

it.each([
  ["/tag/%E6%B9%96%E5%9F%8E", "/tag/湖城"],
  ["/category/jishu", "/category/jishu"],
  ["/tag/A%2FB%20%E6%B5%8B", "/tag/A%2FB%20测"],
  // Neither a direction mark nor an accent that would join what stands before it is a letter.
  ["/tag/%E2%80%AE%CC%81%D8%A8", "/tag/%E2%80%AE%CC%81ب"],
])("hrefOf writes %s as %s", (path, href) => {
  expect(hrefOf(path)).toBe(href);
});

it("a browser asks for the canonical path that hrefOf was given", () => {
  fc.assert(
    // No article has the name `..`, which is an error of its front matter: URLs leave such a step out.
    fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (name) => {
      fc.pre(name !== ".");
      const path = listPath({ kind: "tag", name: `${name}.` });
      expect(new URL(hrefOf(path), "https://wandu.example").pathname).toBe(path);
    }),
  );
});
