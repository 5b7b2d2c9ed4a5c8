import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { outcome } from "../outcome.ts";
import { PublishedFolder } from "../published-folder.ts";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQI12P4z8AAAAMBAQAY3Y2wAAAAAElFTkSuQmCC",
  "base64",
);
const HEADER = "---\ntitle: 报告\ndate: 2024-03-01 08:00:00 +0800\n---\n\n";
const HARBOUR = `${HEADER.replace("03-01", "02-29")}港口开了。\n`;

/** Folders in them are those of the repository. */
/** Without pages as files, which only the deploy makes that puts a release live. */
const SETTINGS = `static_pages = 0
collections = ["notes"]
permalinks = { old_post = "/old/:title/" }
languages = { old_post = "en" }
id_prefix = { old_post = "old" }`;

/** Articles with files of each kind beside them, above them and in the site's folder, by their paths in a repository. */
const REPOSITORIES = {
  "a folder of articles": {
    sources: [""],
    files: {
      "2024/2024-03-01-report.md": `${HEADER}![](plan.png) [全文](全文.pdf) ![](scan.bmp) <audio src="../talk.mp3"></audio> [前一篇](../2024-02-29-harbour.md)\n`,
      "2024/plan.png": PNG,
      "2024/全文.pdf": "%PDF-1",
      "2024/scan.bmp": "BM",
      "talk.mp3": "sound",
      "2024-02-29-harbour.md": HARBOUR,
    },
  },
  "folders of a Jekyll site": {
    sources: ["_posts", "old_post", "blog/_posts"],
    files: {
      "_config.yml": "title: 报\n",
      "_posts/2024-03-01-report.md": `${HEADER}![](plan.bmp) [图](../img/a.pdf) ![](/img/b.png) {% link old_post/archive.md %}\n`,
      "_posts/plan.bmp": "BM new",
      "old_post/2024-03-01-report.md": `${HEADER.replace("08:00", "09:00")}旧的。\n`,
      "old_post/archive.md": `${HEADER}![](plan.bmp) [图](../img/a.pdf)\n`,
      "old_post/plan.bmp": "BM old",
      "blog/_posts/2024-02-29-harbour.md": `${HARBOUR}![](plan.bmp)\n`,
      "blog/_posts/plan.bmp": "BM blog",
      "img/a.pdf": "%PDF-1",
      "img/b.png": PNG,
    },
  },
  "a Jekyll site": {
    sources: [""],
    files: {
      "_config.yml": "title: 报\n",
      "_posts/2024-03-01-report.md": `${HEADER}[图](../img/a.pdf) ![](plan.bmp) {% link _notes/report.md %}\n`,
      "_posts/plan.bmp": "BM",
      "_notes/report.md": HARBOUR,
      "img/a.pdf": "%PDF-1",
    },
  },
} as const;

/** Where else a repository can lie: its folder, relative to the site's, and its name in the settings. */
const LAYOUTS: Readonly<Record<string, (site: PublishedFolder) => readonly [string, string]>> = {
  "beside the site": ({ folder }) => [
    `../${basename(folder)}-finews`,
    `../${basename(folder)}-finews`,
  ],
  "checked out into the site": () => ["ci/checkout", "./ci/checkout/"],
  "at an absolute path": ({ folder }) => [`../${basename(folder)}-finews`, `${folder}-finews`],
  "behind a link": ({ folder }) => {
    symlinkSync(`${folder}-finews`, join(folder, "linked"));
    return [`../${basename(folder)}-finews`, "linked"];
  },
};

const sites: PublishedFolder[] = [];
afterEach(() => {
  for (const site of sites.splice(0)) {
    rmSync(`${site.folder}-finews`, { recursive: true, force: true });
    site.close();
  }
});

function layOut(
  site: PublishedFolder,
  { sources, files }: (typeof REPOSITORIES)[keyof typeof REPOSITORIES],
  place: (site: PublishedFolder) => readonly [string, string],
): PublishedFolder {
  sites.push(site);
  const [folder, name] = place(site);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(site.folder, folder, path)), { recursive: true });
    site.write(join(folder, path), content);
  }
  const named = sources.map((source) => (source === "" ? name : `${name}/${source}`));
  site.configure(/^sources = .*$/m, `sources = ${JSON.stringify(named)}\n${SETTINGS}`);
  return site;
}

function assetsOf({ folder }: PublishedFolder): ReadonlyMap<string, string> {
  const assets = join(folder, "build/deploy/assets");
  const entries = readdirSync(assets, { recursive: true, withFileTypes: true });
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(assets.length), readFileSync(file, "base64")] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

describe.each(Object.entries(REPOSITORIES))("%s", (_name, repository) => {
  it("makes the same release and the same files wherever it is checked out", async () => {
    const site = PublishedFolder.open();
    rmSync(join(site.folder, "articles"), { recursive: true });
    mkdirSync(join(site.folder, "articles"));
    const clones = Object.entries(LAYOUTS).map(([name, place]) => ({
      name,
      place,
      clone: site.clone(),
    }));
    const first = await layOut(site, repository, () => ["finews", "finews"]).deploy();
    expect(first).toMatchObject(outcome(0, " is live"));
    expect(first.output).not.toContain("warning");
    const assets = assetsOf(site);
    for (const { name, place, clone } of clones) {
      const { exitCode, output } = await layOut(clone, repository, place).deploy();
      const nothing: unknown = expect.stringContaining("Nothing to deploy");
      expect([name, assetsOf(clone), exitCode, output]).toEqual([name, assets, 0, nothing]);
    }
    const files = [...assets.keys()].filter((path) => path.startsWith("/media/"));
    expect(files.length).toBeGreaterThan(1);
  });
});
