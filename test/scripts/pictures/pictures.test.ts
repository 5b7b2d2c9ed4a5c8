import { cpSync, readFileSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { FEED_FORMAT_NAMES } from "../../../src/domain/feed-format.ts";
import { renderFeed } from "../../../src/render/feed.ts";
import { renderSharePage } from "../../../src/render/share-page.ts";
import { SITE } from "../../render/sample-articles.ts";
import { SITE_FEED } from "../../render/sample-feeds.ts";
import { restoreArticle } from "../../../scripts/read/article/store-article.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { PICTURES, SECRET, noise, withPosition } from "./generated-pictures.ts";
import { pictureSite } from "./picture-site.ts";

const folder = temporaryFolder();
const at = (path: string): string => join(folder.path, path);

/** Encoding is slow where the machine is busy. */
const TIMEOUT_MILLISECONDS = 60_000;
const SMALL = { width: 500, height: 300 };

describe("pictures of articles", { timeout: TIMEOUT_MILLISECONDS }, () => {
  it("tell nowhere who took them, and where", async () => {
    const site = pictureSite(folder);
    const names = ["photo.jpg", "turned.jpg", "photo.png", "photo.webp", "photo.avif"];
    for (const name of [...names, "vector.svg"]) {
      site.put(`_posts/${name}`, (await PICTURES[name]?.()) ?? "");
    }
    const embedded = await withPosition(noise(SMALL)).jpeg().toBuffer();
    site.put(
      "_posts/embedded.svg",
      `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="data:image/jpeg;base64,${embedded.toString("base64")}"/></svg>`,
    );
    site.show("2022-01-10-a", [...names, "vector.svg", "embedded.svg"], "image: photo.jpg\n");
    const { html, served, articles: bundled } = await site.bundle();
    for (const name of names) {
      const original = readFileSync(at(`_posts/${name}`));
      expect((await sharp(original).metadata()).exif?.includes(SECRET), name).toBe(true);
    }
    expect(html.match(/<img /g)).toHaveLength(names.length + 2);
    const articles = bundled.map(restoreArticle);
    const shown = { site: SITE, categoryTitle: String, related: [], cardUrl: null };
    const documents = [
      ...FEED_FORMAT_NAMES.map((format) => renderFeed({ ...SITE_FEED, articles }, format)),
      ...articles.map((article) => renderSharePage({ ...shown, article })),
    ];
    expect(documents).toHaveLength(4);
    for (const document of documents) expect(Buffer.from(document).includes(SECRET)).toBe(false);
    for (const [path, bytes] of served) {
      expect(bytes.includes(SECRET), path).toBe(false);
      if (!/\.(?:jpg|png|gif|webp)$/.test(path)) continue;
      const { exif, iptc, xmp, icc, orientation } = await sharp(bytes).metadata();
      expect([exif, iptc, xmp, icc, orientation], path).toEqual(
        [1, 2, 3, 4, 5].map(() => undefined),
      );
    }
    const remade = [...served].find(([, bytes]) => bytes.includes("<image"))?.[1].toString() ?? "";
    const data = /base64,([^"]+)/.exec(remade)?.[1] ?? "";
    expect((await sharp(Buffer.from(data, "base64")).metadata()).exif).toBeUndefined();
  });

  it("are made once, also for a fresh checkout that has the cache", async () => {
    const site = pictureSite(folder);
    site.put("_posts/a.jpg", await noise(SMALL).jpeg().toBuffer());
    site.show("2022-01-10-a", ["a.jpg"]);
    const first = await site.bundle();
    expect(first.said).toEqual([expect.stringMatching(/^Made 1 picture anew in /)]);
    cpSync(at("_posts"), at("copy"), { recursive: true });
    rmSync(at("_posts"), { recursive: true });
    cpSync(at("copy"), at("_posts"), { recursive: true });
    rmSync(at("build/assets"), { recursive: true });
    const second = await site.bundle();
    expect(second.said).toEqual([]);
    expect(second.served).toEqual(first.served);
    expect(second.html).toBe(first.html);
  });

  it("are made again where the cache has lost a form of theirs", async () => {
    const site = pictureSite(folder);
    site.put("_posts/a.jpg", await noise(SMALL).jpeg().toBuffer());
    site.show("2022-01-10-a", ["a.jpg"]);
    const { served } = await site.bundle();
    const form = [...served.keys()].find((path) => path.endsWith(".480.webp")) ?? "";
    rmSync(at(`build/cache/pictures/${form.slice("/media/p/".length)}`));
    rmSync(at("build/assets"), { recursive: true });
    expect((await site.bundle()).served).toEqual(served);
  });

  it("get other names with other bytes, and articles that show them are read again", async () => {
    const site = pictureSite(folder);
    site.put("_posts/a.jpg", await noise(SMALL).jpeg().toBuffer());
    site.show("2022-01-10-a", ["a.jpg"]);
    const { html } = await site.bundle();
    site.put("_posts/a.jpg", await noise(SMALL).jpeg({ quality: 50 }).toBuffer());
    const changed = await site.bundle();
    expect(changed.html).not.toBe(html);
    expect(changed.served.has(addressIn(changed.html))).toBe(true);
    expect(changed.served.has(addressIn(html))).toBe(false);
  });

  it("that are lost take nothing else with them", async () => {
    const site = pictureSite(folder);
    const names = ["cut.jpg", "phone.heic", "empty.jpg", "bomb.png", "page.jpg"];
    for (const name of names) site.put(`_posts/${name}`, (await PICTURES[name]?.()) ?? "");
    site.put("_posts/a.jpg", await noise(SMALL).jpeg().toBuffer());
    site.show("2022-01-10-a", [...names, "gone.jpg", "a.jpg"]);
    const { html, site: bundled } = await site.bundle();
    expect(bundled.diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ["picture-cut-off", 6],
      ["picture-heic", 8],
      ["picture-broken", 10],
      ["picture-too-large", 12],
      ["picture-broken", 14],
      ["file-missing", 16],
    ]);
    expect(
      html.match(/<img [^>]*alt="(?<name>[^"]+)"/g)?.map((tag) => /alt="([^"]+)/.exec(tag)?.[1]),
    ).toEqual(["cut.jpg", "gone.jpg", "a.jpg"]);
    for (const name of names.slice(1)) expect(html).toContain(`<p>${name}</p>`);
  });

  it("are found at the addresses that they had before, made anew", async () => {
    const site = pictureSite(folder);
    site.put("img/a.jpg", await withPosition(noise(SMALL)).jpeg().toBuffer());
    site.put("img/b.webp", await noise(SMALL).webp().toBuffer());
    site.show("2022-01-10-a", ["/img/a.jpg", "/img/b.webp"]);
    const { html, served } = await site.bundle();
    expect(served.get("/img/a.jpg")).toEqual(served.get(addressIn(html)));
    // What it has become is of another kind than the address says.
    expect(served.has("/img/b.webp")).toBe(false);
  });

  it("show to previews of links as JPEG of at most 300 KB", async () => {
    const site = pictureSite(folder);
    site.put(
      "_posts/a.jpg",
      await noise({ width: 2000, height: 1000, sigma: 60 }).jpeg().toBuffer(),
    );
    site.show("2022-01-10-a", ["a.jpg"]);
    const { articles, served } = await site.bundle();
    const [article] = articles;
    expect(article?.image).toMatchObject({ type: "image/jpeg", width: 1600, height: 800 });
    const { length } = served.get(new URL(article?.image?.url ?? "").pathname) ?? {
      length: Infinity,
    };
    expect(length).toBeLessThanOrEqual(300_000);
    expect(article === undefined ? null : restoreArticle(article).image?.length).toBeNull();
  });

  it("forgets what it knows of originals where that is damaged, and makes nothing twice", async () => {
    const site = pictureSite(folder);
    site.put("_posts/a.jpg", await noise(SMALL).jpeg().toBuffer());
    site.show("2022-01-10-a", ["a.jpg"]);
    const { served } = await site.bundle();
    truncateSync(at("build/cache/pictures/state.json"), 10);
    const again = await site.bundle();
    expect([again.said, again.served]).toEqual([[], served]);
  });
});

function addressIn(html: string): string {
  return new URL(/<img src="([^"]+)"/.exec(html)?.[1] ?? "").pathname;
}
