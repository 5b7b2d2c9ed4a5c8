import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Chunk } from "../../src/render/chunk.ts";
import { encodeChunks } from "../../src/render/chunk.ts";
import {
  emptyElement,
  htmlElement,
  parentAround,
  parentElement,
  textElement,
} from "../../src/render/xml.ts";
import { arbitraryText } from "./arbitrary-feed.ts";
import { parseXml } from "./xml-tree.ts";

const written = (chunks: readonly Chunk[]): string =>
  new TextDecoder().decode(encodeChunks(chunks));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("textElement", () => {
  it("escapes what XML and feed readers would take for markup", () => {
    expect(textElement("a", `R&D <b> "c" ]]>`, { d: `"<&>"` })).toBe(
      '<a d="&#x22;&#x3C;&#x26;&#x3E;&#x22;">R&#x26;D &#x3C;b&#x3E; &#x22;c&#x22; ]]&#x3E;</a>',
    );
  });

  it("leaves attributes out that are null", () => {
    expect(textElement("a", "", { b: null, c: 0 })).toBe('<a c="0"></a>');
  });

  it("keeps any text exactly, line ends and tabs in attributes included", () => {
    fc.assert(
      fc.property(arbitraryText, (text) => {
        const element = parseXml(textElement("a", text, { b: text }));
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
    expect(parentElement("a", [emptyElement("b"), null, textElement("c", "d")])).toBe(
      "<a>\n<b/>\n<c>d</c>\n</a>",
    );
  });
});

describe("parentAround", () => {
  it("keeps bytes between the children around them", () => {
    const html = htmlElement("b", utf8("c"), null);
    const element = parentAround("a", [emptyElement("d"), null], html, [emptyElement("e")], {
      f: 1,
    });
    expect(written(element)).toBe('<a f="1">\n<d/>\n<b><![CDATA[c]]></b>\n<e/>\n</a>');
  });
});
