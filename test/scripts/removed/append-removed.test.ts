import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { appendRemoved } from "../../../scripts/removed/append-removed.ts";
import { readRemoved } from "../../../scripts/removed/read-removed.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const ARTICLE = { path: "/s/k3v8w1q7zb", remark: "2022-01-10  停航通知 #1" };

describe("appendRemoved", () => {
  const folder = temporaryFolder();

  it("writes lines that are read back as they were meant", async () => {
    const file = join(folder.path, "removed.txt");
    const paths = ["/old/a b#c.html", "/旧/一.html", "/100%/?.html"];
    const addresses = paths.map((path) => ({ path, remark: `led to ${ARTICLE.path}` }));
    await appendRemoved(file, [ARTICLE, ...addresses]);
    const { entries } = await readRemoved(file);
    expect(entries.map(({ text }) => decodeURIComponent(text))).toEqual([ARTICLE.path, ...paths]);
    const text = await readFile(file, "utf8");
    expect(text).toContain("  # 2022-01-10 停航通知 ＃1\n");
    expect(text).toContain(`  # led to ${ARTICLE.path}\n`);
  });

  it.each([
    ["without a line's end", "/s/f5v4k2q9xa"],
    ["with one", "/s/f5v4k2q9xa\r\n"],
    ["that is empty", ""],
  ])("begins a line of its own in a file %s", async (_, before) => {
    const file = join(folder.path, "removed.txt");
    await writeFile(file, before);
    await appendRemoved(file, [ARTICLE]);
    const { entries } = await readRemoved(file);
    const kept = before === "" ? [] : ["/s/f5v4k2q9xa"];
    expect(entries.map(({ text }) => text)).toEqual([...kept, ARTICLE.path]);
    expect(entries.at(-1)?.line).toBe(kept.length + 1);
  });
});
