import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { failed } from "../../../../src/domain/result.ts";
import type { FileRefusal } from "../../../../scripts/read/files/follow-file.ts";
import { createFollowFile } from "../../../../scripts/read/files/follow-file.ts";
import { temporaryFolder } from "../../../temporary-folder.ts";

const folder = temporaryFolder();
const at = (path: string): string => join(folder.path, path);

function write(path: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), "");
}

function link(path: string, target: string): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  symlinkSync(target, at(path));
}

/** Why a path is not followed; null if it is. The site is in `site`. */
function refusalOf(path: string, ...sources: readonly string[]): FileRefusal | null {
  const followed = createFollowFile(at("site"), sources)(at(path));
  return followed.ok ? null : followed.failure;
}

beforeEach(() => {
  mkdirSync(at("site/posts"), { recursive: true });
});

describe("createFollowFile", () => {
  it.each([
    ["the site's folder", "site/notes/a.md"],
    ["the source folder", "site/posts/deep/a.md"],
    ["another source folder", "content/a.md"],
    ["the folder beside a Jekyll site's posts", "jekyll/assets/a.png"],
    ["a source folder below a hidden one", ".vault/notes/a.md"],
  ])("follows links into %s", (_name, target) => {
    write(target);
    mkdirSync(at("jekyll/_posts"), { recursive: true });
    link("site/posts/link.md", at(target));
    const sources = ["posts", at("content"), at("jekyll/_posts"), at(".vault/notes")];
    expect(refusalOf("site/posts/link.md", ...sources)).toBeNull();
  });

  it.each([
    ["a hidden file", "site/.env", "hidden", ".env"],
    ["a hidden folder", "site/posts/.git/config", "hidden", "posts/.git/config"],
    ["beside the site's folder", "site2/a.md", "outside", null],
    ["beside a source folder", "content/other/a.md", "outside", null],
  ] as const)("refuses links into %s", (_name, target, why, shown) => {
    write(target);
    link("site/posts/link.md", at(target));
    expect(refusalOf("site/posts/link.md", "posts", at("content/articles"))).toEqual({
      reason: "refused",
      why,
      target: shown ?? at(target),
    });
  });

  it("looks at the end of a row of links, and at the folders on the way", () => {
    write("site/.secret/a.md");
    link("site/one", ".secret");
    link("site/posts/two.md", "../one/a.md");
    expect(refusalOf("site/posts/two.md", "posts")).toMatchObject({ why: "hidden" });
    expect(refusalOf("site/one/a.md", "posts")).toMatchObject({ why: "hidden" });
  });

  it("finds nothing at the end of links that lead nowhere or in a circle", () => {
    link("site/posts/a.md", "none.md");
    link("site/posts/b.md", "c.md");
    link("site/posts/c.md", "b.md");
    for (const name of ["a.md", "b.md", "c.md", "d.md"]) {
      expect(refusalOf(`site/posts/${name}`, "posts")).toEqual({ reason: "missing" });
    }
  });

  it("opens no pipe", () => {
    execFileSync("mkfifo", [at("site/posts/pipe.md")]);
    expect(refusalOf("site/posts/pipe.md", "posts")).toMatchObject({ why: "special" });
  });

  describe("in a checkout", () => {
    beforeEach(() => {
      execFileSync("git", ["init", "-q", at("site")]);
      writeFileSync(at("site/.gitignore"), "secret*\n/private/\n");
    });

    it.each(["secret.md", "private/deep/a.md", "posts/secret.md"])(
      "follows no link to %s, which git ignores",
      (target) => {
        write(`site/${target}`);
        link("site/posts/link.md", at(`site/${target}`));
        expect(refusalOf("site/posts/link.md", "posts")).toEqual({
          reason: "refused",
          why: "ignored",
          target,
        });
      },
    );

    it("refuses what git ignores even without a link, unless it lies in a source folder", () => {
      write("site/private/a.png");
      write("site/posts/secret.png");
      expect(refusalOf("site/private/a.png", "posts")).toMatchObject({ why: "ignored" });
      expect(refusalOf("site/posts/secret.png", "posts")).toBeNull();
    });

    it("refuses what git ignores under the same name in Unicode's other form, as on macOS", () => {
      writeFileSync(at("site/.gitignore"), "\u00E9.png\n");
      // On a disk of macOS these two are one.
      write("site/\u00E9.png");
      write("site/e\u0301.png");
      expect(refusalOf("site/e\u0301.png", "posts")).toMatchObject({ why: "ignored" });
    });

    it("follows links in a source folder that git ignores as a whole", () => {
      write("site/private/posts/a.md");
      link("site/private/posts/link.md", "a.md");
      expect(refusalOf("site/private/posts/link.md", "private/posts")).toBeNull();
      expect(refusalOf("site/private/posts/link.md", "posts")).toMatchObject({ why: "ignored" });
    });

    it.each(["inner/a.png", "inner/deep/a.png"])(
      "refuses %s, which the checkout inside the site ignores",
      (path) => {
        execFileSync("git", ["init", "-q", at("site/inner")]);
        writeFileSync(at("site/inner/.gitignore"), "*.png\n");
        write(`site/${path}`);
        write("site/inner/b.jpg");
        expect(refusalOf(`site/${path}`, "posts")).toMatchObject({ why: "ignored" });
        expect(refusalOf("site/inner/b.jpg", "posts")).toBeNull();
      },
    );

    it("follows links to files that are committed in spite of .gitignore", () => {
      write("site/secret.md");
      execFileSync("git", ["-C", at("site"), "add", "-f", "secret.md"]);
      link("site/posts/link.md", "../secret.md");
      expect(refusalOf("site/posts/link.md", "posts")).toBeNull();
    });
  });

  it("says the target of a link outside of the site's folder as it is on disk", () => {
    link("site/posts/passwd.md", "/etc/passwd");
    expect(createFollowFile(at("site"), ["posts"])(at("site/posts/passwd.md"))).toEqual(
      failed({ reason: "refused", why: "outside", target: "/etc/passwd" }),
    );
  });
});
