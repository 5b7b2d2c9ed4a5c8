import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { complaintAboutNode } from "../../../scripts/terminal/node-version.ts";

describe("complaintAboutNode", () => {
  it.each(["22.13.0", "22.22.1", "23.4.0", "24.0.0", "26.1.0"])("takes %s", (version) => {
    expect(complaintAboutNode(version)).toBeNull();
  });

  it.each(["18.20.8", "20.19.5", "21.7.3", "22.12.0", "23.3.0"])(
    "says of %s what to do",
    (version) => {
      expect(complaintAboutNode(version)).toMatch(
        /^Offprint needs Node .*, and this is .*\. Install a newer one .*"npm install --save-dev node/,
      );
      expect(complaintAboutNode(version)).toContain(version);
    },
  );
});

it("imports nothing and knows no types but those that Node strips, so that an old one reads it", () => {
  const file = join(import.meta.dirname, "../../../scripts/terminal/node-version.ts");
  expect(readFileSync(file, "utf8")).not.toMatch(/^import\b|\bimport\(/m);
});
