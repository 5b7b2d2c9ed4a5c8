import { describe, expect, it } from "vitest";
import { errorAt, warningAt } from "../../../scripts/diagnostics/diagnostic.ts";
import { formatDiagnostics } from "../../../scripts/diagnostics/format-diagnostics.ts";

const missing = (path: string, line: number) =>
  warningAt(path, line, "file-missing", `"${path}" is missing`, "add it");

describe("formatDiagnostics", () => {
  it("is empty without diagnostics", () => {
    expect(formatDiagnostics([])).toBe("");
  });

  it("lists them as they are where no kind has more than three", () => {
    const few = [missing("b.md", 1), errorAt("a.md", 2, "date-missing", "No date", "write one")];
    expect(formatDiagnostics([...few, missing("a.md", 1), missing("c.md", 1)]).split("\n")).toEqual(
      [
        'b.md:1: warning: "b.md" is missing; add it',
        "a.md:2: error: No date; write one",
        'a.md:1: warning: "a.md" is missing; add it',
        'c.md:1: warning: "c.md" is missing; add it',
      ],
    );
  });

  it("shows three of each kind, of different files, errors first, and counts all in a table", () => {
    const many = ["a.md", "a.md", "a.md", "b.md", "c.md"].map(missing);
    const error = errorAt("z.md", 2, "date-missing", "No date", "write one");
    expect(formatDiagnostics([...many, error]).split("\n")).toEqual([
      "z.md:2: error: No date; write one",
      "",
      'a.md:0: warning: "a.md" is missing; add it',
      'b.md:3: warning: "b.md" is missing; add it',
      'c.md:4: warning: "c.md" is missing; add it',
      "  … and 2 more: npm run check:content -- --kind file-missing",
      "",
      "1  error    date-missing  in 1 file",
      "5  warning  file-missing  in 3 files",
    ]);
  });

  it("shows three of one file where there is no other", () => {
    const lines = formatDiagnostics([4, 5, 6, 7].map((line) => missing("a.md", line))).split("\n");
    expect(lines.slice(0, 4)).toEqual([
      'a.md:4: warning: "a.md" is missing; add it',
      'a.md:5: warning: "a.md" is missing; add it',
      'a.md:6: warning: "a.md" is missing; add it',
      "  … and 1 more: npm run check:content -- --kind file-missing",
    ]);
  });

  it("counts what they are about, the most frequent first, and names no more than five", () => {
    const lost = (subject: string) =>
      warningAt("a.md", 1, "element-lost", "Lost", "link", `<${subject}>`);
    const names = ["a", "b", "b", "c", "d", "e", "f", "g\u001b"];
    expect(formatDiagnostics(names.map(lost)).split("\n").slice(-7)).toEqual([
      "8  warning  element-lost  in 1 file",
      "   2 <b>",
      "   1 <a>",
      "   1 <c>",
      "   1 <d>",
      "   1 <e>",
      "   2 of 2 others",
    ]);
  });

  it("is no longer for ten thousand than for ten", () => {
    const of = (count: number) =>
      formatDiagnostics(Array.from({ length: count }, (_, line) => missing("a.md", line)));
    expect(of(10_000).split("\n")).toHaveLength(of(10).split("\n").length);
  });
});
