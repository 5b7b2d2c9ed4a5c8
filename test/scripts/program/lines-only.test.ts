import type { SourceMapPayload } from "node:module";
import { SourceMap } from "node:module";
import { transform } from "esbuild";
import { describe, expect, it } from "vitest";
import { linesOnly } from "../../../scripts/program/lines-only.ts";

const CODE = `export function first(a) {
  const b = a + 1;
  throw new Error(String(b));
}
export const second = () => first(2);
`;

describe("a source map of lines", () => {
  it("leads to the same line from every place in the code, and is smaller", async () => {
    const { code, map } = await transform(CODE, { sourcemap: "external", minifyWhitespace: true });
    const small = linesOnly(map);
    const read = (text: string): SourceMap => new SourceMap(JSON.parse(text) as SourceMapPayload);
    const [whole, lines] = [read(map), read(small)];
    const line = code.split("\n")[0] ?? "";
    for (let column = 0; column < line.length; column += 1) {
      const [expected, found] = [whole.findEntry(0, column), lines.findEntry(0, column)];
      if (!("originalLine" in expected) || !("originalLine" in found)) throw new Error("no entry");
      expect(found.originalLine).toBe(expected.originalLine);
    }
    expect(small.length).toBeLessThan(map.length);
  });
});
