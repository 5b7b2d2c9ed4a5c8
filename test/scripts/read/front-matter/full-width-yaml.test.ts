import { expect, it } from "vitest";
import { findFullWidthYaml } from "../../../../scripts/read/front-matter/full-width-yaml.ts";

it.each([
  ["title：报\ndate: 2026-01-01", 1, 0, "："],
  ["title: 报\n- tags ：a", 1, 1, "："],
  ['title: "报”', 0, 0, "”"],
  ["tags: [a, b】", 0, 0, "】"],
])("%j, with an error in line %i, has in line %i the mark %s", (text, errorLine, line, mark) => {
  expect(findFullWidthYaml(text, errorLine)).toMatchObject({ line, mark });
});

it.each(["title: 报：纸", 'title: "报：纸"', "摘要：报"])("%j has none that matters", (text) => {
  expect(findFullWidthYaml(text, 0)).toBeNull();
});
