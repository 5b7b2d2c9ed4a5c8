import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FolderWatch } from "../../../scripts/dev/watch-folder.ts";
import { watchFolder } from "../../../scripts/dev/watch-folder.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();
let watched: FolderWatch;
const onChange = vi.fn<() => void>();

/** As editors and `sed -i` do. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

/** Waits for a change to be told of, and for what else it causes. */
async function noticed(): Promise<boolean> {
  await vi.waitFor(() => {
    expect(onChange).toHaveBeenCalled();
  });
  await new Promise((settle) => {
    setTimeout(settle, 50);
  });
  onChange.mockClear();
  return true;
}

beforeEach(() => {
  onChange.mockClear();
  mkdirSync(join(folder.path, "2022/01"), { recursive: true });
  for (const path of ["a.md", "2022/01/b.md"]) writeFileSync(join(folder.path, path), "一");
  watched = watchFolder(folder.path, onChange);
});

afterEach(() => {
  watched.close();
});

describe("watchFolder", () => {
  it.each(["a.md", "2022/01/b.md"])("notices %s each time it is replaced", async (path) => {
    for (const text of ["二", "三", "四"]) {
      replaceFile(join(folder.path, path), text);
      expect(await noticed()).toBe(true);
    }
  });

  it("notices what comes in a new folder, and what goes with one", async () => {
    mkdirSync(join(folder.path, "2023"));
    expect(await noticed()).toBe(true);
    writeFileSync(join(folder.path, "2023/c.md"), "一");
    expect(await noticed()).toBe(true);
    rmSync(join(folder.path, "2022"), { recursive: true });
    expect(await noticed()).toBe(true);
    replaceFile(join(folder.path, "a.md"), "二");
    expect(await noticed()).toBe(true);
  });
});
