import { describe, expect, it } from "vitest";
import { splitNavigationTail } from "../../../../../scripts/read/body/facts/navigation-tail.ts";

const NW = "NW202201102241157038";
const DIGITS = "202112080000000001";
const HOME = "[返回首页](//p.example/)";

describe("splitNavigationTail", () => {
  it.each([
    ["first generation", `文\n\n<http://f.example/news/11060,${DIGITS}.html>\n`, "文", DIGITS],
    [
      "second generation, relative links on two lines",
      `文\n\n<http://f.example/news/1344,${DIGITS}.html>\n\n[返回滚动新闻](../emnews/)\n[返回首页](../)`,
      "文",
      DIGITS,
    ],
    [
      "third and fourth",
      `文\n\n<http://f.example/a/${DIGITS}.html>\n\n[返回新闻](//p.example/emnews/)｜${HOME}`,
      "文",
      DIGITS,
    ],
    [
      "fifth",
      `<p>文</p>\n\n<http://f.example/html_News/NewsShare.html?infoCode=${NW}>\n\n[返回日报](//p.example/category/r.html)｜${HOME}`,
      "<p>文</p>",
      NW,
    ],
    [
      "blanks and brackets in the address",
      `文\n\n<http://f.example/NewsShare.html?infoCode=${NW}>\n\n[返回a  b(c)](//p.example/a  b(c).html)｜${HOME}\n`,
      "文",
      NW,
    ],
    ["empty autolink", `文\n\n<>\n\n[返回新闻](//p.example/)｜${HOME}`, "文", null],
    [
      "empty body",
      `\n\n<http://f.example/NewsShare.html?infoCode=${NW}>\n\n[返回](//p.example/)｜${HOME}`,
      "",
      NW,
    ],
  ])("takes the tail of the %s off", (_name, source, body, legacyCode) => {
    const split = splitNavigationTail(source);
    expect(split.body.trim()).toBe(body);
    expect(split.legacyCode).toBe(legacyCode);
  });

  it.each([
    ["links to lists in prose", `请${HOME}查看。`],
    ["links that do not lead home", "文\n\n[返回第一章](#first)"],
    ["links in the middle", `${HOME}\n\n文`],
    ["an autolink elsewhere", "文\n\n<https://elsewhere.example/report.html>"],
    ["a share link in the middle", `<http://f.example/NewsShare.html?infoCode=${NW}>\n\n文`],
    ["an empty pair of brackets in prose", "类型\n\n<>"],
  ])("keeps %s", (_name, source) => {
    expect(splitNavigationTail(source)).toEqual({
      body: source,
      legacyCode: null,
      sourceAddress: null,
    });
  });

  it.each([
    ["the original", `http://f.example/news/1344,${DIGITS}.html`, true],
    ["no page of the site's own", `http://p.example/NewsShare.html?infoCode=${NW}`, false],
  ])("takes for the source's address %s", (_name, address, isSource) => {
    const { sourceAddress } = splitNavigationTail(`文\n\n<${address}>`);
    expect(sourceAddress).toBe(isSource ? address : null);
  });
});
