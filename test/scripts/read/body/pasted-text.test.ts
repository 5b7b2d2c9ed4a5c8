import { describe, expect, it } from "vitest";
import { render } from "./render.ts";

/** The HTML without what every picture and link has. */
function shown(source: string, format: "markdown" | "html" = "markdown"): string {
  return render(source, { format })
    .html.replaceAll(
      / (?:loading="lazy"|fetchpriority="high") decoding="async" referrerpolicy="no-referrer" \//g,
      "",
    )
    .replaceAll(' rel="nofollow noopener"', "");
}

const codes = (source: string): readonly string[] =>
  render(source).diagnostics.map(({ code, line, subject }) => `${code} ${line} ${subject}`);

describe("markup that is no HTML", () => {
  it.each([
    ["Word's empty marks", "<p>甲<o:p></o:p></p>", "<p>甲</p>"],
    ["Word's names of places", '甲<st1:place w:st="on">厦门</st1:place>乙', "<p>甲厦门乙</p>"],
    ["WPS's controls", "<w:sdt><w:sdtContent>内容</w:sdtContent></w:sdt>", "<p>内容</p>"],
    ["Word's conditions", "<![if !supportLists]>1.<![endif]>甲", "<p>1.甲</p>"],
    ["a pair with any name", "甲<foo>乙</foo>丙", "<p>甲乙丙</p>"],
    ["a name with attributes, never closed", '甲<foo x="1">乙', "<p>甲乙</p>"],
    [
      "a film with an address",
      '<mpvideosnap data-url="https://v.example/x" data-desc="赛龙舟"></mpvideosnap>',
      '<div><p><a href="https://v.example/x">赛龙舟</a></p></div>',
    ],
    [
      "a sound with an address, whose text stays",
      '<p><mpvoice name="早报" data-url="https://v.example/a">语音</mpvoice></p>',
      '<div><p><a href="https://v.example/a">早报</a></p>语音</div>',
    ],
    [
      "a song of which the cover is known",
      '<p><qqmusic src="/cgi-bin/x" albumurl="https://y.example/c.jpg" music_name="歌"></qqmusic></p>',
      '<p><img src="https://y.example/c.jpg" alt="歌"></p>',
    ],
    [
      "Word's pictures",
      '<v:shape><v:imagedata src="https://a.example/image001.png" o:title="图"></v:imagedata></v:shape>',
      '<p><img src="https://a.example/image001.png" alt="图"></p>',
    ],
    [
      "what shows a picture itself",
      '<p><x-card data-url="https://v.example/x"><img src="https://v.example/y.png"></x-card></p>',
      '<p><img src="https://v.example/y.png" alt=""></p>',
    ],
  ])("is never printed: %s", (_case, source, html) => {
    expect(shown(source)).toBe(html);
  });

  it.each([
    ["a <3 b", "a &lt;3 b"],
    ["a < b, c <d", "a &lt; b, c &lt;d"],
    ["List<String>", "List&lt;String&gt;"],
    ["f<T extends K = V>(x)", "f&lt;T extends K = V&gt;(x)"],
    ["#include <stdio.h>", "#include &lt;stdio.h&gt;"],
    ["<张三>", "&lt;张三&gt;"],
    ["`<o:p>`", "<code>&lt;o:p&gt;</code>"],
    ["甲</foo>", "甲&lt;/foo&gt;"],
  ])("is told from text: %s", (source, text) => {
    expect(shown(source)).toBe(`<p>${text}</p>`);
    expect(codes(source)).toEqual([]);
  });

  it("is named once for each name, where it stands", () => {
    expect(codes('甲\n\n<o:p>乙</o:p><o:p></o:p>\n\n<mpvoice name="a"></mpvoice>')).toEqual([
      "markup-unknown 7 <o:p>",
      "markup-unknown 9 <mpvoice>",
    ]);
  });
});

describe("pictures and players of lazy pages", () => {
  it.each([
    ["an empty src", '<img src="" data-src="https://a.example/b.jpg">', "https://a.example/b.jpg"],
    [
      "a placeholder and an attribute that nobody knows",
      '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-croporisrc="https://a.example/b.jpg">',
      "https://a.example/b.jpg",
    ],
    [
      "an empty attribute before the right one",
      '<img data-src="" data-original="https://a.example/b.jpg" src="c.gif">',
      "https://a.example/b.jpg",
    ],
  ])("are found behind %s", (_case, source, address) => {
    expect(shown(source, "html")).toBe(`<img src="${address}" alt="">`);
  });

  it.each([
    [
      "a frame",
      '<iframe src="" data-src="https://v.qq.com/iframe/preview.html?vid=o0318tp1ddw"></iframe>',
      '<p><a href="https://v.qq.com/x/page/o0318tp1ddw">https://v.qq.com/x/page/o0318tp1ddw</a></p>',
    ],
    [
      "a film",
      '<video src="" data-src="https://a.example/b.mp4"></video>',
      '<video src="https://a.example/b.mp4" controls preload="none"></video>',
    ],
    [
      "the source of a film",
      '<video><source src="" data-src="https://a.example/b.mp4"></video>',
      '<video controls preload="none"><source src="https://a.example/b.mp4" /></video>',
    ],
    [
      "a frame of which only the cover is known",
      '<iframe data-mpvid="wxv_1" data-cover="https://a.example/c.jpg"></iframe>',
      '<img src="https://a.example/c.jpg" alt="">',
    ],
  ])("are found where the address is in another attribute: %s", (_case, source, html) => {
    expect(shown(source, "html")).toBe(html);
  });

  it("are named where no address is known, with the line of the one that is lost", () => {
    const source =
      '<iframe src="https://a.example/"></iframe>\n\n<iframe data-mpvid="x"></iframe>\n\n<img src="">\n\n<video></video>';
    expect(codes(source)).toEqual([
      "element-lost 7 <iframe>",
      "element-lost 9 <img>",
      "element-lost 11 <video>",
    ]);
  });

  it.each([
    [
      "behind the lazy one",
      '<img src="l.gif" data-original="https://a.example/b.jpg"><noscript><img src="https://a.example/b.jpg"></noscript>',
    ],
    [
      "before the lazy one",
      '<noscript><img src="https://a.example/b.jpg"></noscript> <img src="data:image/gif;base64,AA==" class="lazy">',
    ],
    [
      "beside a picture of several sizes",
      '<div><picture><source data-srcset="x.webp"><img data-src="https://a.example/b.jpg"></picture><noscript><picture><img src="https://a.example/b.jpg"></picture></noscript></div>',
    ],
  ])("are one with their twin in <noscript>: %s", (_case, source) => {
    expect(shown(source, "html").match(/<img [^>]*/g)).toEqual([
      '<img src="https://a.example/b.jpg" alt=""',
    ]);
  });

  it("are two where <noscript> holds another", () => {
    const source =
      '<img src="https://a.example/a.jpg"><noscript><img src="https://a.example/b.jpg"></noscript>';
    expect(shown(source, "html").match(/<img/g)).toHaveLength(2);
  });
});

describe("background pictures", () => {
  it.each([
    `<section style="width:1px; background-image: url(&quot;https://a.example/b.png&quot;)"><p><br></p></section>`,
    `<div style="background:#fff url('https://a.example/b.png') no-repeat"></div>`,
    `<div data-lazy-bgimg="https://a.example/b.png"></div>`,
  ])("are shown where nothing else is: %s", (source) => {
    expect(shown(source, "html")).toBe('<div><img src="https://a.example/b.png" alt=""></div>');
  });

  it("are left out behind text", () => {
    const source = '<div style="background-image:url(https://a.example/b.png)">甲</div>';
    expect(shown(source, "html")).toBe("<div>甲</div>");
  });
});

describe("lines of Chinese", () => {
  it.each([
    ["甲\n乙", "<p>甲乙</p>"],
    ["甲，\n乙", "<p>甲，乙</p>"],
    ["甲**乙**\n丙", "<p>甲<strong>乙</strong>丙</p>"],
    ["甲\n**乙**", "<p>甲<strong>乙</strong></p>"],
    ["甲[乙](https://a.example/)\n[丙](https://b.example/)", null],
    ["日本\nかな", "<p>日本かな</p>"],
    ["甲\nword\n乙", "<p>甲\nword\n乙</p>"],
    ["한국\n어", "<p>한국\n어</p>"],
    ["one\ntwo", "<p>one\ntwo</p>"],
  ])("are joined without a blank: %j", (source, html) => {
    const found = shown(source);
    if (html === null) expect(found).not.toContain("\n");
    else expect(found).toBe(html);
  });

  it("are joined in the summary too", () => {
    expect(render("厦门今天\n下雨了。\n明天**晴**\n天。").summary).toBe(
      "厦门今天下雨了。明天晴天。",
    );
  });

  it("stay as they are in code", () => {
    expect(shown("```\n甲\n乙\n```")).toContain("甲\n乙");
  });

  it("open a paragraph with two wide blanks", () => {
    expect(shown("　　甲。\n　　乙\n丙。\n　　丁。")).toBe(
      "<p>　　甲。</p><p>　　乙丙。</p><p>　　丁。</p>",
    );
    expect(shown("<p>　　甲\n　　乙</p>", "html")).toBe("<p>　　甲</p><p>　　乙</p>");
    expect(shown("<p>　　甲<br>\n　　乙<br>丙</p>", "html")).toBe(
      "<p>　　甲</p><p>　　乙<br />丙</p>",
    );
  });
});

describe("ruby", () => {
  it.each([
    ["<ruby><rb>漢字</rb><rt>かんじ</rt></ruby>", "<ruby>漢字<rt>かんじ</rt></ruby>"],
    [
      "<ruby><rb>漢</rb><rb>字</rb><rp>（</rp><rt>かん</rt><rt>じ</rt><rp>）</rp></ruby>",
      "<ruby>漢<rp>（</rp><rt>かん</rt><rp>）</rp>字<rp>（</rp><rt>じ</rt><rp>）</rp></ruby>",
    ],
    [
      "<ruby><rbc><rb>漢</rb><rb>字</rb></rbc><rtc><rt>かん</rt><rt>じ</rt></rtc></ruby>",
      "<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>",
    ],
    ["<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>", "<ruby>漢<rt>かん</rt>字<rt>じ</rt></ruby>"],
  ])("keeps its pairs: %s", (source, html) => {
    expect(shown(source, "html")).toBe(html);
    expect(render(source, { format: "html" }).diagnostics).toEqual([]);
  });

  it("has its readings in brackets in the summary", () => {
    const source = "<p><ruby><rb>漢字</rb><rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>を読む。</p>";
    expect(render(source, { format: "html" }).summary).toBe("漢字(かんじ)を読む。");
  });
});
