import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LocalFile } from "../../../../scripts/read/files/local-file.ts";
import { copyLocalFiles } from "../../../../scripts/read/files/copy-local-files.ts";
import { createLocalFileFinder } from "../../../../scripts/read/files/find-local-files.ts";

/** A PNG's signature, its header of 3 by 2 pixels and its end; no more is looked at. */
const PNG_START = "89504e470d0a1a0a0000000d494844520000000300000002";
const PNG = Buffer.from(`${PNG_START}0000000049454e44ae426082`, "hex");

let project = "";
const at = (path: string): string => join(project, path);
const put = (path: string, content: Buffer | string = PNG): void => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
};
const finder = () =>
  createLocalFileFinder()({
    project,
    source: at("site/_posts"),
    article: at("site/_posts/2022"),
  });

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "offprint-"));
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

describe("createLocalFileFinder", () => {
  it("keeps the address of a file from the root of the site and tells its size", () => {
    put("site/img/图 片.png");
    expect(finder()({ base: "site", path: "img/图 片.png" })).toEqual({
      file: at("site/img/图 片.png"),
      publicPath: "/img/%E5%9B%BE%20%E7%89%87.png",
      bytes: PNG.length,
      width: 3,
      height: 2,
    });
  });

  it("gives files beside articles addresses that differ by folder and not by checkout", () => {
    put("site/_posts/2022/a.png");
    put("site/_posts/a.png");
    const here = finder()({ base: "article", path: "a.png" })?.publicPath;
    expect(here).toBe("/media/ed2a83c7ea06/a.png");
    expect(finder()({ base: "article", path: "./a.png" })?.publicPath).toBe(here);
    expect(finder()({ base: "article", path: "../a.png" })?.publicPath).not.toBe(here);
  });

  it("keeps out of the site's own addresses", () => {
    put("site/tag/a.png");
    expect(finder()({ base: "site", path: "tag/a.png" })?.publicPath).toMatch(/^\/media\//);
  });

  it.each([
    ["is no picture", "img/a.pdf", "%PDF"],
    ["is empty", "img/a.png", ""],
    ["is a PNG that broke off", "img/a.png", Buffer.from(PNG_START, "hex")],
    ["is a drawing by another name", "img/a.jpg", `<svg width="3" height="2"></svg>`],
  ])("knows no size where the file %s", (_name, path, content) => {
    put(`site/${path}`, content);
    expect(finder()({ base: "site", path })).toMatchObject({ width: null, height: null });
  });

  it.each([
    ["that is not there", "img/none.png"],
    ["of a kind that nobody opens", "img/a.md"],
    ["that is hidden", "img/.git/a.png"],
    ["outside of the project", "../../../a.png"],
    ["with a name that is too long", `${"a".repeat(300)}.png`],
    ["in too many folders", `${"a/".repeat(5000)}a.png`],
  ])("finds no file %s", (_name, path) => {
    put("site/img/a.md");
    put("site/img/.git/a.png");
    expect(finder()({ base: "site", path })).toBeNull();
    expect(finder()({ base: "article", path })).toBeNull();
  });
});

describe("copyLocalFiles", () => {
  const file = (path: string, publicPath: string, bytes = PNG.length): LocalFile => ({
    file: at(path),
    publicPath,
    bytes,
    width: null,
    height: null,
  });

  it("copies files to their addresses and removes those that no article needs", () => {
    put("a.png");
    put("assets/old/b.png");
    const diagnostics = copyLocalFiles(
      [{ path: "x.md", localFiles: [file("a.png", "/img/%E5%9B%BE.png")] }],
      at("assets"),
    );
    expect(diagnostics).toEqual([]);
    expect(existsSync(at("assets/img/图.png"))).toBe(true);
    expect(existsSync(at("assets/old/b.png"))).toBe(false);
  });

  it("leaves alone what has not changed", () => {
    put("a.png");
    const articles = [{ path: "x.md", localFiles: [file("a.png", "/a.png")] }];
    copyLocalFiles(articles, at("assets"));
    const later = new Date("2100-01-01");
    utimesSync(at("assets/a.png"), later, later);
    copyLocalFiles(articles, at("assets"));
    expect(statSync(at("assets/a.png")).mtimeMs).toBe(later.getTime());
  });

  it("reports what it cannot serve", () => {
    put("a.png");
    put("b.png");
    const localFiles = [
      file("a.png", "/a.png"),
      file("b.png", "/a.png"),
      file("b.png", "/b.png", 30_000_000),
    ];
    const diagnostics = copyLocalFiles([{ path: "x.md", localFiles }], at("assets"));
    expect(diagnostics.map(({ code }) => code)).toEqual(["file-clash", "file-too-large"]);
  });

  it("warns of a picture that phones would wait long for, and serves it", () => {
    put("a.jpg");
    const heavy = { ...file("a.jpg", "/a.jpg", 13_000_000), width: 3000, height: 3000 };
    const diagnostics = copyLocalFiles([{ path: "x.md", localFiles: [heavy] }], at("assets"));
    expect(diagnostics.map(({ code, what }) => [code, what])).toEqual([
      ["picture-heavy", expect.stringContaining("13.0 MB")],
    ]);
    expect(existsSync(at("assets/a.jpg"))).toBe(true);
  });
});
