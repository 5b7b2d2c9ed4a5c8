import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlainAddress } from "../../../../scripts/read/files/plain-address.ts";

const PIECES = [
  ..."a b Z 0 1 - _ ~ . .. / // ? # % & = + ; , : @ ! $ ' ( ) * [ ] { } | \\ ^ ` \" < > é 中 \t".split(
    " ",
  ),
  "%2e",
  "%41",
  "xn--a",
  "example",
  ".com",
  ":80",
  ":443",
  "1.2",
  "0x1f",
  "/./",
  "/../",
  "/.a",
  "a.jpg",
  "?a=b&c=d",
];

describe("isPlainAddress", () => {
  it("is so of nothing but what a URL parser leaves as it is", () => {
    let plain = 0;
    const address = fc
      .tuple(
        fc.constantFrom("http://", "https://", "https://", "HTTP://", "//"),
        fc.constantFrom(
          "a.example",
          "a.example",
          "b-c.d.example",
          "A.example",
          "a",
          "1.2",
          "x@a.example",
        ),
        fc.constantFrom("/", "/", "/a/b.jpg", "", "?"),
        fc.array(fc.constantFrom(...PIECES), { maxLength: 4 }),
      )
      .map(([scheme, host, path, pieces]) => scheme + host + path + pieces.join(""));
    fc.assert(
      fc.property(address, (written) => {
        if (!isPlainAddress(written)) return;
        plain += 1;
        const url = URL.parse(written);
        expect(url?.href).toBe(written);
        expect([url?.username, url?.port, url?.hash]).toEqual(["", "", ""]);
        expect(written).not.toMatch(/[\s"<>[\]\\^`{|}%]/);
      }),
      { numRuns: 3000 },
    );
    expect(plain).toBeGreaterThan(100);
  });

  it.each([
    "https://img.news.example/download/D1_w800h555.jpg",
    "http://quote.news.example/r/1.700123",
    "https://www.news.example/a/1?from=feed&page=3",
  ])("is so of %s", (address) => {
    expect(isPlainAddress(address)).toBe(true);
  });

  it.each(["https://a.example", "https://a.example/%61", "https://1.2/", "https://a.example:80/"])(
    "is not so of %s",
    (address) => {
      expect(isPlainAddress(address)).toBe(false);
    },
  );
});
