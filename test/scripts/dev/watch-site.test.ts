import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SiteWatch } from "../../../scripts/dev/watch-site.ts";
import { watchSite } from "../../../scripts/dev/watch-site.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const warn = vi.fn<(line: string) => void>();
const onChange = vi.fn<() => void>();
const folder = temporaryFolder();
let root: string;
let watching: SiteWatch;

/** Changes whenever wrangler is to bundle again; null where that has not been so yet. */
function signal(): string | null {
  const file = join(root, "build/watched/changed");
  return existsSync(file) ? readFileSync(file, "utf8") : null;
}

beforeEach(() => {
  warn.mockClear();
  onChange.mockClear();
  root = join(folder.path, "site");
  for (const path of ["site/articles", "posts"]) {
    mkdirSync(join(folder.path, path), { recursive: true });
  }
  watching = watchSite(root, ["articles", "../posts", "nowhere"], warn, onChange);
});

afterEach(() => {
  watching.close();
});

describe("watchSite", () => {
  it.each([
    "posts/a.md",
    "site/articles/a.md",
    "site/wrangler.toml",
    "site/wrangler.jsonc",
    "site/removed.txt",
    "site/theme.css",
  ])("has wrangler bundle again for %s, each time", async (path) => {
    for (const text of ["一", "二"]) {
      const before = signal();
      writeFileSync(join(folder.path, path), text);
      await vi.waitFor(() => {
        expect(signal()).not.toBe(before);
      });
      expect(onChange).toHaveBeenCalled();
    }
  });

  it("has wrangler bundle again when it begins to watch, if anything has changed before", async () => {
    watching.catchUp();
    writeFileSync(join(root, "package.json"), "{}");
    await sleep(100);
    expect(signal()).toBeNull();
    writeFileSync(join(root, "articles/a.md"), "一");
    await vi.waitFor(() => {
      expect(signal()).not.toBeNull();
    });
    const before = signal();
    watching.catchUp();
    expect(signal()).not.toBe(before);
  });

  it("is all that watches articles, since wrangler follows every link", () => {
    const settings = readFileSync(join(import.meta.dirname, "../../../wrangler.toml"), "utf8");
    expect(/^watch_dir = (.*)$/m.exec(settings)?.[1]).toBe('["src", "scripts", "build/watched"]');
  });

  it("goes round no link to a folder above", async () => {
    watching.close();
    symlinkSync("..", join(root, "articles/loop"));
    symlinkSync("round.md", join(root, "articles/round.md"));
    watching = watchSite(root, ["articles"], warn, onChange);
    writeFileSync(join(root, "articles/a.md"), "一");
    await vi.waitFor(() => {
      expect(signal()).not.toBeNull();
    });
  });

  describe("with pages", () => {
    beforeEach(() => {
      watching.close();
      for (const path of ["docs", "build/assets", ".git", "node_modules/a"]) {
        mkdirSync(join(root, path), { recursive: true });
      }
      writeFileSync(join(folder.path, "about.md"), "一");
      watching = watchSite(root, [".", "../about.md"], warn, onChange);
    });

    it.each(["site/a.md", "site/docs/b.md", "about.md"])("notices %s", async (path) => {
      writeFileSync(join(folder.path, path), "二");
      await vi.waitFor(() => {
        expect(signal()).not.toBeNull();
      });
    });

    it("does not take what it writes itself, or git does, for a change of the site", async () => {
      for (const path of [
        "site/build/release.bin",
        "site/build/assets/a.png",
        "site/.git/index",
        "site/node_modules/a/b.md",
        "posts/a.md",
        "other.md",
      ]) {
        writeFileSync(join(folder.path, path), "一");
      }
      await sleep(100);
      expect(signal()).toBeNull();
    });
  });

  it("goes on without a folder that is missing", () => {
    expect(warn.mock.calls).toEqual([[expect.stringContaining("nowhere")]]);
  });
});
