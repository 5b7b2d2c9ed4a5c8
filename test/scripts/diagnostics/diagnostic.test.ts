import { describe, expect, it } from "vitest";
import {
  createDiagnosticLog,
  formatDiagnostic,
  hasError,
  inLineOrder,
} from "../../../scripts/diagnostics/diagnostic.ts";

describe("formatDiagnostic", () => {
  it("says where, how bad, what and what to do on one line", () => {
    const log = createDiagnosticLog("articles/a.md");
    log.error(
      3,
      "yaml-invalid",
      "The front matter is not valid YAML:\n  bad indentation",
      "correct it",
    );
    expect(log.diagnostics.map(formatDiagnostic)).toEqual([
      "articles/a.md:3: error: The front matter is not valid YAML: bad indentation; correct it",
    ]);
  });

  it("leaves out the middle of what is very long, so that its end is read too", () => {
    const log = createDiagnosticLog("a.md");
    const value = "𠮷".repeat(100_000);
    log.warn(1, "value-wrong", `The value "${value}" is no date`, `write "${value}" otherwise`);
    const [line = ""] = log.diagnostics.map(formatDiagnostic);
    expect(line).toMatch(
      /^a\.md:1: warning: The value "𠮷+…𠮷+" is no date; write "𠮷+…𠮷+" otherwise$/u,
    );
    expect(line.length).toBeLessThan(1000);
  });

  it("lets no name of a file write elsewhere on the terminal", () => {
    const log = createDiagnosticLog("a\u001b[2J\n\u0007\u009b\u202e.md");
    log.warn(1, "title-missing", "The title is missing", "write one");
    expect(log.diagnostics.map(formatDiagnostic)).toEqual([
      String.raw`a\u001b[2J \u0007\u009b\u202e.md:1: warning: The title is missing; write one`,
    ]);
  });
});

describe("hasError", () => {
  it("tells errors from warnings", () => {
    const log = createDiagnosticLog("a.md");
    log.warn(1, "title-missing", "The title is missing", "write one");
    expect(hasError(log.diagnostics)).toBe(false);
    log.error(1, "date-missing", "The date is missing", "write one");
    expect(hasError(log.diagnostics)).toBe(true);
  });
});

describe("inLineOrder", () => {
  it("puts what is said of one file together, from top to bottom, and keeps the order of files", () => {
    const logs = ["b.md", "a.md"].map((path) => {
      const log = createDiagnosticLog(path);
      for (const line of [7, 2]) log.warn(line, "text-lost", "The text got lost", "look");
      return log;
    });
    const [b, a] = logs.map(({ diagnostics }) => diagnostics);
    const mixed = [...(b ?? []).slice(0, 1), ...(a ?? []), ...(b ?? []).slice(1)];
    expect(inLineOrder(mixed).map(({ path, line }) => `${path}:${line}`)).toEqual([
      "b.md:2",
      "b.md:7",
      "a.md:2",
      "a.md:7",
    ]);
  });
});
