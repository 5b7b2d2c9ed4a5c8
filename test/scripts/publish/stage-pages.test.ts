import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newestThatFit } from "../../../scripts/publish/stage-pages.ts";
import type { ArticleHeader } from "../../../src/domain/article.ts";
import { identityOfFile } from "../../../src/domain/identity.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import { outcome } from "../outcome.ts";
import { PublishedFolder, article } from "../published-folder.ts";

const LIGHTHOUSE_FILE = "articles/2022-01-10-NW202201100000000001.md";
const LIGHTHOUSE = "/s/jht74skbm3";
/** Articles whose pages differ in more than their words. */
const KINDS = {
  "2026-11-21-rtl.md": `---\ntitle: البحر\nlang: ar\n---\n\nكان البحر هادئا هذا الصباح.\n`,
  "2026-11-21-picture.md": `---\ntitle: 图片\n---\n\n| 表 | 格 |\n|---|---|\n| 一 | 二 |\n\n![海](https://a.example/sea.jpg)\n`,
  "2026-11-21-sound.md": `---\ntitle: 声音\naudio: https://a.example/sea.mp3\ntags: [海]\n---\n\n海浪。\n`,
};

/** As many articles of one day. */
function articles(count: number): readonly Pick<ArticleHeader, "id" | "published">[] {
  return Array.from({ length: count }, (_, index) => ({
    id: shareIdOf(identityOfFile(`2026-11-20-${index}`, null, null)),
    published: { epochSeconds: 1_796_000_000 - index, offsetMinutes: 480 },
  }));
}

let site: PublishedFolder;

beforeEach(() => {
  site = PublishedFolder.open();
});

afterEach(() => {
  site.close();
});

/** The share pages that the live version has as files. */
function pages(): readonly string[] {
  const files = site.cloudflare.liveVersion?.assets.files ?? new Map<string, Buffer>();
  return [...files.keys()].filter((path) => path.startsWith("/s/"));
}

/** An answer but for what Static Assets and the Worker may each say. */
async function answer(address: string): Promise<object> {
  const response = await site.fetch(address);
  const headers = new Map(response.headers);
  headers.delete("etag");
  headers.delete("cf-cache-status");
  return { status: response.status, headers: [...headers], text: await response.text() };
}

const answers = async (addresses: readonly string[]): Promise<readonly object[]> =>
  Promise.all(addresses.map(answer));

describe("how many share pages become files", () => {
  it.each([
    { has: 10, wanted: 5, others: 0, newest: 5 },
    { has: 3, wanted: 5, others: 0, newest: 3 },
    { has: 10, wanted: 5, others: 19_998, newest: 2 },
    { has: 10, wanted: 20_000, others: 20_000, newest: 0 },
    { has: 10, wanted: 5, others: 20_001, newest: 0 },
    { has: 10, wanted: 0, others: 0, newest: 0 },
  ])("$newest of $has, where $wanted are wanted beside $others files", (example) => {
    const { has, wanted, others, newest } = example;
    const all = articles(has);
    expect(newestThatFit(all.toReversed(), wanted, others)).toEqual(all.slice(0, newest));
  });
});

describe("share pages as files", () => {
  it("are what the Worker answers, headers included, on the site's own host and on others", async () => {
    for (const [name, text] of Object.entries(KINDS)) site.write(`articles/${name}`, text);
    await site.deployed();
    const paths = pages();
    expect(paths).toHaveLength(7);
    const elsewhere = paths.map((path) => `https://paper.example${path}`);
    site.cloudflare.domains.set("paper.example", site.cloudflare.latestWorker);
    const files = await answers([...paths, ...elsewhere]);
    expect(files.filter((file) => JSON.stringify(file).includes('"noindex"'))).toHaveLength(7);

    site.configure("cards = 0", "cards = 0\nstatic_pages = 0");
    await site.deployed();
    site.cloudflare.domains.set("paper.example", site.cloudflare.latestWorker);
    expect(pages()).toEqual([]);
    expect(await answers([...paths, ...elsewhere])).toEqual(files);
  });

  it("keep search engines out where the settings do", async () => {
    site.configure("cards = 0", "cards = 0\nindexed = false");
    await site.deployed();
    const { headers } = await site.fetch(LIGHTHOUSE);
    expect([headers.get("CF-Cache-Status"), headers.get("X-Robots-Tag")]).toEqual([
      "MISS",
      "noindex",
    ]);
  });

  it("are the newest, and no more than there is room for", async () => {
    site.configure("cards = 0", "cards = 0\nstatic_pages = 2");
    expect(await site.deploy()).toMatchObject(
      outcome(0, "2 newest share pages as files of Static Assets, 2 of them new or changed\n"),
    );
    expect(pages()).toHaveLength(2);
    expect(site.isFile(LIGHTHOUSE)).toBe(false);
    expect(await site.status(LIGHTHOUSE)).toBe(200);
  });

  it("are uploaded where they changed, and made only for the switch", async () => {
    await site.deployed();
    const before = await answers(pages());
    expect(await site.deploy()).toMatchObject(outcome(0, /^Nothing to deploy/m));
    site.write("articles/2026-11-20-news.md", article("新闻", "2026-11-20"));
    const dry = await site.deploy({ isDryRun: true });
    expect(dry.output).not.toContain("files of Static Assets");
    const { size } = site.cloudflare.assets.files;
    const { output } = await site.deploy();
    const changed = site.cloudflare.assets.files.size - size;
    expect(output).toContain(`${changed} of them new or changed`);
    const known = new Set(before.map((page) => JSON.stringify(page)));
    const after = await answers(pages());
    expect(after).toHaveLength(5);
    expect(after.filter((page) => !known.has(JSON.stringify(page)))).toHaveLength(changed);
  });

  it("have the same bytes from a checkout that has never deployed", async () => {
    await site.deployed();
    const { size } = site.cloudflare.assets.files;
    const other = site.clone();
    try {
      other.write(
        "wrangler.toml",
        other.read("wrangler.toml").replace("cards = 0", "cards = 0\nindexed = false"),
      );
      await other.deployed();
      expect(site.cloudflare.assets.files.size).toBe(size);
      expect(pages()).toHaveLength(4);
    } finally {
      other.close();
    }
  });

  it("are withdrawn with their article, and return with a rollback", async () => {
    await site.deployed();
    const before = site.live;
    expect(site.isFile(LIGHTHOUSE)).toBe(true);
    site.remove(LIGHTHOUSE_FILE);
    site.write("removed.txt", `${LIGHTHOUSE}\n`);
    await site.deployed();
    expect(site.isFile(LIGHTHOUSE)).toBe(false);
    expect(await site.status(LIGHTHOUSE)).toBe(410);
    await site.release("rollback", [before], { yes: true, mayReturn: true });
    expect(site.live).toBe(before);
    expect(site.isFile(LIGHTHOUSE)).toBe(true);
  });
});
