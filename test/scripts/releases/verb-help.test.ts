import { describe, expect, it } from "vitest";
import { VERB_HELP, releaseHelp } from "../../../scripts/releases/verb-help.ts";

describe("the help of release", () => {
  it("is each verb's own, with no options of others", () => {
    const stats = releaseHelp("stats");
    expect(stats).toContain("npm run release -- stats [options]");
    expect(stats).toContain("--svg file");
    expect(stats).not.toContain("--max-deletes");
    expect(releaseHelp("list")).not.toContain("--svg");
  });

  it.each([undefined, "undo"])("is that of all verbs without one that there is: %s", (verb) => {
    const all = releaseHelp(verb);
    for (const { written } of Object.values(VERB_HELP)) expect(all).toContain(`  ${written}`);
    expect(all).toContain("with prune: delete");
  });

  it.each(Object.keys(VERB_HELP))("is not wider than a terminal: %s", (verb) => {
    const longest = Math.max(
      ...releaseHelp(verb)
        .split("\n")
        .map((line) => line.length),
    );
    expect(longest).toBeLessThanOrEqual(120);
  });
});
