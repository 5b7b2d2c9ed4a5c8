import { describe, expect, it } from "vitest";
import { SITE_SCOPE } from "../../src/domain/scope.ts";
import { renderArchiveNav } from "../../src/render/archive-nav.ts";
import { phrasesFor } from "../../src/render/phrases/phrases-for.ts";

/** Headings and links, a line each; the current ones are marked. */
function outline(pages: readonly string[], current: string | null): readonly string[] {
  const archive = pages.map((name) => ({ name, count: 1 }));
  const nav = renderArchiveNav(
    SITE_SCOPE,
    archive,
    current,
    phrasesFor({ language: "zh-CN" }),
    null,
  );
  const pieces =
    nav?.html.matchAll(
      /<h3>(?<heading>[^<]*)|<a href="(?<href>[^"]*)"(?<mark>[^>]*)>(?<text>[^<]*)/g,
    ) ?? [];
  return [...pieces].map(({ groups }) =>
    groups?.["heading"] === undefined
      ? `${groups?.["text"]} ${groups?.["href"]}${groups?.["mark"] === "" ? "" : " current"}`
      : `# ${groups["heading"]}`,
  );
}

const PAGES = ["2022-02", "2022-01-10T07", "2022-01-10T06", "2022-01-09", "2021-12"];

describe("renderArchiveNav", () => {
  it("is nothing where nothing is archived", () => {
    expect(outline([], null)).toEqual([]);
  });

  it("links every month to its newest page, newest first", () => {
    expect(outline(PAGES, null)).toEqual([
      "# 2022年",
      "2月 /?page=2022-02",
      "1月 /?page=2022-01-10T07",
      "# 2021年",
      "12月 /?page=2021-12",
    ]);
  });

  it("opens the current month by days and the current day by hours", () => {
    expect(outline(PAGES, "2022-01-10T06")).toEqual([
      "# 2022年1月10日",
      "07:00 /?page=2022-01-10T07",
      "06:00 /?page=2022-01-10T06 current",
      "# 2022年1月",
      "10日 /?page=2022-01-10T07 current",
      "9日 /?page=2022-01-09",
      "# 2022年",
      "2月 /?page=2022-02",
      "1月 /?page=2022-01-10T07 current",
      "# 2021年",
      "12月 /?page=2021-12",
    ]);
  });

  it("stays short where the archive is long", () => {
    const hours = Array.from(
      { length: 28 * 24 },
      (_, index) =>
        `2022-02-${String(Math.floor(index / 24) + 1).padStart(2, "0")}T${String(index % 24).padStart(2, "0")}`,
    );
    const links = outline(hours, null).filter((line) => !line.startsWith("#"));
    expect(links).toHaveLength(24 + 28 + 1);
  });
});
