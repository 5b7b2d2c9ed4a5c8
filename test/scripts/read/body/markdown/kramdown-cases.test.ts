import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { MarkdownOptions } from "../../../../../scripts/read/body/markdown/markdown-document.ts";
import { render } from "../render.ts";
import { OTHER_STRUCTURE, OTHER_TEXT, readPage } from "./kramdown-cases.ts";

const CASES = join(import.meta.dirname, "../../../../../../shared/corpus/kramdown");
const SHARED = existsSync(CASES) ? CASES : "/work/shared/corpus/kramdown";
const BASE = "https://paper.example/news/2022/01/10/a.html";

/** The options of kramdown that a case sets, as far as a site may set them. */
function optionsOf(name: string): MarkdownOptions {
  const file = join(SHARED, `${name}.options`);
  const written = existsSync(file) ? readFileSync(file, "utf8") : "";
  const value = (key: string): string | undefined =>
    new RegExp(`^:${key}: *(.*)$`, "m").exec(written)?.[1]?.replace(/^'(.*)'$/, "$1");
  return {
    typographic: value("smart_quotes") === undefined,
    parsesBlockHtml: value("parse_block_html") === "true",
    // Its test suite turns ids off where a case says nothing.
    hasHeadingIds: value("auto_ids") === "true",
    firstFootnote: Number(value("footnote_nr") ?? 1),
    backlink: value("footnote_backlink") ?? "↩",
  };
}

describe("renderBody of kramdown's own cases", () => {
  const names = globSync("**/*.text", { cwd: SHARED })
    .map((file) => file.replace(/\.text$/, ""))
    .toSorted();
  if (names.length === 0) console.warn(`No ${SHARED} here: these tests check nothing`);
  const pages = names.map((name) => ({
    name,
    wanted: readPage(readFileSync(join(SHARED, `${name}.html`), "utf8"), BASE),
    shown: readPage(
      render(readFileSync(join(SHARED, `${name}.text`), "utf8"), { markdown: optionsOf(name) })
        .html,
      BASE,
    ),
  }));

  it("shows the text that kramdown shows, but for the cases that are listed with a reason", () => {
    const others = pages.filter(({ wanted, shown }) => wanted.text !== shown.text);
    expect(others.map(({ name }) => name)).toEqual(
      pages.length === 0 ? [] : Object.keys(OTHER_TEXT),
    );
    expect(others.length).toBeLessThanOrEqual(0.05 * pages.length);
  });

  it("has the structure that kramdown makes, but for the cases that are listed with a reason", () => {
    const others = pages.filter(
      ({ wanted, shown }) =>
        wanted.text !== shown.text || wanted.structure.join() !== shown.structure.join(),
    );
    expect(others.map(({ name }) => name).toSorted()).toEqual(
      pages.length === 0
        ? []
        : [...Object.keys(OTHER_TEXT), ...Object.keys(OTHER_STRUCTURE)].toSorted(),
    );
    expect(others.length).toBeLessThanOrEqual(0.1 * pages.length);
  });
});
