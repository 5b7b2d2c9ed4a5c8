import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeChunks } from "../../src/render/chunk.ts";
import type { Xml } from "../../src/render/xml.ts";
import {
  emptyElement,
  htmlElement,
  lines,
  parentElement,
  textElement,
} from "../../src/render/xml.ts";
import { arbitraryText } from "./arbitrary-feed.ts";
import { parseXml } from "./xml-tree.ts";

const written = (xml: Xml<Uint8Array>): string => new TextDecoder().decode(encodeChunks(xml));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("textElement", () => {
  it("escapes what XML and feed readers would take for markup", () => {
    expect(written(textElement("a", `R&D <b> "c" ]]>`, { d: `"<&>"` }))).toBe(
      '<a d="&#x22;&#x3C;&#x26;&#x3E;&#x22;">R&#x26;D &#x3C;b&#x3E; &#x22;c&#x22; ]]&#x3E;</a>',
    );
  });

  it("leaves attributes out that are null", () => {
    expect(written(textElement("a", "", { b: null, c: 0 }))).toBe('<a c="0"></a>');
  });

  it("keeps any text exactly, line ends and tabs in attributes included", () => {
    fc.assert(
      fc.property(arbitraryText, (text) => {
        const element = parseXml(written(textElement("a", text, { b: text })));
        expect(element.text).toBe(text);
        expect(element.attributes["b"]).toBe(text);
      }),
    );
  });
});

describe("htmlElement", () => {
  it("holds the bytes as they are", () => {
    const html = utf8("<p>a &amp; b ]]&gt; 𠮷</p>\n");
    const element = htmlElement("a", html, null, { type: "html" });
    expect(element).toContain(html);
    expect(parseXml(written(element)).text).toBe("<p>a &amp; b ]]&gt; 𠮷</p>\n");
  });
});

describe("parentElement", () => {
  it("has a line for each child and none for null", () => {
    expect(written(parentElement("a", [emptyElement("b"), null, textElement("c", "d")]))).toBe(
      "<a>\n<b/>\n<c>d</c>\n</a>",
    );
  });
});

describe("lines", () => {
  it("keeps bytes between the text around them", () => {
    const pieces = lines([emptyElement("a"), htmlElement("b", utf8("c"), null), emptyElement("d")]);
    expect(written(pieces)).toBe("<a/>\n<b><![CDATA[c]]></b>\n<d/>");
  });
});
