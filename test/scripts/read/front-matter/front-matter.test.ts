import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../../scripts/diagnostics/diagnostic.ts";
import { createDiagnosticLog } from "../../../../scripts/diagnostics/diagnostic.ts";
import type { FrontMatter } from "../../../../scripts/read/front-matter/front-matter.ts";
import {
  parseFrontMatter,
  splitFrontMatter,
} from "../../../../scripts/read/front-matter/front-matter.ts";

/** The header of a file begins on its second line. */
const HEADER_LINE = 2;

function parse(header: string): {
  frontMatter: FrontMatter | null;
  diagnostics: readonly Diagnostic[];
} {
  const log = createDiagnosticLog("a.md");
  return { frontMatter: parseFrontMatter(header, HEADER_LINE, log), diagnostics: log.diagnostics };
}

function valuesOf(header: string): Readonly<Record<string, unknown>> | undefined {
  return parse(header).frontMatter?.values;
}

function diagnosticsOf(header: string): readonly (readonly [string, number | null])[] {
  return parse(header).diagnostics.map(({ code, line }) => [code, line]);
}

describe("a headline with a comment in it", () => {
  it.each([
    ['title: Number #1 and "quoted"\n', [["title-comment", 2]]],
    ["layout: post\ntitle: 甲 # 乙\n", [["title-comment", 3]]],
    ['title: "Number #1"\n', []],
    ["title: C# 语言\n", []],
    ["title: 甲\ndate: 2022-01-01 # later\n", []],
  ])("is reported: %j", (header, diagnostics) => {
    expect(diagnosticsOf(header)).toEqual(diagnostics);
  });
});

describe("splitFrontMatter", () => {
  it.each([
    ["---\na: 1\n---\nbody\n", "a: 1\n", 2, "body\n", 4],
    ["---  \na: 1\n---\t\nbody", "a: 1\n", 2, "body", 4],
    ["---\na: 1\n...\n\nbody", "a: 1\n", 2, "\nbody", 4],
    ["\n \n---\na: 1\n---\nbody", "a: 1\n", 4, "body", 6],
    ["---\n---\nbody", "", 2, "body", 3],
    ["---\na: x --- y\n---", "a: x --- y\n", 2, "", 3],
    ["---\na: |\n  ---\n---\nb", "a: |\n  ---\n", 2, "b", 5],
    ["---\na: 1\n---\nb\n---\nc", "a: 1\n", 2, "b\n---\nc", 4],
    ["body\n---\na: 1\n---\n", null, 1, "body\n---\na: 1\n---\n", 1],
    ["----\nbody", null, 1, "----\nbody", 1],
    ["", null, 1, "", 1],
  ])("cuts %j", (text, header, headerLine, body, bodyLine) => {
    const value = { header, headerLine, body, bodyLine };
    expect(splitFrontMatter(text)).toEqual({ ok: true, value });
  });

  it.each(["---\na: 1\nbody\n", "---", "---\na: 1\n----\n"])("says that %j has no end", (text) => {
    expect(splitFrontMatter(text)).toEqual({ ok: false, failure: { reason: "unclosed" } });
  });
});

describe("parseFrontMatter", () => {
  it.each([
    ["a: yes\nb: No\nc: on\nd: OFF\ne: True", { a: true, b: false, c: true, d: false, e: true }],
    ["a: y\nb: n", { a: "y", b: "n" }],
    ["a: ~\nb:\nc: null\nd: NULL\ne: ''", { a: null, b: null, c: null, d: null, e: "" }],
    ["a: 'yes'\nb: \"~\"", { a: "yes", b: "~" }],
    // Numbers and dates stay what was written.
    [
      "a: 007\nb: 1.10\nc: 12:30\nd: 0x1f\ne: 1e3",
      { a: "007", b: "1.10", c: "12:30", d: "0x1f", e: "1e3" },
    ],
    ["date:  +0800", { date: "+0800" }],
    ["date: 2022-01-10 07:35:33", { date: "2022-01-10 07:35:33" }],
    ["date: 2022-01-10", { date: "2022-01-10" }],
    ["a: [x, 2013, [y]]\nb: {c: d}", { a: ["x", "2013", ["y"]], b: { c: "d" } }],
    ["a: ! 'x'\nb: !source z\nc: !!int 3", { a: "x", b: "z", c: "3" }],
    ["a: &name x\nb: *name\nc: &none\nd: *none", { a: "x", b: "x", c: null, d: null }],
    ["a: &base {x: 1}\nb:\n  <<: *base\n  y: 2", { a: { x: "1" }, b: { x: "1", y: "2" } }],
    ["a: |\n  one\n  two\nb: >\n  one\n  two\n", { a: "one\ntwo\n", b: "one two\n" }],
    ['a: "one\ntwo\nthree"\nb: 1', { a: "one two three", b: "1" }],
    ["a: 'one\n\ntwo'\nb: 1", { a: "one\ntwo", b: "1" }],
    ['a:\n  b: "one\ntwo"\n  c: 3', { a: { b: "one two", c: "3" } }],
    ["# a comment\n", {}],
    ["", {}],
  ])("reads %j as Ruby does", (header, values) => {
    expect(valuesOf(header)).toEqual(values);
    expect(diagnosticsOf(header)).toEqual([]);
  });

  it("takes the last of two equal keys, with a warning", () => {
    expect(valuesOf("a: 1\nb: 2\na: 3\n")).toEqual({ a: "3", b: "2" });
    expect(diagnosticsOf("a: 1\nb: 2\na: 3\n")).toEqual([["yaml-duplicate-key", 4]]);
    expect(parse("a: 1\nb: 2\n'a': 3\n").diagnostics[0]?.what).toContain('has "a" twice');
    expect(parse("a: {b: 1, b: 2}\n").diagnostics[0]?.what).toContain("has a key twice");
  });

  it("ignores control characters, with a warning", () => {
    expect(valuesOf("a: 1\ntitle: x\u0008y\n")).toEqual({ a: "1", title: "xy" });
    expect(diagnosticsOf("a: 1\ntitle: x\u0008y\n")).toEqual([["characters-removed", 3]]);
  });

  it.each([
    ['title: "记者"探访"示例"', '记者"探访"示例'],
    ['title: "示例\\p路径 C:\\new"', "示例\\p路径 C:\\new"],
    ['title: "他说 \\"好\\" 和 "不""', '他说 "好" 和 "不"'],
    ["title: 'it's fine'", "it's fine"],
    ['title: "开门" 第一天', '"开门" 第一天'],
    ["title: 快讯: 市场: 收盘", "快讯: 市场: 收盘"],
    ["title: @市民 请注意", "@市民 请注意"],
    ["title: [重磅] 消息", "[重磅] 消息"],
    ["title: [重磅]", "[重磅]"],
    ["title: {{ page.title }}", "{{ page.title }}"],
    ["title: 100%: a", "100%: a"],
  ])("recovers the headline in %j", (line, title) => {
    const header = `layout: post\n${line}\ntags: a\n`;
    expect(valuesOf(header)).toEqual({ layout: "post", title, tags: "a" });
    expect(diagnosticsOf(header)).toEqual([["headline-recovered", 3]]);
  });

  it.each([
    ["a quote that never ends", 'title: "a\ntags: b\n', 2],
    ["an apostrophe for a quote that never ends", "title: it's\ntags: 'b\n", 3],
    ["a quote in a list that never ends", "title: a\ntags: ['b, c]\ndate: 2022-01-10\n", 3],
    ["a quote of an entry that never ends", 'tags:\n  - "b\n  - c\n', 3],
    ["a quote that never ends after one of two lines", 'title: "a\nb"\nauthor: \'c\ntags: d\n', 4],
    ["a map that never ends", "title: a\nimage: {path: b\ntags: c\n", 3],
    ["a headline of two lines", 'title: "a" b\n  c: d\ntags: b\n', 2],
    ["two headlines", 'title: "a" b"\ntitle: "a" b"\n', 2],
    ["another broken line", 'title: a\ntags: "a"b"\n', 3],
    ["a broken headline and another broken line", 'title: "a"b"\ntags: "a"b"\n', 2],
    ["a text without keys", "just text\n", 2],
    ["a list", "- a\n- b\n", 2],
    ["an unknown tag", "a: !ruby/hash:DoesNotExist {}\n", 2],
    ["a bracket that never ends", "layout: post\nbad yaml: [\n", 3],
    ["aliases that go round", "a: &a [*a]\n", 2],
    [
      "aliases that multiply",
      `a0: &a0 [x]\n${[1, 2, 3, 4, 5, 6, 7, 8].map((level) => `a${level}: &a${level} [${`*a${level - 1},`.repeat(9)}]`).join("\n")}\n`,
      2,
    ],
    [
      "aliases that multiply a long key",
      `a: &a {${"k".repeat(1000)}: x}\nb: [${"*a,".repeat(2000)}]\n`,
      2,
    ],
  ])("names the line of %s", (_case, header, line) => {
    expect(parse(header).frontMatter).toBeNull();
    expect(diagnosticsOf(header)).toEqual([["yaml-invalid", line]]);
  });

  it("names a full-width colon, in its line, and the one to type", () => {
    expect(parse("title: 报\ndate：2026-01-01\ntags: b\n").diagnostics).toMatchObject([
      {
        line: 3,
        what: "The front matter is not valid YAML: this line has the full-width ：",
        advice:
          "： is a full-width character; type : in its place, with the keyboard set to English",
      },
    ]);
  });

  it("says which mark is not closed", () => {
    expect(parse('title: "a\ntags: b\n').diagnostics).toMatchObject([
      {
        what: 'The front matter is not valid YAML: this line opens " and nothing closes it',
        advice: 'write " at its end',
      },
    ]);
  });

  it("says where a key stands", () => {
    const { frontMatter } = parse("title: a\ntags: [x,\n  date]\ndate: 2022-01-10\n");
    expect(frontMatter?.lineOf("date")).toBe(5);
    expect(frontMatter?.lineOf("image")).toBe(HEADER_LINE);
  });
});
