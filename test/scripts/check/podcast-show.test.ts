import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { podcastShow } from "../../../scripts/check/podcast-show.ts";
import { formatDiagnostic } from "../../../scripts/diagnostics/diagnostic.ts";
import type { Podcast } from "../../../src/domain/site.ts";
import type { Recording } from "../../../src/domain/recording.ts";
import { FIXTURE_SITE } from "../../seed-worker-tests.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

const PODCAST: Podcast = {
  categories: ["talk"],
  genre: ["News"],
  image: "https://cdn.example/cover.jpg",
  isExplicit: false,
  ownerEmail: null,
};

const recording = (isShown: boolean): Recording => ({
  kind: "audio",
  files: [{ url: "https://cdn.example/a.mp3", type: "audio/mpeg", length: null }],
  duration: null,
  poster: null,
  isShown,
});
const EPISODE = { categories: ["talk"], recordings: [recording(false)] };
const WITH_PLAYER = { categories: ["talk"], recordings: [recording(true)] };

/** A PNG of so many pixels, of which only the header and the end are there. */
function png(width: number, height: number): Buffer {
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"),
    size,
    Buffer.from("0000000049454e44ae426082", "hex"),
  ]);
}

function show(
  podcast: Partial<Podcast> | null,
  articles: Parameters<typeof podcastShow>[2],
): {
  readonly image: string | null;
  readonly files: readonly string[];
  readonly said: readonly string[];
} {
  const site =
    podcast === null ? FIXTURE_SITE : { ...FIXTURE_SITE, podcast: { ...PODCAST, ...podcast } };
  const found = podcastShow(folder.path, { site, sources: ["articles"] }, articles);
  return {
    image: found.site.podcast?.image ?? null,
    files: found.files.flatMap(({ localFiles }) => localFiles.map(({ publicPath }) => publicPath)),
    said: found.diagnostics.map(formatDiagnostic),
  };
}

describe("podcastShow", () => {
  beforeEach(() => {
    mkdirSync(join(folder.path, "images"), { recursive: true });
    writeFileSync(join(folder.path, "images/cover.png"), png(1400, 1400));
    writeFileSync(join(folder.path, "images/small.png"), png(300, 200));
    writeFileSync(join(folder.path, "cover.png"), png(3000, 3000));
  });

  it("has nothing to say of a site without sound, or with a player in a text", () => {
    expect(show(null, [{ categories: ["a"] }])).toEqual({ image: null, files: [], said: [] });
    expect(show(null, [WITH_PLAYER]).said).toEqual([]);
  });

  it("says what directories ask for where articles are episodes", () => {
    expect(show(null, [EPISODE]).said).toEqual([
      `wrangler.toml: warning: Articles have sound, and directories of podcasts refuse feeds without category and image; write podcast = { category = "News", image = "/cover.jpg" } into the settings, or leave it so: other programs play them`,
    ]);
    expect(show({ image: null }, [WITH_PLAYER]).said[0]).toContain("refuse feeds without image");
    expect(show({}, [EPISODE]).said).toEqual([]);
  });

  it("names a podcast that has no episode", () => {
    expect(show({ categories: ["talk", "tolk"] }, [EPISODE]).said).toEqual([
      'wrangler.toml: warning: The podcast "tolk" has no episode: no article of that category has sound; correct the name of the category, or name sound in the front matter: audio: talk.mp3',
    ]);
  });

  it.each([
    ["images/cover.png", "/images/cover.png"],
    ["cover.png", "/media/e3b0c44298fc/cover.png"],
  ])("serves the picture %s, and names it where it is", (path, publicPath) => {
    const image = `https://finews.example/${path}`;
    expect(show({ image }, [EPISODE])).toEqual({
      image: `https://finews.example${publicPath}`,
      files: [publicPath],
      said: [],
    });
  });

  it("warns of a picture that directories refuse, and serves it all the same", () => {
    const { files, said } = show({ image: "https://finews.example/images/small.png" }, [EPISODE]);
    expect(files).toEqual(["/images/small.png"]);
    expect(said).toEqual([
      `wrangler.toml: warning: The podcast's image "/images/small.png" has 300 x 200 pixels, and directories refuse it; save it as a square JPEG or PNG of 1400 to 3000 pixels`,
    ]);
  });

  it("names no picture that is not there", () => {
    const { image, said } = show({ image: "https://finews.example/none.png" }, [EPISODE]);
    expect(image).toBeNull();
    expect(said[0]).toContain(`image "/none.png" is not among the site's files`);
  });
});
