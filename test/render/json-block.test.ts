import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutForbiddenCharacters } from "../../src/domain/xml-characters.ts";
import { jsonArray, jsonBlock, jsonObject, jsonText } from "../../src/render/json-block.ts";

describe("jsonBlock", () => {
  it("is what JSON.stringify makes of the same, with every < escaped", () => {
    const text = fc.string({
      unit: fc.constantFrom(
        "<",
        "/",
        '"',
        "\\",
        "\n",
        "\u0001",
        "\u007f",
        "\ud800",
        "😀",
        "湖",
        "a",
      ),
    });
    fc.assert(
      fc.property(text, fc.array(text), (name, items) => {
        const { html } = jsonBlock(
          jsonObject("List", {
            name: jsonText(name),
            position: 1,
            left: undefined,
            items: jsonArray(items.map((item) => jsonObject("Item", { item: jsonText(item) }))),
          }),
        );
        const same = JSON.stringify({
          "@context": "https://schema.org",
          "@type": "List",
          name,
          position: 1,
          items: items.map((item) => ({ "@type": "Item", item })),
        });
        const escaped = withoutForbiddenCharacters(same).replaceAll("<", "\\u003c");
        expect(html).toBe(`<script type="application/ld+json">${escaped}</script>`);
      }),
    );
  });
});
