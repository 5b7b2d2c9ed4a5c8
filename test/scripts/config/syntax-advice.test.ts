import { expect, it } from "vitest";
import { parseConfigFile } from "../../../scripts/config/config-file.ts";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";

function fullWidth(mark: string, ascii: string): string {
  return `${mark} is a full-width character; type ${ascii} in its place, with the keyboard set to English`;
}

function refusal(text: string, path: string): string {
  const file = parseConfigFile(text, path);
  if (file.ok) throw new Error("it was read");
  return file.failure.map(formatDiagnostic).join("\n");
}

it.each([
  ['title = "报', 1, 'a text ends with a straight " on its line'],
  ['a = 1\ntitle = "报”\n', 2, fullWidth("”", '"')],
  ["title = “报：纸”", 1, fullWidth("“", '"')],
  ["title = 报", 1, 'write a text between straight quotation marks ("), a number, true or false'],
  ['title："报"', 1, fullWidth("：", ":")],
  ['title ＝ "报：纸"', 1, fullWidth("＝", "=")],
  ['sources = ["a"，"b"]', 1, fullWidth("，", ",")],
  ['title = "a"；', 1, fullWidth("；", ";")],
  ["【vars】", 1, fullWidth("【", "[")],
  [
    "title = 报：纸",
    1,
    'write a text between straight quotation marks ("), a number, true or false',
  ],
  ['titles = { 城市 = "城事" }', 1, 'write the key between quotes: "城市" = …'],
  ['城市 = "城事"', 1, 'write the key between quotes: "城市" = …'],
  ["a b = 1 # 注：此", 1, 'write the line as name = "text", or as [name]'],
  ["[env.staging", 1, 'write the line as name = "text", or as [name]'],
  ['sources = ["a" "b"]', 1, "write commas between, and close what [ or { opens"],
  ['a = "b"\na = "c"', 2, "it is there already: take one out"],
  ['a = "b" c = "d"', 1, "begin a new line behind the value"],
  [String.raw`a = "C:\d"`, 1, String.raw`write \\ for a backslash`],
])("says what to do about TOML that is none: %j", (text, line, advice) => {
  const said = refusal(text, "wrangler.toml");
  expect(said.startsWith(`wrangler.toml:${line}: error: `)).toBe(true);
  expect(said.endsWith(`; ${advice}`)).toBe(true);
});

it.each([
  ['{ "title": “报” }', fullWidth("“", '"')],
  ['{ "title"："报" }', fullWidth("：", ":")],
  ['{ "title": "报"， "url": "a" }', fullWidth("，", ",")],
  ['{ title: "报" }', 'write names and texts between straight quotation marks (")'],
  ['{ "title": "报', 'a text ends with a straight " on its line'],
  ['{ "title" "报" }', "write a colon between the name and the value"],
  ['{ "title": }', 'write a text between straight quotation marks ("), a number, true or false'],
  [
    '{ "a": 1 "b": 2 }',
    "write a comma before this, at the end of the line above if this begins one",
  ],
  ['{ "a": 1', "close what { opens"],
  ['{ "a": [1', "close what [ opens"],
  ['{ "a": 1 } }', "take out what follows the last }"],
  [String.raw`{ "a": "C:\d" }`, String.raw`write \\ for a backslash`],
  ["{ 1: 2 }", 'write a name between straight quotation marks (") and a colon before the value'],
])("says what to do about JSON that is none: %j", (text, advice) => {
  expect(refusal(text, "wrangler.jsonc")).toMatch(/^wrangler\.jsonc:1: error: No JSON: \w+; /);
  expect(refusal(text, "wrangler.jsonc").endsWith(`; ${advice}`)).toBe(true);
});
