import { describe, expect, it } from "vitest";
import { failed, ok } from "../../../../src/domain/result.ts";
import type { FindLocalFile, LocalFile } from "../../../../scripts/read/files/local-file.ts";
import type { HeaderRecordings } from "../../../../scripts/read/front-matter/find-header-recordings.ts";
import { findHeaderRecordings } from "../../../../scripts/read/front-matter/find-header-recordings.ts";
import { writtenRecordings } from "../../../../scripts/read/front-matter/written-recordings.ts";

const MEBIBYTE = 1024 * 1024;
const SITE = "https://news.example";

const local = (publicPath: string, bytes: number): LocalFile => ({
  file: publicPath,
  publicPath,
  bytes,
  width: null,
  height: null,
  picture: null,
});

const FILES = new Map([
  ["article:talk 1.webm", local("/media/1/talk%201.webm", 10)],
  ["site:audio/a.webm", local("/audio/a.webm", 20)],
  ["site:episodes/e.webm", local("/episodes/e.webm", 30)],
  ["site:img/a.png", { ...local("/img/a.png", 5), width: 2, height: 1 }],
  ["site:audio/long.webm", local("/audio/long.webm", 31 * MEBIBYTE)],
]);

const findLocalFile: FindLocalFile = ({ base, path }) => {
  const file = FILES.get(`${base}:${path}`);
  return file === undefined ? failed({ reason: "missing" }) : ok(file);
};

function find(
  values: Readonly<Record<string, unknown>>,
): HeaderRecordings & { readonly faults: readonly (readonly string[])[] } {
  const faults: string[][] = [];
  const found = findHeaderRecordings(
    writtenRecordings(values),
    { url: SITE, formerUrls: [`${SITE}/blog`, "https://old.example"] },
    findLocalFile,
    (...fault) => void faults.push(fault),
  );
  return { ...found, faults };
}

/** The files of the only recording. */
const filesOf = (values: Readonly<Record<string, unknown>>): readonly unknown[] =>
  find(values).recordings[0]?.files ?? [];

describe("findHeaderRecordings", () => {
  it.each([
    ["talk 1.webm", "/media/1/talk%201.webm", 10],
    ["talk%201.webm", "/media/1/talk%201.webm", 10],
    ["/audio/a.webm", "/audio/a.webm", 20],
    ["a.webm", "/audio/a.webm", 20],
    ["e.webm", "/episodes/e.webm", 30],
    [`${SITE}/audio/a.webm`, "/audio/a.webm", 20],
    [`${SITE}/blog/audio/a.webm`, "/audio/a.webm", 20],
    ["https://old.example/audio/a.webm?x=1", "/audio/a.webm", 20],
  ])("finds %s on disk, and measures it", (address, path, length) => {
    const found = find({ audio: address });
    expect(found.recordings).toEqual([
      {
        kind: "audio",
        files: [{ url: SITE + path, type: "audio/webm", length }],
        duration: null,
        poster: null,
        isShown: false,
      },
    ]);
    expect(found.localFiles.map(({ publicPath }) => publicPath)).toEqual([path]);
    expect(found.faults).toEqual([]);
  });

  it("takes what is said of a file elsewhere", () => {
    const url = "https://cdn.example/play?id=1";
    expect(filesOf({ enclosure: { url, type: "audio/aac", length: "77" } })).toEqual([
      { url, type: "audio/aac", length: 77 },
    ]);
  });

  it.each([
    ["audio", "https://cdn.example/a.MP3?x=1", "audio/mpeg"],
    ["audio", "https://cdn.example/a.mp4", "audio/mp4"],
    ["enclosure", "https://cdn.example/a.m4a", "audio/x-m4a"],
    ["video", "https://cdn.example/a.mp4", "video/mp4"],
    ["mp3_url", "https://cdn.example/stream", "audio/mpeg"],
  ])("knows the type by the name: %s: %s", (key, url, type) => {
    expect(filesOf({ [key]: url })).toEqual([{ url, type, length: null }]);
  });

  it("finds a film's picture as it finds the film", () => {
    const { recordings, localFiles } = find({ video: { path: "a.webm", poster: "/img/a.png" } });
    expect(recordings).toMatchObject([{ kind: "video", poster: `${SITE}/img/a.png` }]);
    expect(localFiles).toHaveLength(2);
    const elsewhere = { path: "a.webm", poster: "https://cdn.example/a.png" };
    expect(find({ video: elsewhere }).recordings[0]?.poster).toBe(elsewhere.poster);
  });

  it("offers first what most players take", () => {
    const files = { ogg: "https://a.example/1.ogg", mp3: "https://a.example/1.mp3" };
    expect(filesOf({ podcast: files })).toMatchObject([{ url: files.mp3 }, { url: files.ogg }]);
  });

  it.each([
    [{ audio: "/audio/long.webm" }, "enclosure-too-large", "has 31.0 MiB"],
    [{ audio: "/audio/none.mp3" }, "enclosure-missing", "is not among the site's files"],
    [{ audio: "https://soundcloud.com/a/b" }, "enclosure-unclear", "looks like a page"],
    [{ audio: "/img/a.png" }, "enclosure-unclear", "is no recording by its name"],
    [{ audio: "javascript:alert(1)" }, "enclosure-invalid", "is no address"],
  ])("warns of %j, and leaves it out", (values, code, what) => {
    const { recordings, localFiles, faults } = find(values);
    expect([recordings, localFiles]).toEqual([[], []]);
    expect(faults).toMatchObject([
      ["audio", code, expect.stringContaining(what), expect.anything()],
    ]);
  });

  it("warns of what has no https, and names it all the same", () => {
    const { recordings, faults } = find({ audio: "http://cdn.example/a.mp3" });
    expect(recordings).toHaveLength(1);
    expect(faults).toMatchObject([
      ["audio", "media-insecure", expect.anything(), expect.anything()],
    ]);
  });

  it("keeps the forms that are there", () => {
    const found = find({ audio: { mp3: "none.mp3", webm: "a.webm" } });
    expect(found.recordings).toHaveLength(1);
    expect(found.faults).toHaveLength(1);
  });
});
