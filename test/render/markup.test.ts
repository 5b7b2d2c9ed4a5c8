import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Markup, markup } from "../../src/render/markup.ts";

const unescaped = (html: string): string =>
  html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

describe("markup", () => {
  it("shows any text as it is, in content and in attributes, and opens no tag", () => {
    const text = fc.string({
      unit: fc.constantFrom("<", ">", '"', "'", "&", ";", "lt", "湖", " "),
    });
    fc.assert(
      fc.property(text, (value) => {
        const { html } = markup`<p title="${value}">${value}</p>`;
        const [, title = "", content = ""] = /^<p title="([^"]*)">([^<]*)<\/p>$/.exec(html) ?? [];
        expect([unescaped(title), unescaped(content)]).toEqual([value, value]);
      }),
    );
  });

  it("keeps markup, drops null and parts a list by line breaks", () => {
    const items = ["<a>", 2, null].map((item) => markup`<li>${item}</li>`);
    expect(markup`<ul>${items}</ul>${null}`.html).toBe(
      "<ul><li>&lt;a&gt;</li>\n<li>2</li>\n<li></li></ul>",
    );
  });

  it("keeps its HTML where no copy of it can pass for markup", () => {
    expect(Object.keys(markup`<b>`)).toEqual([]);
    expect(markup`<b>`).toBeInstanceOf(Markup);
  });

  it("drops the indent, and a line that comes to nothing", () => {
    const page = markup`
      <p>
        ${null}
        a  b
        ${"<"}
      </p>
    `;
    expect(page.html).toBe("<p>\na  b\n&lt;\n</p>");
  });

  it("leaves line breaks of values alone", () => {
    expect(markup`<pre>${"a\n  b"}</pre>`.html).toBe("<pre>a\n  b</pre>");
  });
});

describe("Markup.trusted", () => {
  it("takes HTML as it is", () => {
    expect(markup`<i>${Markup.trusted("<b>&amp;</b>")}</i>`.html).toBe("<i><b>&amp;</b></i>");
  });
});
