import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { failed, ok } from "../../../../src/domain/result.ts";
import type {
  FindLocalFile,
  LocalFile,
  LocalReference,
} from "../../../../scripts/read/files/local-file.ts";
import { createFollowFile } from "../../../../scripts/read/files/follow-file.ts";
import {
  checkLocalFiles,
  copyLocalFiles,
} from "../../../../scripts/read/files/copy-local-files.ts";
import { createLocalFileFinder } from "../../../../scripts/read/files/find-local-files.ts";
import { placesOfSources } from "../../../../scripts/read/files/places-of-sources.ts";

/** A PNG's signature and its header of 3 by 2 pixels; no more is looked at. */
const PNG = Buffer.from("89504e470d0a1a0a0000000d494844520000000300000002", "hex");

/** File systems keep times in steps of a few milliseconds. */
const CLOCK_MILLISECONDS = 20;

let project = "";
const at = (path: string): string => join(project, path);
const put = (path: string, content: Buffer | string = PNG): void => {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
};
const find = (reference: LocalReference): ReturnType<FindLocalFile> =>
  createLocalFileFinder(createFollowFile(project, ["site/_posts"]))({
    project,
    source: at("site/_posts"),
    place: "_posts",
    article: at("site/_posts/2022"),
  })(reference);
const publicPathOf = (base: LocalReference["base"], path: string): string | null => {
  const found = find({ base, path });
  return found.ok ? (found.value.picture?.formerPath ?? found.value.publicPath) : null;
};

const file = (path: string, publicPath: string, bytes = PNG.length): LocalFile => ({
  file: at(path),
  publicPath,
  bytes,
  width: null,
  height: null,
  picture: null,
});

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "offprint-"));
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

describe("createLocalFileFinder", () => {
  it("remembers the address of a picture from the root of the site, and tells its size", () => {
    put("site/img/图 片.png");
    expect(find({ base: "site", path: "img/图 片.png" })).toEqual(
      ok({
        file: at("site/img/图 片.png"),
        publicPath: "/media/p/37489acb3515e0e3.png",
        bytes: PNG.length,
        width: 3,
        height: 2,
        picture: {
          blob: createHash("sha1").update(`blob ${PNG.length}\0`).update(PNG).digest("hex"),
          formerPath: "/img/%E5%9B%BE%20%E7%89%87.png",
          widths: [3],
          fault: null,
        },
      }),
    );
  });

  it("gives files beside articles addresses that differ by folder and not by checkout", () => {
    put("site/_posts/2022/a.png");
    put("site/_posts/a.png");
    const here = publicPathOf("article", "a.png");
    expect(here).toBe("/media/9855aa561b73/a.png");
    expect(publicPathOf("article", "./a.png")).toBe(here);
    expect(publicPathOf("article", "../a.png")).not.toBe(here);
  });

  it("tells the files of two source folders apart, in whatever folders those are checked out", () => {
    const name = fc.constantFrom(
      "finews",
      "ci",
      "_posts",
      "articles",
      "media",
      "文 摘",
      "..a",
      "x",
    );
    const folder = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join("/"));
    const written = (path: string, isAbsolute: boolean): string =>
      isAbsolute ? at(path) : `../${path}/`;
    const pathsIn = (above: string, isAbsolute: boolean): readonly (string | null)[] => {
      rmSync(project, { recursive: true });
      const sources = ["_posts", "old", "en/_posts"].map((source) => `${above}/${source}`);
      for (const source of sources) put(`${source}/2022/a.bmp`);
      put(`${above}/files/a.bmp`);
      put(`${above}/_config.yml`, "");
      put("site/img/a.bmp");
      const named = sources.map((source) => written(source, isAbsolute));
      const places = placesOfSources(at("site"), named);
      const findIn = createLocalFileFinder(createFollowFile(at("site"), named));
      return [...places].flatMap(([source, place]) => {
        const article = join(source, "2022");
        const found = findIn({ project: at("site"), source, place, article });
        return ["a.bmp", "../../files/a.bmp"].map((path) => {
          const known = found({ base: "article", path });
          return known.ok ? known.value.publicPath : null;
        });
      });
    };
    const usual = pathsIn("finews", false);
    expect(new Set(usual).size).toBe(5);
    fc.assert(
      fc.property(folder, fc.boolean(), (above, isAbsolute) => {
        expect(pathsIn(above, isAbsolute)).toEqual(usual);
        expect(pathsIn(`site/${above}`, isAbsolute)).toEqual(usual);
      }),
      { numRuns: 15 },
    );
  });

  it.each(["tag", "_headers", "_Redirects", "cdn-cgi", "_worker.js", "_worker.jsx"])(
    "keeps out of addresses that begin with /%s",
    (folder) => {
      put(`site/${folder}/a.png`);
      expect(publicPathOf("site", `${folder}/a.png`)).toMatch(/^\/media\//);
    },
  );

  it.each([
    ["is no picture", "img/a.pdf", "%PDF"],
    ["is empty", "img/a.png", ""],
  ])("knows no size where the file %s", (_name, path, content) => {
    put(`site/${path}`, content);
    expect(find({ base: "site", path })).toMatchObject({ value: { width: null, height: null } });
  });

  it.each([
    ["that is not there", "img/none.png"],
    ["of a kind that nobody opens", "img/a.md"],
    ["outside of the project", "../../../a.png"],
    ["with a name that is too long", `${"a".repeat(300)}.png`],
    ["in too many folders", `${"a/".repeat(5000)}a.png`],
  ])("finds no file %s", (_name, path) => {
    put("site/img/a.md");
    expect(find({ base: "site", path })).toEqual(failed({ reason: "missing" }));
    expect(find({ base: "article", path })).toEqual(failed({ reason: "missing" }));
  });

  it("says what a file is called that is there in other capitals", () => {
    put("site/_posts/2022/IMG_1.JPG");
    const missing = { reason: "missing", near: "IMG_1.JPG" } as const;
    expect(find({ base: "article", path: "img_1.jpg" })).toEqual(failed(missing));
  });

  it.each(["img/.git/a.png", "img/../.secret.png", "img\\..\\..\\.secret.png"])(
    "finds nothing hidden by %s",
    (path) => {
      put("site/img/.git/a.png");
      put("site/.secret.png");
      expect(find({ base: "site", path }).ok).toBe(false);
    },
  );

  it("takes a backslash for no part of an address, since on Windows it ends a folder", () => {
    put("site/img\\..\\a.png");
    expect(publicPathOf("site", "img\\..\\a.png")).toBeNull();
  });

  it("says where a link leads that is not followed", () => {
    put(".env", "TOKEN=1");
    put("site/img/b.png");
    symlinkSync(at(".env"), at("site/img/leak.png"));
    symlinkSync("b.png", at("site/img/fine.png"));
    expect(find({ base: "site", path: "img/leak.png" })).toEqual(
      failed({ reason: "refused", why: "hidden", target: ".env" }),
    );
    expect(publicPathOf("site", "img/fine.png")).toBe("/img/fine.png");
  });
});

describe("a pointer of Git LFS", () => {
  it("is refused, whatever it stands for", () => {
    put("site/a.pdf", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n");
    put("site/_posts/b.md");
    const found = find({ base: "site", path: "a.pdf" });
    expect(found).toMatchObject({ failure: { reason: "refused", why: "lfs-pointer" } });
  });
});

describe("a file that an article holds itself", () => {
  const reference = { base: "embedded", path: "0a1b.bmp" } as const;

  it("is kept under its name, served, and found as long as it is there", () => {
    expect(find(reference).ok).toBe(false);
    const found = find({ ...reference, bytes: PNG });
    expect(found).toEqual(find(reference));
    expect(found.ok && found.value).toMatchObject({ bytes: PNG.length, width: 3, height: 2 });
    const localFiles = found.ok ? [found.value] : [];
    copyLocalFiles([{ path: "x.md", localFiles }], at("made"), at("assets"));
    expect(readFileSync(at(`assets${found.ok ? found.value.publicPath : ""}`))).toEqual(PNG);
    rmSync(at("build"), { recursive: true });
    expect(find(reference).ok).toBe(false);
  });

  it("is written anew where it was cut off", () => {
    put("build/embedded/0a1b.bmp", PNG.subarray(0, 20));
    expect(find({ ...reference, bytes: PNG })).toMatchObject({ value: { bytes: PNG.length } });
  });

  it("is not found where nothing can be written", () => {
    put("build", "a file");
    expect(find({ ...reference, bytes: PNG }).ok).toBe(false);
  });
});

describe("copyLocalFiles", () => {
  it("copies files to their addresses and removes those that no article needs", () => {
    put("a.png");
    put("assets/old/b.png");
    const diagnostics = copyLocalFiles(
      [{ path: "x.md", localFiles: [file("a.png", "/img/%E5%9B%BE.png")] }],
      at("made"),
      at("assets"),
    );
    expect(diagnostics).toEqual([]);
    expect(existsSync(at("assets/img/图.png"))).toBe(true);
    expect(existsSync(at("assets/old/b.png"))).toBe(false);
  });

  it("leaves alone what has not changed", () => {
    put("a.png");
    const articles = [{ path: "x.md", localFiles: [file("a.png", "/a.png")] }];
    copyLocalFiles(articles, at("made"), at("assets"));
    const copied = statSync(at("assets/a.png")).ctimeMs;
    copyLocalFiles(articles, at("made"), at("assets"));
    expect(statSync(at("assets/a.png")).ctimeMs).toBe(copied);
  });

  it("copies a file of the same size anew, though its time is an earlier one or the same", async () => {
    put("a.png", "new");
    const articles = [{ path: "x.md", localFiles: [file("a.png", "/a.png")] }];
    copyLocalFiles(articles, at("made"), at("assets"));
    put("a.png", "old");
    utimesSync(at("a.png"), new Date("2020-01-01"), new Date("2020-01-01"));
    copyLocalFiles(articles, at("made"), at("assets"));
    expect(readFileSync(at("assets/a.png"), "utf8")).toBe("old");
    await sleep(CLOCK_MILLISECONDS);
    put("a.png", "mid");
    utimesSync(at("a.png"), new Date("2020-01-01"), new Date("2020-01-01"));
    copyLocalFiles(articles, at("made"), at("assets"));
    expect(readFileSync(at("assets/a.png"), "utf8")).toBe("mid");
  });

  it("names a file that cannot be opened or copied, and copies the others", () => {
    put("a.png");
    put("b.png/inner");
    execFileSync("mkfifo", [at("pipe.png")]);
    const localFiles = [
      file("gone.png", "/gone.png"),
      file("b.png", "/b.png"),
      file("pipe.png", "/pipe.png"),
      file("a.png", "/a.png"),
      file("a.png", `/${encodeURIComponent("\u{1D160}".repeat(60).normalize("NFC"))}.png`),
    ];
    const diagnostics = copyLocalFiles([{ path: "x.md", localFiles }], at("made"), at("assets"));
    expect(diagnostics.map(({ level, code, what }) => [level, code, what.split('"')[1]])).toEqual(
      ["gone.png", "b.png", "pipe.png", "a.png"].map((name) => [
        "warning",
        "file-unreadable",
        at(name),
      ]),
    );
    expect(existsSync(at("assets/a.png"))).toBe(true);
  });

  it("removes a folder where a file has to go, a file where a folder has to, and what is left of a file that is gone", () => {
    put("a.png");
    put("assets/a.png/old/b.png");
    put("assets/img");
    put("assets/gone.png");
    symlinkSync(at("a.png"), at("assets/link.png"));
    const localFiles = [
      file("a.png", "/a.png"),
      file("a.png", "/img/a.png"),
      file("gone.png", "/gone.png"),
    ];
    const diagnostics = copyLocalFiles([{ path: "x.md", localFiles }], at("made"), at("assets"));
    expect(diagnostics.map(({ code }) => code)).toEqual(["file-unreadable"]);
    const left = readdirSync(at("assets"), { recursive: true, encoding: "utf8" });
    expect(new Set(left)).toEqual(new Set(["_headers", "a.png", "img", join("img", "a.png")]));
    expect(statSync(at("assets/a.png")).isFile()).toBe(true);
    expect(existsSync(at("a.png"))).toBe(true);
  });

  it.each([
    ["a file in the place of a folder", "/a.png/b.png", "/a.png"],
    ["a file in the folder that is a file", "/a.png", "/a.png/b.png"],
  ])("serves the first of two, and warns of %s, whatever is there already", (_name, ...paths) => {
    put("a.png");
    const localFiles = paths.map((path) => file("a.png", path));
    for (const left of ["assets/a.png", "assets/a.png/b.png"]) {
      rmSync(at("assets"), { recursive: true, force: true });
      put(left);
      const diagnostics = copyLocalFiles([{ path: "x.md", localFiles }], at("made"), at("assets"));
      expect(diagnostics.map(({ code }) => code)).toEqual(["file-clash"]);
      expect(statSync(at(`assets${paths[0] ?? ""}`)).size).toBe(PNG.length);
    }
  });

  it("reports what it cannot serve", () => {
    put("a.png");
    put("b.png");
    const localFiles = [
      file("a.png", "/a.png"),
      file("b.png", "/a.png"),
      file("b.png", "/b.png", 30_000_000),
    ];
    const diagnostics = copyLocalFiles([{ path: "x.md", localFiles }], at("made"), at("assets"));
    expect(diagnostics.map(({ code }) => code)).toEqual(["file-clash", "file-too-large"]);
  });

  it("warns of a picture that phones would wait long for, and serves it", () => {
    put("a.jpg");
    const heavy = { ...file("a.jpg", "/a.jpg", 13_000_000), width: 3000, height: 3000 };
    const diagnostics = copyLocalFiles(
      [{ path: "x.md", localFiles: [heavy] }],
      at("made"),
      at("assets"),
    );
    expect(diagnostics.map(({ code, what }) => [code, what])).toEqual([
      ["picture-heavy", expect.stringContaining("13.0 MB")],
    ]);
    expect(existsSync(at("assets/a.jpg"))).toBe(true);
  });
});

describe("checkLocalFiles", () => {
  it("finds what copying finds, and copies nothing", () => {
    put("a.jpg");
    put("b.png");
    const localFiles = [
      { ...file("a.jpg", "/a.jpg", 13_000_000), width: 3000, height: 3000 },
      file("gone.png", "/gone.png"),
      file("b.png", "/a.jpg"),
      file("b.png", "/c.png", 30_000_000),
    ];
    const found = checkLocalFiles([{ path: "x.md", localFiles }], at("made"));
    expect(found.map(({ code }) => code)).toEqual([
      "file-clash",
      "file-too-large",
      "picture-heavy",
      "file-unreadable",
    ]);
    expect(existsSync(at("assets"))).toBe(false);
    expect(copyLocalFiles([{ path: "x.md", localFiles }], at("made"), at("assets"))).toEqual(found);
  });

  it("names files beyond the 20,000 that can be served, as errors", () => {
    put("a.png");
    const localFiles = Array.from({ length: 20_002 }, (_, index) =>
      file("a.png", `/${index}/a.png`),
    );
    const found = checkLocalFiles([{ path: "x.md", localFiles }], at("made"));
    expect(found.map(({ level, code }) => [level, code])).toEqual([
      ["error", "too-many-files"],
      ["error", "too-many-files"],
    ]);
  });
});
