import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { warningAt } from "../../../scripts/diagnostics/diagnostic.ts";
import { findLines } from "../../../scripts/read/find-lines.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

const lineOf = (path: string, mentions: readonly string[]): number | null | undefined => {
  const fault = { ...warningAt(path, 1, "redirect-taken", "Taken", "take it out"), mentions };
  const [found] = findLines(folder.path, [fault]);
  expect(found).not.toHaveProperty("mentions");
  return found?.line;
};

describe("findLines", () => {
  it.each([
    [["/old"], 4],
    [["tag", "Ai"], 5],
    [["图.png"], 8],
    [["a b.png"], 8],
    [["nowhere"], 1],
    [["tag", "nowhere"], 5],
  ])("finds %j", (mentions, line) => {
    const text =
      "---\ntitle: Ai\ncategories: [a]\nredirect_from: /old\ntags: [x, Ai]\n---\n\n![](图.png)![](a%20b.png)\n";
    writeFileSync(join(folder.path, "a.md"), text);
    expect(lineOf("a.md", mentions)).toBe(line);
  });

  it("leaves the line of a file that is there no more, and of what says its line", () => {
    expect(lineOf("gone.md", ["a"])).toBe(1);
    const fault = warningAt("gone.md", 7, "text-lost", "Lost", "look");
    expect(findLines(folder.path, [fault])).toEqual([fault]);
  });
});
