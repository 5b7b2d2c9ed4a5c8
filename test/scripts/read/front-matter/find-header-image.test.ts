import { describe, expect, it } from "vitest";
import { failed, ok } from "../../../../src/domain/result.ts";
import type { FindLocalFile } from "../../../../scripts/read/files/local-file.ts";
import type { HeaderImage } from "../../../../scripts/read/front-matter/find-header-image.ts";
import { findHeaderImage } from "../../../../scripts/read/front-matter/find-header-image.ts";

const BESIDE = {
  file: "/posts/beside.jpg",
  publicPath: "/posts/beside.jpg",
  bytes: 10,
  width: 4,
  height: 3,
  picture: null,
};

const findLocalFile: FindLocalFile = ({ base, path }) =>
  (base === "article" && path === "beside 图.jpg") || (base === "site" && path === "root/图.jpg")
    ? ok(BESIDE)
    : failed({ reason: "missing" });

function find(
  address: string,
  width: number | null = null,
  finder = findLocalFile,
): HeaderImage & { readonly faults: readonly (readonly string[])[] } {
  const written = { address, alt: "海", width, height: null };
  const faults: string[][] = [];
  const found = findHeaderImage(written, "https://news.example", finder, (...fault) => {
    faults.push(fault);
  });
  return { ...found, faults };
}

describe("findHeaderImage", () => {
  it("leaves pictures elsewhere where they are", () => {
    expect(find("https://cdn.example/a.PNG?h=1", 250)).toEqual({
      image: {
        url: "https://cdn.example/a.PNG?h=1",
        alt: "海",
        type: "image/png",
        width: 250,
        height: null,
        length: null,
      },
      localFile: null,
      faults: [],
    });
  });

  it("warns of what has no https, and names it all the same", () => {
    const { image, faults } = find("http://cdn.example/a.png");
    expect(image?.url).toBe("http://cdn.example/a.png");
    expect(faults).toMatchObject([["media-insecure", expect.anything(), expect.anything()]]);
  });

  it.each(["beside 图.jpg", "./beside%20%E5%9B%BE.jpg", "/root/图.jpg", "root/图.jpg"])(
    "finds %s on disk",
    (address) => {
      expect(find(address)).toEqual({
        image: {
          url: "https://news.example/posts/beside.jpg",
          alt: "海",
          type: "image/jpeg",
          width: 4,
          height: 3,
          length: 10,
        },
        localFile: BESIDE,
        faults: [],
      });
    },
  );

  it("says that a picture of the site is missing", () => {
    expect(find("/assets/none.webp")).toEqual({
      image: null,
      localFile: null,
      faults: [
        [
          "image-missing",
          "The image https://news.example/assets/none.webp is not among the site's files",
          "put the file there, or correct the path",
        ],
      ],
    });
  });

  it("says why a picture may not be published, though it lies somewhere else too", () => {
    const refusal = { reason: "refused", why: "hidden", target: ".env" } as const;
    const refuses: FindLocalFile = ({ base }) =>
      failed(base === "article" ? refusal : { reason: "missing" });
    expect(find("a.jpg", null, refuses)).toEqual({
      image: null,
      localFile: null,
      faults: [
        [
          "file-refused",
          `The front matter's image is not served: it leads to ".env", which is hidden: a name in it begins with a dot`,
          "put what is meant in its place",
        ],
      ],
    });
  });

  it("says that a file is no picture, and shows none", () => {
    const picture = { blob: "", formerPath: "/a.jpg", widths: [], fault: "broken" } as const;
    const localFile = { ...BESIDE, width: null, height: null, picture };
    expect(find("/a.jpg", null, () => ok(localFile))).toEqual({
      image: null,
      localFile,
      faults: [
        [
          "picture-broken",
          "The front matter's image cannot be read as a picture and was left out; its description is shown",
          "save it anew as JPEG or PNG",
        ],
      ],
    });
  });

  it.each(["data:image/png;base64,AA", "javascript:alert(1)", "https://["])(
    "takes %s for no picture",
    (address) => {
      expect(find(address)).toEqual({
        image: null,
        localFile: null,
        faults: [
          [
            "image-invalid",
            "The front matter's image is no address of a picture",
            "write an https address or a path",
          ],
        ],
      });
    },
  );
});
