import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseFeed } from "feedsmith";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningSite } from "./running-site.ts";
import { startSite } from "./running-site.ts";

const FIXTURES = join(import.meta.dirname, "../fixtures/articles");
const LIGHTHOUSE = "/s/jht74skbm3";
/** Generous: the machine may be busy. How long it really takes is for the benchmark to say. */
const RELOAD_PATIENCE_MILLISECONDS = 120_000;
/** Between visits: without it they take the processor from what makes the site anew. */
const VISIT_MILLISECONDS = 20;

/** A WAV file of so many seconds, of 8,000 samples of two bytes each. */
function silence(seconds: number): Buffer {
  const wav = Buffer.alloc(44 + seconds * 16_000);
  wav.write("RIFF");
  wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16_000, 28);
  wav.write("data", 36);
  wav.writeUInt32LE(seconds * 16_000, 40);
  return wav;
}

describe("npm start", () => {
  /** Outside the checkout, as a Jekyll repository beside it would be. */
  const source = mkdtempSync(join(tmpdir(), "offprint-articles-"));
  const lighthouseFile = join(source, "2022-01-10-NW202201100000000001.md");
  cpSync(FIXTURES, source, { recursive: true });
  const lighthouse = readFileSync(lighthouseFile, "utf8");
  let site: RunningSite;

  beforeAll(async () => {
    writeFileSync(
      join(source, "2022-02-02-talk.md"),
      "---\ntitle: 夜谈\ndate: 2022-02-02 08:00:00 +0800\ncategories: talk\naudio: talk.wav\n---\n\n第一集。\n",
    );
    writeFileSync(join(source, "talk.wav"), silence(600));
    site = await startSite({ OFFPRINT_SOURCES: source });
  });

  afterAll(async () => {
    await site.stop();
    rmSync(source, { recursive: true, force: true });
  });

  it("serves a feed that names the place where one looks", async () => {
    const response = await site.fetch("/category/jiangchengribao/feed.xml");
    const { format, feed } = parseFeed(await response.text());
    expect([response.status, format]).toEqual([200, "rss"]);
    const [newest, oldest] = (feed as { items: { title: string; link: string }[] }).items;
    expect(newest?.title).toBe("夏夜里的“流动书摊”");
    expect(oldest?.link).toBe(`${site.origin}${LIGHTHOUSE}`);
  });

  it("serves the article that a feed links to, without the old navigation", async () => {
    const response = await site.fetch(LIGHTHOUSE);
    const page = await response.text();
    expect(response.status).toBe(200);
    expect(page).toContain("9日清晨，停工十一年的江边灯塔重新亮灯。");
    expect(page).not.toContain("返回首页");
  });

  it("serves parts of a recording beside an article, so that players can seek", async () => {
    const feed = await (await site.fetch("/category/talk/feed.xml")).text();
    const url = /<enclosure url="([^"]+)" length="9600044"/.exec(feed)?.[1] ?? "";
    expect(feed).toContain("<itunes:duration>600</itunes:duration>");
    const part = await site.fetch(url, { headers: { Range: "bytes=9600000-" } });
    expect([part.status, part.headers.get("Content-Range")]).toEqual([
      206,
      "bytes 9600000-9600043/9600044",
    ]);
    expect((await part.arrayBuffer()).byteLength).toBe(44);
    const head = await site.fetch(url, { method: "HEAD" });
    expect(head.headers.get("Content-Length")).toBe("9600044");
  });

  it("leads from old addresses to it", async () => {
    const response = await site.fetch("/html_News/NewsShare.html?infoCode=NW202201100000000001");
    expect([response.status, response.headers.get("Location")]).toEqual([301, LIGHTHOUSE]);
  });

  it("shows an edited article, in every edit of a row, and fails no request meanwhile", async () => {
    const failed: string[] = [];
    const edits = new AbortController();
    const visitor = (async (): Promise<void> => {
      while (!edits.signal.aborted) {
        for (const path of ["/", LIGHTHOUSE, "/feed.xml", "/tag/C%2B%2B/atom.xml"]) {
          const status = await site.fetch(path).then(async (response) => {
            await response.arrayBuffer();
            return response.status;
          }, String);
          if (status !== 200) failed.push(`${path} ${status}`);
        }
        await sleep(VISIT_MILLISECONDS);
      }
    })();
    for (let edit = 1; edit <= 3; edit += 1) {
      const title = `第${edit}次更正`;
      writeFileSync(lighthouseFile, lighthouse.replace("江边灯塔修复完工", title));
      await site.waitFor(LIGHTHOUSE, (page) => page.includes(title), RELOAD_PATIENCE_MILLISECONDS);
    }
    edits.abort();
    await visitor;
    expect(failed).toEqual([]);
  });

  it("names a broken article and goes on with the others", async () => {
    writeFileSync(
      join(source, "2024-03-01-broken.md"),
      "---\ntitle: 坏了\ncategories: [\n---\n\n坏了\n",
    );
    writeFileSync(lighthouseFile, lighthouse.replace("江边灯塔修复完工", "坏稿之后"));
    await site.waitFor(
      LIGHTHOUSE,
      (page) => page.includes("坏稿之后"),
      RELOAD_PATIENCE_MILLISECONDS,
    );
    expect(site.output()).toMatch(/2024-03-01-broken\.md:\d+: error: /);
  });
});
