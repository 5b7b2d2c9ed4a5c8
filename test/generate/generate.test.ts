import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const SCRIPT = join(import.meta.dirname, "generate.ts");
const folder = mkdtempSync(join(tmpdir(), "offprint-generate-"));
const run = (...args: string[]) =>
  spawnSync(process.execPath, [SCRIPT, ...args], { encoding: "utf8" });

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("npm run generate", () => {
  it("writes as many articles as it is told, on the days that it is told", () => {
    const out = join(folder, "articles");
    const { status } = run("--out", out, "--count", "7", "--start", "2023-04-05", "--days", "1");
    expect(status).toBe(0);
    const files = readdirSync(out);
    expect(files).toHaveLength(7);
    expect(files.filter((file) => !/^2023-04-05-(NW)?20230405/.test(file))).toEqual([]);
  });

  it("writes nothing but paragraphs where plain articles are asked for", () => {
    const out = join(folder, "plain");
    expect(run("--out", out, "--count", "30", "--plain").status).toBe(0);
    for (const file of readdirSync(out)) {
      const [, body = ""] = readFileSync(join(out, file), "utf8").split("\n---\n");
      expect(body.replace(/\n\n<http.*/s, "").match(/<\w+/g)).toSatisfy((tags: string[]) =>
        tags.every((tag) => tag === "<p"),
      );
    }
  });

  it("says in one line why it cannot write", () => {
    const { status, stderr } = run("--out", join(SCRIPT, "inside-a-file"), "--count", "1");
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Cannot write to ".*": it is a file; choose another folder\n$/);
  });

  it("asks for the folder to write to", () => {
    const { status, stderr } = run("--count", "1");
    expect(status).toBe(2);
    expect(stderr).toContain('--out is ""; name the folder to write to: --out FOLDER');
  });

  it.each([
    { args: ["--out", folder, "--count", "many"], complaint: '--count is "many"' },
    { args: ["--out", folder, "--start", "2023-13-01"], complaint: '--start is "2023-13-01"' },
    { args: ["--out", folder, "--categories", "0"], complaint: '--categories is "0"' },
    { args: ["--colour"], complaint: "--colour" },
  ])("refuses $args", ({ args, complaint }) => {
    const { status, stderr } = run(...args);
    expect(status).toBe(2);
    expect(stderr).toContain(complaint);
  });
});
