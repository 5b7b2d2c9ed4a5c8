import { execFileSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { findErringArticles } from "../../../scripts/publish/erring-articles.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { temporaryFolder } from "../../temporary-folder.ts";

const folder = temporaryFolder();

it("knows an article by its file, though it cannot be read as one", async () => {
  const root = folder.path;
  await mkdir(join(root, "news/2022"), { recursive: true });
  const files = {
    "news/2022/2022-01-10-harbour.md": "---\ntitle: [\n---\n",
    "news/named.md": '---\ntitle: [\nid: "harbour-2"\n---\n',
    "news/coded.md":
      "---\ntitle: [\n---\n<NewsShare.html?infoCode=NW202201100000000735>, 202201110000000001\n",
    "news/fine.md": "---\ntitle: a\nid: fine\n---\n",
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
  const diagnostic = { what: "", advice: "", code: "yaml-invalid" };
  const diagnostics = Object.keys(files).map((path) => ({
    ...diagnostic,
    path,
    line: 2,
    level: path === "news/fine.md" ? ("warning" as const) : ("error" as const),
  }));
  const found = await findErringArticles(root, ["news/"], diagnostics, new Map());
  const place = (name: string, day: number | null): string | undefined =>
    found.get(shareIdOf({ name, day }));
  expect(place("2022/2022-01-10-harbour", 19_002)).toBe("news/2022/2022-01-10-harbour.md:2");
  expect(place("harbour-2", null)).toBe("news/named.md:2");
  expect(place("NW202201100000000735", 19_002)).toBe("news/coded.md:2");
  expect(place("fine", null)).toBeUndefined();
});

it("opens neither pipes nor links to what is hidden", async () => {
  const root = folder.path;
  await mkdir(join(root, "news"), { recursive: true });
  await writeFile(join(root, ".hidden"), "id: told\n");
  await symlink("../.hidden", join(root, "news/link.md"));
  execFileSync("mkfifo", [join(root, "news/pipe.md")]);
  const paths = ["news/link.md", "news/pipe.md"];
  const fault = { what: "", advice: "", code: "link-refused", line: 1, level: "error" } as const;
  const diagnostics = paths.map((path) => ({ ...fault, path }));
  const found = await findErringArticles(root, ["news"], diagnostics, new Map());
  expect(found.get(shareIdOf({ name: "link", day: null }))).toBe("news/link.md:1");
  expect(found.get(shareIdOf({ name: "told", day: null }))).toBeUndefined();
});
