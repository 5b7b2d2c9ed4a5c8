import { describe, expect, it } from "vitest";
import { cleanSvg } from "../../../scripts/pictures/clean-svg.ts";

const clean = async (content: string): Promise<string | null> =>
  cleanSvg(`<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`, async () => "data:made");

const START = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">';

describe("cleanSvg", () => {
  it.each([
    ["<script>alert(1)</script>", ""],
    ["<SCRIPT>alert(1)</SCRIPT>", ""],
    ['<svg:script xmlns:svg="http://www.w3.org/2000/svg">alert(1)</svg:script>', ""],
    ["<foreignObject><iframe src='javascript:alert(1)'/></foreignObject>", ""],
    ['<a xlink:href="javascript:alert(1)"><text>a</text></a>', "<text>a</text>"],
    ['<rect onload="alert(1)" ONCLICK="alert(1)" width="1"/>', '<rect width="1"></rect>'],
    ['<set attributeName="href" to="javascript:alert(1)"/>', ""],
    ['<animate attributeName=" onload " to="alert(1)"/>', ""],
    ['<use href="https://evil.example/a.svg#b"/>', "<use></use>"],
    ['<image href="https://spy.example/a.png"/>', "<image></image>"],
    ['<image href="data:image/svg+xml;base64,AAAA"/>', "<image></image>"],
    ['<image href="data:image/png;base64,AAAA"/>', '<image href="data:made"></image>'],
    [
      '<rect fill="url(#a)" style="fill: url(&quot;#a&quot;)"/>',
      '<rect fill="url(#a)" style="fill: url(&quot;#a&quot;)"></rect>',
    ],
    ['<rect fill="url(//spy.example/a)"/>', "<rect></rect>"],
    ["<style>@im&#112;ort '//spy.example'</style>", "<style></style>"],
    ["<style><![CDATA[a > b { fill: red }]]></style>", "<style>a &gt; b { fill: red }</style>"],
    ["<metadata>me</metadata><!-- me --><?xml-stylesheet href='//spy.example'?>", ""],
    ['<g xmlns:i="urn:i" i:path="/home/me" xml:base="//spy.example"/>', "<g></g>"],
    ["<text>1 &lt; 2 &amp;</text>", "<text>1 &lt; 2 &amp;</text>"],
    ["<unknown><rect/></unknown><g/>", "<g></g>"],
  ])("makes %j of it %j", async (content, cleaned) => {
    expect(await clean(content)).toBe(`${START}${cleaned}</svg>`);
  });

  it.each(["<html><svg></svg></html>", "<p>none</p>", ""])(
    "finds no drawing in %j",
    async (text) => {
      expect(await cleanSvg(text, async () => null)).toBeNull();
    },
  );

  it("takes the first of several drawings, and nothing behind it", async () => {
    expect(await cleanSvg("<svg/><svg><g/></svg>text", async () => null)).toBe(`${START}</svg>`);
  });
});
