import { describe, expect, it } from "vitest";
import { ok } from "../../../../src/domain/result.ts";
import type { FindLocalFile, LocalFile } from "../../../../scripts/read/files/local-file.ts";
import { formWidths } from "../../../../src/domain/picture-path.ts";
import { showPictureAbove } from "../../../../scripts/read/body/show-pictures.ts";
import { USUAL_MEDIA } from "../../../../scripts/read/body/links/media-settings.ts";
import { render } from "./render.ts";

const LARGE = "https://paper.example/media/p/0123456789abcdef.jpg";

/** A picture whose name says how wide its large form is: `1600.jpg`. */
function picture(width: number): LocalFile {
  return {
    file: "/site/a.jpg",
    publicPath: "/media/p/0123456789abcdef.jpg",
    bytes: 4_000_000,
    width,
    height: width / 2,
    picture: { blob: "", formerPath: "/a.jpg", widths: formWidths(width), fault: null },
  };
}

const findLocalFile: FindLocalFile = ({ path }) => ok(picture(Number.parseInt(path, 10)));
const htmlOf = (source: string): string => render(source, { findLocalFile }).html;

describe("a picture of the site's own", () => {
  it("is there in all sizes, as wide as the text, and links to its large form", () => {
    expect(htmlOf("文字。\n\n![港口](1600.jpg)")).toBe(
      `<p>文字。</p>\n<p><a href="${LARGE}"><picture><source type="image/webp" srcset="${LARGE}.480.webp 480w, ${LARGE}.960.webp 960w, ${LARGE}.1600.webp 1600w" sizes="(min-width: 43em) 40.4em, calc(100vw - 40px)" /><img src="${LARGE}" alt="港口" width="1600" height="800" fetchpriority="high" decoding="async" referrerpolicy="no-referrer" /></picture></a></p>`,
    );
  });

  it.each([
    ["is small", "![](300.jpg)", "300px"],
    ["is shown smaller", '<img src="1600.jpg" width="200">', "200px"],
    ["is wider than the text", "![](700.jpg)", "(min-width: 43em) 40.4em, calc(100vw - 40px)"],
  ])("says how wide it is shown where it %s", (_name, source, sizes) => {
    expect(htmlOf(source)).toContain(`sizes="${sizes}"`);
  });

  it.each([
    ["[![](1600.jpg)](https://a.example/)", "https://a.example/"],
    ["[![](1600.jpg)](1600.jpg)", LARGE],
    ["![](300.jpg)", undefined],
    ["<details><summary>![](1600.jpg)</summary>文</details>", undefined],
  ])("in %j links to %s", (source, address) => {
    const links = htmlOf(source).match(/<a href="[^"]+"/g) ?? [];
    expect(links).toEqual(address === undefined ? [] : [`<a href="${address}"`]);
  });

  it("has our sizes in place of an author's, which would all be made as large", () => {
    const html = htmlOf('<img src="1600.jpg" srcset="480.jpg 480w, 1600.jpg 3000w" sizes="50vw">');
    expect(html.match(/srcset=/g)).toHaveLength(1);
    expect(html).not.toContain("3000w");
  });

  it("keeps what an author chose for some screens only", () => {
    const html = htmlOf(
      '<picture><source media="(max-width: 600px)" srcset="480.jpg"><img src="1600.jpg"></picture>',
    );
    expect(html).toMatch(
      new RegExp(
        `^<a href="${LARGE}"><picture><source [^>]+media="[^>]+><img [^>]+></picture></a>$`,
      ),
    );
  });
});

describe("the first picture", () => {
  it.each([
    [299, true],
    [300, false],
  ])("behind %i characters loads at once: %s", (characters, isAtOnce) => {
    const html = htmlOf(
      `${"字".repeat(characters)}\n\n![](https://a.example/b.jpg)\n\n![](1600.jpg)`,
    );
    expect(html.match(/fetchpriority="high"|loading="lazy"/g)).toEqual([
      isAtOnce ? 'fetchpriority="high"' : 'loading="lazy"',
      'loading="lazy"',
    ]);
  });
});

describe("a picture above the text", () => {
  const image = {
    url: LARGE,
    alt: "港口",
    type: "image/jpeg",
    width: 1600,
    height: 800,
    length: null,
  };
  const above = (html: string): string =>
    showPictureAbove(
      html,
      image,
      { siteUrl: "https://paper.example", localFiles: [picture(1600)] },
      USUAL_MEDIA,
    );

  it("loads at once in place of the body's first", () => {
    const html = above(htmlOf('文 `fetchpriority="high"`\n\n![](https://a.example/b.jpg)'));
    expect(html).toMatch(
      new RegExp(
        `^<p><a href="${LARGE}"><picture>.*fetchpriority="high".*</p>\n<p>文 <code>fetchpriority="high"</code>`,
      ),
    );
    expect(html).toContain('src="https://a.example/b.jpg" alt="" loading="lazy"');
  });

  it("is not shown twice", () => {
    const html = htmlOf("文\n\n![](1600.jpg)");
    expect(above(html)).toBe(html);
  });
});
