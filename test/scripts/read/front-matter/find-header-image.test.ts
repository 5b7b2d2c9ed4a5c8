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
};

const findLocalFile: FindLocalFile = ({ base, path }) =>
  (base === "article" && path === "beside 图.jpg") || (base === "site" && path === "root/图.jpg")
    ? ok(BESIDE)
    : failed({ reason: "missing" });

function find(address: string, width: number | null = null): HeaderImage {
  const written = { address, alt: "海", width, height: null };
  return findHeaderImage(written, "https://news.example", findLocalFile);
}

describe("findHeaderImage", () => {
  it("leaves pictures elsewhere where they are", () => {
    expect(find("https://cdn.example/a.PNG?h=1", 250)).toEqual({
      image: ok({
        url: "https://cdn.example/a.PNG?h=1",
        alt: "海",
        type: "image/png",
        width: 250,
        height: null,
        length: null,
      }),
      localFile: null,
    });
  });

  it.each(["beside 图.jpg", "./beside%20%E5%9B%BE.jpg", "/root/图.jpg", "root/图.jpg"])(
    "finds %s on disk",
    (address) => {
      expect(find(address)).toEqual({
        image: ok({
          url: "https://news.example/posts/beside.jpg",
          alt: "海",
          type: "image/jpeg",
          width: 4,
          height: 3,
          length: 10,
        }),
        localFile: BESIDE,
      });
    },
  );

  it("says that a picture of the site is missing", () => {
    const url = "https://news.example/assets/none.webp";
    expect(find("/assets/none.webp").image).toEqual(failed({ reason: "missing", url }));
  });

  it("says why a picture may not be published, though it lies somewhere else too", () => {
    const refusal = { reason: "refused", why: "hidden", target: ".env" } as const;
    const written = { address: "a.jpg", alt: "", width: null, height: null };
    const refuses: FindLocalFile = ({ base }) =>
      failed(base === "article" ? refusal : { reason: "missing" });
    expect(findHeaderImage(written, "https://news.example", refuses)).toEqual({
      image: failed(refusal),
      localFile: null,
    });
  });

  it("says that a file is no picture, which is served all the same", () => {
    const localFile = { ...BESIDE, width: null, height: null };
    const written = { address: "/a.jpg", alt: "", width: null, height: null };
    expect(findHeaderImage(written, "https://news.example", () => ok(localFile))).toEqual({
      image: failed({ reason: "broken", url: "https://news.example/posts/beside.jpg" }),
      localFile,
    });
  });

  it.each(["data:image/png;base64,AA", "javascript:alert(1)", "https://["])(
    "takes %s for no picture",
    (address) => {
      expect(find(address).image).toEqual(failed({ reason: "no-address" }));
    },
  );
});
