import { describe, expect, it } from "vitest";
import { SITE_SCOPE } from "../../src/domain/scope.ts";
import { renderArchiveNav } from "../../src/render/archive-nav.ts";
import { phrasesFor } from "../../src/render/phrases/phrases-for.ts";

/** Headings and links with their counts, a line each; the current ones are marked. */
function outline(pages: readonly string[], current: string | null): readonly string[] {
  const archive = pages.map((name, index) => ({ name, count: 600 + index }));
  const nav = renderArchiveNav(
    SITE_SCOPE,
    archive,
    current,
    phrasesFor({ language: "zh-CN" }),
    null,
  );
  const pieces =
    nav?.html.matchAll(
      /<h3>(?<heading>[^<]*<small>[^<]*)|<a href="(?<href>[^"]*)"(?<mark>[^>]*)>(?<text>[^<]*<small>[^<]*)/g,
    ) ?? [];
  return Array.from(pieces, ({ groups }) => {
    const { heading, text = "", href, mark } = groups ?? {};
    const line =
      heading === undefined ? `${text} ${href}${mark === "" ? "" : " current"}` : `# ${heading}`;
    return line.replace("<small>", "");
  });
}

const PAGES = ["2022-02", "2022-01-10T07", "2022-01-10T06", "2022-01-09", "2021-12"];

describe("renderArchiveNav", () => {
  it("is nothing where nothing is archived", () => {
    expect(outline([], null)).toEqual([]);
  });

  it("links every month to its newest page, newest first", () => {
    expect(outline(PAGES, null)).toEqual([
      "# 2022年 (2,406)",
      "2月 (600) /?page=2022-02",
      "1月 (1,806) /?page=2022-01-10T07",
      "# 2021年 (604)",
      "12月 (604) /?page=2021-12",
    ]);
  });

  it("opens the current month by days and the current day by hours", () => {
    expect(outline(PAGES, "2022-01-10T06")).toEqual([
      "# 2022年1月10日 (1,203)",
      "07:00 (601) /?page=2022-01-10T07",
      "06:00 (602) /?page=2022-01-10T06 current",
      "# 2022年1月 (1,806)",
      "10日 (1,203) /?page=2022-01-10T07 current",
      "9日 (603) /?page=2022-01-09",
      "# 2022年 (2,406)",
      "2月 (600) /?page=2022-02",
      "1月 (1,806) /?page=2022-01-10T07 current",
      "# 2021年 (604)",
      "12月 (604) /?page=2021-12",
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
