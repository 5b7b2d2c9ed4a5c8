import { describe, expect, it } from "vitest";
import { plainText } from "../../../../scripts/read/front-matter/plain-text.ts";

describe("plainText", () => {
  it.each([
    ['<span class="a">Sparkling</span> Title', "Sparkling Title"],
    ["<b><i>two</i></b> deep", "two deep"],
    ["Vec<T> & <code> in Rust", "Vec<T> & <code> in Rust"],
    ["a < b and c > d", "a < b and c > d"],
    ["Interior&#39;s &amp; &quot;x&quot; &#x4e2d;", `Interior's & "x" 中`],
    ["&nosuch; &#0; &#55296; &#9999999;", "&nosuch; &#0; &#55296; &#9999999;"],
    [
      "25&deg;C &frac12; &copy;&sup2; &CounterClockwiseContourIntegral; &NotEqualTilde;",
      "25°C ½ ©² ∳ ≂̸",
    ],
    ["&amp;deg; &amp;amp;lt; &lt;b&gt;x&lt;/b&gt;", "&deg; &amp;lt; <b>x</b>"],
    ["&#147;quoted&#148; &#150; &nbsp; &#65536;", "“quoted” – \u{10000}"],
    ["AT&T; a&b;c ?a=1&copy=2", "AT&T; a&b;c ?a=1&copy=2"],
    ["line<br>break\n  and\ttabs", "line break and tabs"],
    ["\u0008bell\uFEFF \u{1F4F0}", "bell \u{1F4F0}"],
    ["e\u0301", "\u00e9"],
    ["half\uD83D pair", "half pair"],
  ])("reads %j as %j", (written, text) => {
    expect(plainText(written)).toBe(text);
  });
});
