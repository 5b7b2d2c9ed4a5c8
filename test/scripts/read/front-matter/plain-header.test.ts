import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPlainHeader } from "../../../../scripts/read/front-matter/plain-header.ts";
import { parseRubyYaml } from "../../../../scripts/read/front-matter/ruby-yaml.ts";

/** Pieces that YAML gives a meaning to, and pieces that it does not. */
const pieces = fc.constantFrom(
  ...Array.from("aZ09中é-_:#\"'\\ \t,[]{}&*!|>%@`?~=.+/()\u0085\u2028\u00a0\uFEFF"),
  ": ",
  " #",
  "- ",
  "no",
  "null",
  "Yes",
  "{{ x }}",
  "2022-01-10 07:35:33 +0800",
  "《标题》",
);
const value = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(""));
const line = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(fc.constantFrom("title", "a", "b-c", "no", "T"), value)
      .map(([key, text]) => `${key}: ${text}`),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom("date", "tags"), value)
      .map(([key, text]) => `${key}: "${text}"`),
  },
  { weight: 1, arbitrary: value },
);
const header = fc
  .array(line, { maxLength: 5 })
  .map((lines) => lines.map((text) => `${text}\n`).join(""));

describe("readPlainHeader", () => {
  it("reads a newspaper's header", () => {
    const text = `layout: post\ntitle: "送服务送政策 让毕业生留下"\ndate: 2022-01-10 07:35:33 +0800\ncategories: \ntags: 厦门日报新闻\ndraft: no\n`;
    expect(readPlainHeader(text)).toEqual({
      layout: "post",
      title: "送服务送政策 让毕业生留下",
      date: "2022-01-10 07:35:33 +0800",
      categories: null,
      tags: "厦门日报新闻",
      draft: false,
    });
  });

  it.each([
    "tags: [a, b]\n",
    'title: "a\\n"\n',
    "title: a: b\n",
    "a: 1\na: 2\n",
    "a: b # c\n",
    "a:\n- b\n",
  ])("leaves %j to the YAML library", (text) => {
    expect(readPlainHeader(text)).toBeNull();
  });

  it("has no other answer than the YAML library", () => {
    let answers = 0;
    fc.assert(
      fc.property(header, (text) => {
        const plain = readPlainHeader(text);
        if (plain === null) return;
        answers += 1;
        const parsed = parseRubyYaml(text);
        expect(parsed).toEqual({ ok: true, value: { value: plain, duplicateLine: null } });
      }),
      { numRuns: 3000 },
    );
    expect(answers).toBeGreaterThan(100);
  });
});
