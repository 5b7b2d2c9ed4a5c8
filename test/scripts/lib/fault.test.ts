import { describe, expect, it } from "vitest";
import { createFaultLog, formatFault, hasError } from "../../../scripts/lib/fault.ts";

describe("formatFault", () => {
  it("says where, how bad, what and what to do on one line", () => {
    const log = createFaultLog("articles/a.md");
    log.error(
      3,
      "yaml-invalid",
      "The front matter is not valid YAML:\n  bad indentation",
      "correct it",
    );
    expect(log.faults.map(formatFault)).toEqual([
      "articles/a.md:3: error: The front matter is not valid YAML: bad indentation; correct it",
    ]);
  });
});

describe("hasError", () => {
  it("tells errors from warnings", () => {
    const log = createFaultLog("a.md");
    log.warn(1, "title-missing", "The title is missing", "write one");
    expect(hasError(log.faults)).toBe(false);
    log.error(1, "date-missing", "The date is missing", "write one");
    expect(hasError(log.faults)).toBe(true);
  });
});
