import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { boundGarbage } from "../../../scripts/terminal/bound-garbage.ts";

function flagsFor(articles: number): readonly string[] {
  const flags: string[] = [];
  boundGarbage(articles, (flag) => {
    flags.push(flag);
  });
  return flags;
}

describe("boundGarbage", () => {
  it("leaves V8 to itself for few articles", () => {
    expect(flagsFor(19_999)).toEqual([]);
  });

  // How large a heap becomes is no test: V8 collects beside the program, and on a busy machine later.
  it("sets a flag for many, which V8 knows", () => {
    const [flag = ""] = flagsFor(20_000);
    const known = execFileSync(process.execPath, ["--v8-options"]).toString();
    expect(known).toContain(`${flag.split("=")[0]} (`);
  });
});
