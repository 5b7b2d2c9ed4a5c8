import { describe, expect, it } from "vitest";
import { formatRfc3339 } from "../../../../src/domain/moment.ts";
import type { ArticleMeta } from "../../../../scripts/read/front-matter/article-meta.ts";
import {
  readArticleMeta,
  readVisibility,
} from "../../../../scripts/read/front-matter/article-meta.ts";
import type { Diagnostic } from "../../../../scripts/diagnostics/diagnostic.ts";
import { createDiagnosticLog } from "../../../../scripts/diagnostics/diagnostic.ts";
import { NO_CATEGORY_NAMES } from "../../../../src/domain/category-names.ts";
import { parseFrontMatter } from "../../../../scripts/read/front-matter/front-matter.ts";

const CONTEXT = {
  pathInSource: "2022-01-10-some-news.md",
  splitNames: true,
  timeZone: "Asia/Shanghai",
  categoryNames: NO_CATEGORY_NAMES,
  nowEpochSeconds: Date.parse("2022-06-01T00:00:00+08:00") / 1000,
};

/** The header of a file begins on its second line. */
const HEADER_LINE = 2;

function read(
  header: string,
  change: Partial<typeof CONTEXT> = {},
): { meta: ArticleMeta; diagnostics: readonly Diagnostic[] } {
  const log = createDiagnosticLog("a.md");
  const frontMatter = parseFrontMatter(header, HEADER_LINE, log);
  if (frontMatter === null) throw new Error(`The test's header is broken: ${header}`);
  const meta = readArticleMeta(frontMatter, { ...CONTEXT, ...change }, log);
  return { meta, diagnostics: log.diagnostics };
}

const metaOf = (header: string, change: Partial<typeof CONTEXT> = {}): ArticleMeta =>
  read(header, change).meta;

const codesOf = (header: string, change: Partial<typeof CONTEXT> = {}): readonly string[] =>
  read(`title: a\n${header}`, change).diagnostics.map(
    ({ level, code, line }) => `${level} ${code} ${line}`,
  );

describe("a long title", () => {
  it("is kept and warned of", () => {
    const { meta, diagnostics } = read(`title: ${"长".repeat(201)}`);
    expect(meta.title).toHaveLength(201);
    expect(diagnostics.map(({ code, line }) => [code, line])).toContainEqual(["title-long", 2]);
    expect(codesOf("").join(" ")).not.toContain("title-long");
  });
});

describe("a title that YAML reads as true or false", () => {
  it.each(["yes", "off", "true"])("is warned of: %s", (title) => {
    const { diagnostics } = read(`title: ${title}`);
    expect(diagnostics).toMatchObject([{ level: "warning", code: "title-flag", line: 2 }]);
    expect(read(`title: '${title}'`).meta.title).toBe(title);
    expect(read(`title: '${title}'`).diagnostics).toEqual([]);
  });
});

describe("the title", () => {
  it.each([
    ['title: "送服务送政策"', "送服务送政策"],
    ["title: 2022", "2022"],
    ["title: yes", "true"],
    ["title: |\n  two\n  lines", "two lines"],
    ["title: <em>so</em> &amp; so", "so & so"],
  ])("of %j is plain text on one line", (header, title) => {
    expect(metaOf(header).title).toBe(title);
  });

  it.each([
    ["2022-01-10-some-big-news.md", "Some Big News"],
    ["2022-01-10-Rmd-extension.md", "Rmd Extension"],
    ["2018-10-12-trailing-dots...md", "Trailing Dots"],
    ["2022-01-10-厦门.md", "厦门"],
    ["2022-01-10-NW202201102241157038.md", null],
    ["-202205260000000004.md", null],
  ])("is taken from the file name %s where it is blank", (pathInSource, title) => {
    const { meta, diagnostics } = read('layout: post\ntitle: ""\n', { pathInSource });
    expect(meta.title).toBe(title);
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([["title-missing", 3]]);
  });
});

describe("a title with characters that no document can hold", () => {
  it("loses them, with a warning", () => {
    const { meta, diagnostics } = read('title: "厦\\u0008门\\uD800"');
    expect(meta.title).toBe("厦门");
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([["characters-removed", 2]]);
  });
});

describe("a title", () => {
  it.each(["\\u3000\\u200B", "\\u2800", "\\u3164\\u00AD"])(
    "of nothing but invisible characters (%s) counts as missing",
    (written) => {
      const { meta, diagnostics } = read(`title: "${written}"`, {
        pathInSource: "2022-01-10-news.md",
      });
      expect(meta.title).toBe("News");
      expect(diagnostics.map(({ code }) => code)).toEqual(["title-missing"]);
    },
  );

  it("loses what would turn its related around, with a warning", () => {
    const { meta, diagnostics } = read('title: "厦\\u202E门"');
    expect(meta.title).toBe("厦门");
    expect(diagnostics.map(({ code }) => code)).toEqual(["characters-removed"]);
  });
});

describe("categories and tags", () => {
  it.each([
    ["categories: shamenribao", ["shamenribao"]],
    ["categories: foo bar  baz", ["foo", "bar", "baz"]],
    ["categories: [foo, a b, 2013]", ["foo", "a b", "2013"]],
    ["categories: [[a, [b]], ~, a]", ["a", "b"]],
    ["categories: []", []],
    ["categories:", []],
    ['categories: ""', []],
    ["category: foo bar", ["foo bar"]],
    ["category: 2013", ["2013"]],
    ["category:", []],
    ["categories: a b\ncategory: c", ["a", "b", "c"]],
    ["categories: TechWeb Techweb", ["TechWeb", "Techweb"]],
    ["categories: anxin(xianggang)", ["anxin(xianggang)"]],
  ])("of %j are categories as Jekyll reads them", (header, categories) => {
    expect(metaOf(header).categories).toEqual(categories);
  });

  it.each([
    ["tags: 厦门日报新闻", ["厦门日报新闻"]],
    ["tags: a b", ["a", "b"]],
    ["tags: [a b, 2022, null]", ["a b", "2022"]],
    ["tag: a b", ["a b"]],
    ["tag: a\ntags: b c", ["a"]],
    ["tag:\ntags: b c", ["b", "c"]],
  ])("of %j are tags as Jekyll reads them", (header, tags) => {
    expect(metaOf(header).tags).toEqual(tags);
  });

  it("stay whole where the setting says so, but for Jekyll's addresses", () => {
    const header = "categories: 21shiji  nancai\ntags: 21世纪经济报道  南财理财通新闻\n";
    expect(metaOf(header, { splitNames: false })).toMatchObject({
      categories: ["21shiji  nancai"],
      tags: ["21世纪经济报道  南财理财通新闻"],
      jekyllCategories: ["21shiji", "nancai"],
    });
  });

  it.each([
    ["sports/local/_posts/2022-01-10-a.md", ["sports", "local", "x"]],
    ["_posts/sports/2022-01-10-a.md", ["x"]],
    ["sports/2022-01-10-a.md", ["x"]],
  ])("take the folders above _posts in %s", (pathInSource, categories) => {
    expect(metaOf("categories: x", { pathInSource }).categories).toEqual(categories);
  });

  it("are NFC, trimmed and free of control characters", () => {
    const { meta, diagnostics } = read('title: a\ntags: [" e\\u0301 ", "a\\u0008b", "\\uD800"]\n');
    expect(meta.tags).toEqual(["\u00e9", "ab"]);
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([["characters-removed", 3]]);
  });

  it.each(["categories: .", "tags: [a, ..]"])("cannot be %j", (header) => {
    expect(codesOf(header)).toEqual(["error name-impossible 3"]);
  });

  it.each(["categories", "tags"] as const)("are at most 50 %s, of 200 characters each", (key) => {
    const short = Array.from({ length: 50 }, (_, index) => `n${index}`);
    const names = ["字".repeat(201), "字".repeat(200), ...short];
    const { meta, diagnostics } = read(`title: a\n${key}: ${names.join(" ")}\n`);
    expect(meta[key]).toEqual(["字".repeat(200), ...short.slice(0, 49)]);
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ["name-long", 3],
      ["names-too-many", 3],
    ]);
  });

  it("warn of commas in a text", () => {
    expect(codesOf("tags: 经济, 社会")).toEqual(["warning names-with-commas 3"]);
    expect(codesOf("tags: 经济, 社会", { splitNames: false })).toEqual([]);
  });

  it("warn of a map", () => {
    expect(codesOf("tags: {a: b}")).toEqual(["warning field-unreadable 3"]);
  });
});

describe("the date", () => {
  it.each([
    ["date: 2022-01-10 07:35:33 +0800", "2022-01-10T07:35:33+08:00"],
    ["date: 2022-01-12 07:35:33", "2022-01-12T07:35:33+08:00"],
    ["date: '2015-02-11'", "2015-02-11T00:00:00+08:00"],
    ["date:", "2022-01-10T00:00:00+08:00"],
    ["layout: post", "2022-01-10T00:00:00+08:00"],
  ])("of %j is a moment", (header, moment) => {
    const { date } = metaOf(header);
    expect(date && formatRfc3339(date.moment)).toBe(moment);
  });

  it("that only has a zone is the day of the legacy code", () => {
    const pathInSource = "-202205260000000004.md";
    const { date } = metaOf("date:  +0800", { pathInSource });
    expect(date && formatRfc3339(date.moment)).toBe("2022-05-26T00:00:00+08:00");
    expect(codesOf("date:  +0800", { pathInSource })).toEqual(["warning date-unclear 3"]);
  });

  it.each([
    ["date: yesterday", "a.md", "error date-invalid 3"],
    ["date: 2022-02-30", "2022-01-10-a.md", "error date-invalid 3"],
    ["date: 2022-01-10 16:30-:00+16:30", "a.md", "warning date-unclear 3"],
    ["layout: post", "about.md", "error date-missing 2"],
    ["layout: post", "2022-02-30-a.md", "error date-missing 2"],
  ])("of %j in %s is reported", (header, pathInSource, diagnostic) => {
    expect(codesOf(header, { pathInSource })).toEqual([diagnostic]);
  });

  it.each([
    ["about.md", "move the file out of the source folder"],
    ["blog/about.md", "move the file out of the source folder"],
    [
      "_howto/a/b.md",
      'name "_howto" in "pages" instead of in "collections" in the settings, where its documents are no articles',
    ],
  ])("that is missing in %s has advice for its folder", (pathInSource, advice) => {
    const { diagnostics } = read("title: a", { pathInSource });
    expect(diagnostics.map((fault) => fault.advice)).toEqual([
      `write date: 2022-01-10 07:35:33 +0800, or ${advice}`,
    ]);
  });

  it.each([
    ["last_modified_at: 2018-11-06T12:02:42-05:00", "2018-11-06T12:02:42-05:00"],
    ["updated: 2018-11-06", "2018-11-06T00:00:00+08:00"],
    ["last_modified_at:\nmodified: 2018-11-06 10:00", "2018-11-06T10:00:00+08:00"],
  ])("of the last change is read from %j", (header, moment) => {
    const { updated } = metaOf(header);
    expect(updated && formatRfc3339(updated)).toBe(moment);
  });

  it.each([
    ["a minute ago", "last_modified_at: 2022-05-31 23:59", "2022-05-31T23:59:00+08:00", []],
    ["of this second", "updated: 2022-05-31T16:00:00Z", "2022-05-31T16:00:00+00:00", []],
    ["of tomorrow", "modified: 2022-06-02", null, ["warning change-ahead 3"]],
    ["of a typing error", "updated: 2202-01-10", null, ["warning change-ahead 3"]],
    [
      "of a scheduled article before its date",
      "updated: 2022-07-01 07:00\ndate: 2022-07-01 08:00",
      "2022-07-01T07:00:00+08:00",
      [],
    ],
  ])("of a change %s counts unless it lies ahead", (_, header, moment, codes) => {
    const { updated } = metaOf(header);
    expect(updated && formatRfc3339(updated)).toBe(moment);
    expect(codesOf(header)).toEqual(codes);
  });

  it("of a change that cannot be read is a warning", () => {
    expect(codesOf("updated: soon")).toEqual(["warning date-unclear 3"]);
  });
});

describe("readVisibility", () => {
  it.each([
    ["layout: post", "a.md", "public"],
    ["published: true", "a.md", "public"],
    ["published: false", "a.md", "unpublished"],
    ["published: no", "a.md", "unpublished"],
    ["published:", "a.md", "unpublished"],
    ["draft: yes", "a.md", "draft"],
    ["draft: 'true'", "a.md", "draft"],
    ["draft: false", "a.md", "public"],
    ["draft:", "a.md", "public"],
    ["layout: post", "_drafts/a.md", "draft"],
    ["layout: post", "x/_drafts/y/a.md", "draft"],
  ])("of %j in %s is %s", (header, pathInSource, visibility) => {
    const log = createDiagnosticLog("a.md");
    const frontMatter = parseFrontMatter(header, HEADER_LINE, log);
    expect(frontMatter && readVisibility(frontMatter, pathInSource, log)).toBe(visibility);
  });
});

describe("other fields", () => {
  it.each([
    ["author: Ada Lovelace", ["Ada Lovelace"]],
    ["author: |\n  Ada\n", ["Ada"]],
    ["authors: [ada, bob, ada]", ["ada", "bob"]],
    ["author:\n  name: Ben\n  email: ben@example.com", ["Ben"]],
    ["authors:\n- name: Ada\n  link: x\n- [[bob]]", ["Ada", "bob"]],
    ["author:\nauthors: [ada]", ["ada"]],
    ["author: {email: a@b.example}", []],
  ])("read the people of %j", (header, authors) => {
    expect(metaOf(header).authors).toEqual(authors);
  });

  it.each([
    ["image: /a.jpg", { address: "/a.jpg", alt: "", width: null, height: null }],
    [
      "image: {path: /a.jpg, alt: 海, width: 1280, height: 441px}",
      { address: "/a.jpg", alt: "海", width: 1280, height: 441 },
    ],
    [
      "image:\n  path: &p /a.jpg\n  feature: *p",
      { address: "/a.jpg", alt: "", width: null, height: null },
    ],
    ["image:\n  cover: false\n  path: &p\n  feature: *p", null],
    ["header:\n  teaser: /t.png", { address: "/t.png", alt: "", width: null, height: null }],
    ["image:\nheader: {overlay_color: red}", null],
    ["image: false", null],
  ])("read the image of %j", (header, image) => {
    expect(metaOf(header).image).toEqual(image);
  });

  it.each([
    ["excerpt: <p>When asked, see [here](https://a.example).</p>", "When asked, see here."],
    ["description: one\nexcerpt: two", "one"],
    ['description: ""\nsummary: three', "three"],
    ["excerpt: >\n  two\n  lines", "two lines"],
    ['excerpt: ""', null],
  ])("read the summary of %j", (header, summary) => {
    expect(metaOf(header).summary).toBe(summary);
  });

  it.each([
    ["lang: en", "en"],
    ["language: pt_br", "pt-BR"],
    ["lang: zh-CN", "zh-CN"],
    ["layout: post", null],
  ])("read the language of %j", (header, language) => {
    expect(metaOf(header).language).toBe(language);
  });

  it("warn of a language that is none", () => {
    expect(codesOf("lang: 中文")).toEqual(["warning language-unknown 3"]);
  });

  it("read addresses, id and slug", () => {
    const header = "permalink: /a/\nredirect_from: [/b, [/c]]\nid: 7\nslug: x-y\n";
    expect(metaOf(header)).toMatchObject({
      permalink: "/a/",
      redirectFrom: ["/b", "/c"],
      id: "7",
      slug: "x-y",
    });
    expect(metaOf("redirect_from: /b\npermalink: ''\n")).toMatchObject({
      permalink: null,
      redirectFrom: ["/b"],
      id: null,
      slug: "some-news",
    });
  });
});
