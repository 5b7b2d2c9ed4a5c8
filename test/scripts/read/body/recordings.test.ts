import { describe, expect, it } from "vitest";
import { failed, ok } from "../../../../src/domain/result.ts";
import { articleRecordings } from "../../../../scripts/read/article/article-recordings.ts";
import type { Recording } from "../../../../src/domain/recording.ts";
import { render } from "./render.ts";

const findLocalFile: Parameters<typeof render>[1] = {
  findLocalFile: ({ path }) =>
    path === "a.webm"
      ? ok({ file: "a.webm", publicPath: "/media/1/a.webm", bytes: 9, width: null, height: null })
      : failed({ reason: "missing" }),
};

const shown = { kind: "audio", duration: null, poster: null, isShown: true } as const;

describe("the recordings of a body", () => {
  it("are what its players play, measured where the file is ours", () => {
    const { recordings } = render(
      `<p>Text</p>

<div><audio autoplay src="a.webm"></audio></div>
<video poster="https://v.example/p.jpg" controls>
<source src="https://v.example/a.webm" type="video/webm"><source src="https://v.example/a.mp4"></video>`,
      findLocalFile,
    );
    expect(recordings).toEqual([
      {
        ...shown,
        files: [{ url: "https://paper.example/media/1/a.webm", type: "audio/webm", length: 9 }],
      },
      {
        ...shown,
        kind: "video",
        files: [
          { url: "https://v.example/a.webm", type: "video/webm", length: null },
          { url: "https://v.example/a.mp4", type: "video/mp4", length: null },
        ],
        poster: "https://v.example/p.jpg",
      },
    ]);
  });

  it("are sound where a player for films plays sound", () => {
    const { recordings } = render(`<video src="https://v.example/a.mp3"></video>`);
    expect(recordings).toMatchObject([{ kind: "audio", files: [{ type: "audio/mpeg" }] }]);
  });

  it("are not what is not there", () => {
    expect(render(`<audio src="none.mp3"></audio>`).recordings).toEqual([]);
    expect(render("Text").recordings).toEqual([]);
  });

  it("play only when somebody wants it", () => {
    const { html } = render(`<audio autoplay loop src="https://a.example/a.mp3"></audio>`);
    expect(html).toBe(`<audio src="https://a.example/a.mp3" controls preload="none"></audio>`);
  });
});

describe("the recordings of an article", () => {
  const named = (url: string, isShown: boolean): Recording => ({
    ...shown,
    files: [{ url, type: "audio/mpeg", length: null }],
    isShown,
  });

  it("are each there once, and what the body plays needs no other player", () => {
    const [a, b, c] = [
      "https://a.example/a.mp3",
      "https://a.example/b.mp3",
      "https://a.example/c.mp3",
    ];
    expect(
      articleRecordings(
        [named(a, false), named(b, false)],
        [named(c, true), named(b, true), named(c, true)],
      ),
    ).toEqual([named(a, false), named(b, true), named(c, true)]);
  });
});
