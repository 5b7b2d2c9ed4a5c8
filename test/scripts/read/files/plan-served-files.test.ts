import { describe, expect, it } from "vitest";
import type { LocalFile } from "../../../../scripts/read/files/local-file.ts";
import type { FilesOfArticle } from "../../../../scripts/read/files/plan-served-files.ts";
import { planServedFiles } from "../../../../scripts/read/files/plan-served-files.ts";

function picture(index: number): LocalFile {
  return {
    file: `/site/${index}.jpg`,
    publicPath: `/media/p/${index}.jpg`,
    bytes: 1,
    width: 1600,
    height: 1200,
    picture: {
      blob: `${index}`,
      formerPath: `/img/${index}.jpg`,
      widths: [480, 960, 1600],
      fault: null,
    },
  };
}

/** So many articles with a picture each, the oldest first; the last is the newest. */
function articles(count: number): readonly FilesOfArticle[] {
  return Array.from({ length: count }, (_, index) => ({
    path: `${index}.md`,
    localFiles: [picture(index)],
    published: { epochSeconds: index },
  }));
}

function planned(count: number): {
  readonly places: readonly string[];
  readonly codes: readonly (readonly [string, string, string])[];
} {
  const { files, diagnostics } = planServedFiles(articles(count), "/made");
  return {
    places: [...files.keys()],
    codes: diagnostics.map(({ level, code, path }) => [level, code, path]),
  };
}

const count = (places: readonly string[], part: string): number =>
  places.filter((place) => place.includes(part)).length;

describe("planServedFiles", () => {
  it("serves all forms of all pictures where there is room", () => {
    const { places, codes } = planned(4000);
    expect([places.length, codes]).toEqual([20_000, []]);
  });

  it("leaves out former addresses of the oldest first, without a word", () => {
    const { places, codes } = planned(4500);
    expect([places.length, codes]).toEqual([20_000, []]);
    expect([count(places, "/img/"), count(places, ".webp")]).toEqual([2000, 13_500]);
    expect(places).not.toContain("/img/2499.jpg");
    expect(places).toContain("/img/2500.jpg");
  });

  it("then forms of the oldest pictures, and warns", () => {
    const { places, codes } = planned(8000);
    expect([places.length, count(places, ".jpg.")]).toEqual([20_000, 12_000]);
    expect(codes).toEqual([["warning", "picture-sizes-left-out", "3999.md"]]);
    expect(count(places, "/media/p/3999.jpg")).toBe(1);
    expect(count(places, "/media/p/4000.jpg")).toBe(4);
  });

  it("then the oldest pictures, which is an error of their articles", () => {
    const { places, codes } = planned(20_002);
    expect(places).toHaveLength(20_000);
    expect(codes.slice(1)).toEqual([
      ["error", "too-many-files", "0.md"],
      ["error", "too-many-files", "1.md"],
    ]);
  });

  it("serves a picture that two articles show once, for the newer", () => {
    const twice = [0, 1].map((epochSeconds) => ({
      path: `${epochSeconds}.md`,
      localFiles: [picture(7)],
      published: { epochSeconds },
    }));
    const { files } = planServedFiles(twice, "/made");
    expect([files.size, files.get("/media/p/7.jpg")?.newest]).toEqual([5, 1]);
  });
});
