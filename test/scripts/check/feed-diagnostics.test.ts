import { describe, expect, it } from "vitest";
import { feedDiagnostics } from "../../../scripts/check/feed-diagnostics.ts";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import type { ShareId } from "../../../src/domain/share-id.ts";
import { FIXTURE_SITE } from "../../seed-worker-tests.ts";

/** Articles with texts of so many kilobytes, one an hour, newest first. */
function sized(
  kilobytes: readonly number[],
  category: string,
): Parameters<typeof feedDiagnostics>[0] {
  return kilobytes.map((size, hour) => ({
    id: `${category}${9999 - hour}` as ShareId,
    published: { epochSeconds: -hour * 3600, offsetMinutes: 0 },
    authors: [],
    categories: [category],
    tags: [],
    path: `${category}-${hour}.md`,
    titleLine: 2,
    entry: { key: new Uint8Array(10), head: new Uint8Array(100), size: size * 1000 + 110 },
  }));
}

const said = (articles: Parameters<typeof feedDiagnostics>[0]): readonly string[] =>
  feedDiagnostics(articles, FIXTURE_SITE).map(formatDiagnostic);

describe("feedDiagnostics", () => {
  it("says nothing of texts that feeds show whole", () => {
    expect(said(sized([200, 5, 5], "a"))).toEqual([]);
  });

  it("says nothing of an episode without a text", () => {
    expect(said(sized([0, 5], "a"))).toEqual([]);
  });

  it("names what is too long for any feed", () => {
    expect(said(sized([5, 312], "a"))).toEqual([
      "a-1.md:2: warning: The text is 312 KB of HTML, and feeds show summary and link of what is above 200; divide it, or leave it so: its page shows the whole text",
    ]);
  });

  it("names what newer articles leave no room for, once, with the feed", () => {
    expect(said([...sized([190, 190, 190, 190, 190, 90], "a"), ...sized([5], "b")])).toEqual([
      'a-5.md:2: warning: Newer articles fill the feed "/category/a/feed.xml", which shows summary and link of this one, of 90 KB; divide the longest of them, or leave it so: its page shows the whole text',
    ]);
  });

  it("knows that the site's feed has more room, and what is in no feed any more", () => {
    const many = ["a", "b", "c", "d"].flatMap((name) => sized([190, 190, 190, 190, 190], name));
    expect(said(many)).toEqual([]);
    expect(
      said(
        sized(
          Array.from({ length: 60 }, () => 30),
          "a",
        ),
      ),
    ).toEqual([]);
  });
});
