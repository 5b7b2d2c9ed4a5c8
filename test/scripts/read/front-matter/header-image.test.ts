import { describe, expect, it } from "vitest";
import type { FindLocalFile } from "../../../../scripts/read/files/local-file.ts";
import type { HeaderImage } from "../../../../scripts/read/front-matter/header-image.ts";
import { resolveHeaderImage } from "../../../../scripts/read/front-matter/header-image.ts";

const BESIDE = {
  file: "/posts/beside.jpg",
  publicPath: "/posts/beside.jpg",
  bytes: 10,
  width: 4,
  height: 3,
};

const findLocalFile: FindLocalFile = ({ base, path }) =>
  (base === "article" && path === "beside 图.jpg") || (base === "site" && path === "root/图.jpg")
    ? BESIDE
    : null;

function resolveAddress(address: string, width: number | null = null): HeaderImage {
  const written = { address, alt: "海", width, height: null };
  return resolveHeaderImage(written, "https://news.example", findLocalFile);
}

describe("resolveHeaderImage", () => {
  it("leaves pictures elsewhere where they are", () => {
    expect(resolveAddress("https://cdn.example/a.PNG?h=1", 250)).toEqual({
      image: {
        url: "https://cdn.example/a.PNG?h=1",
        alt: "海",
        type: "image/png",
        width: 250,
        height: null,
        length: null,
      },
      localFile: null,
      isMissing: false,
      isBroken: false,
    });
  });

  it.each(["beside 图.jpg", "./beside%20%E5%9B%BE.jpg", "/root/图.jpg", "root/图.jpg"])(
    "finds %s on disk",
    (address) => {
      expect(resolveAddress(address)).toEqual({
        image: {
          url: "https://news.example/posts/beside.jpg",
          alt: "海",
          type: "image/jpeg",
          width: 4,
          height: 3,
          length: 10,
        },
        localFile: BESIDE,
        isMissing: false,
        isBroken: false,
      });
    },
  );

  it("says that a picture of the site is missing", () => {
    const { image, isMissing } = resolveAddress("/assets/none.webp");
    expect([image?.url, isMissing]).toEqual(["https://news.example/assets/none.webp", true]);
  });

  it.each(["data:image/png;base64,AA", "javascript:alert(1)", "https://["])(
    "takes %s for no picture",
    (address) => {
      expect(resolveAddress(address).image).toBeNull();
    },
  );
});
