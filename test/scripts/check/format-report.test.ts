import { describe, expect, it } from "vitest";
import { errorAt, warningAt } from "../../../scripts/diagnostics/diagnostic.ts";
import { formatReport } from "../../../scripts/check/format-report.ts";

const NAMES = ["a", "b", "c", "d", "e"];
const REPORT = {
  fileCount: 12,
  pages: [],
  articles: [],
  diagnostics: [
    ...NAMES.map((name) => errorAt(`${name}.md`, 2, "date-missing", "No date", "write one")),
    warningAt("f.md", 1, "text-lost", "Text got lost", "look"),
  ],
  skipped: [
    ...NAMES.map((name) => ({ path: `draft-${name}.md`, why: { reason: "draft" } as const })),
    ...NAMES.map((name) => ({ path: `${name}.md`, why: { reason: "error" } as const })),
    { path: "gone.md", why: { reason: "withdrawn" } as const },
  ],
};

describe("formatReport", () => {
  it("shows three of a kind and counts the others", () => {
    expect(formatReport(REPORT, "examples").split("\n")).toEqual([
      "a.md:2: error: No date; write one",
      "b.md:2: error: No date; write one",
      "c.md:2: error: No date; write one",
      "  … and 2 more: npm run check:content -- --kind date-missing",
      "",
      "f.md:1: warning: Text got lost; look",
      "",
      "5  error    date-missing  in 5 files",
      "1  warning  text-lost     in 1 file",
      "",
      "draft-a.md: skipped: draft",
      "draft-b.md: skipped: draft",
      "draft-c.md: skipped: draft",
      "  … and 2 more, which --all names",
      "",
      "12 files, 0 articles, 11 skipped",
      "skipped: 5 drafts, 0 unpublished, 0 dated in the future, 1 withdrawn, 5 with an error or no article",
      "5 errors, 1 warning",
    ]);
  });

  it("lists everything where all is asked for", () => {
    const lines = formatReport(REPORT, "all").split("\n");
    expect(lines.slice(0, 11)).toEqual([
      ...NAMES.map((name) => `${name}.md:2: error: No date; write one`),
      "f.md:1: warning: Text got lost; look",
      ...NAMES.map((name) => `draft-${name}.md: skipped: draft`),
    ]);
  });

  it("lists one kind, or says which there are", () => {
    expect(formatReport(REPORT, { kind: "date-missing" }).split("\n")).toHaveLength(5);
    expect(formatReport(REPORT, { kind: "nonsense" })).toBe(
      'Nothing of the kind "nonsense"; what is wrong is date-missing, text-lost',
    );
    expect(formatReport({ ...REPORT, diagnostics: [] }, { kind: "nonsense" })).toBe(
      'Nothing of the kind "nonsense"; nothing is wrong',
    );
  });
});
