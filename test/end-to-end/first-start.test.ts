import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningSite } from "./running-site.ts";
import { makeCheckout, startSite } from "./running-site.ts";

/** An article of the sample, with a photograph. */
const FERRY = "articles/2026-11-21-澜江摆渡人.md";
const CARD = /\/c\/[\da-f]{12}-[\da-f]{16}\.png/;
const FOLLOWS = "what takes long follows";
/** Generous: the machine may be busy. */
const PATIENCE_MILLISECONDS = 180_000;

/** Where a page is of the article with a headline, and the page itself. */
async function pageOf(site: RunningSite, title: string): Promise<{ path: string; page: string }> {
  const feed = await (await site.fetch("/feed.json")).text();
  const { items } = JSON.parse(feed) as { items: { url: string; title: string }[] };
  const url = items.find((item) => item.title === title)?.url ?? "";
  const path = new URL(url, site.origin).pathname;
  return { path, page: await (await site.fetch(path)).text() };
}

/** The addresses of all pictures that a page names, also for previews of a link to it. */
function picturesOf(page: string): readonly string[] {
  const shown = [...page.matchAll(/(?:src|srcset)="([^"]+)"/g)].flatMap(([, found = ""]) =>
    found.split(", ").map((part) => part.split(" ")[0] ?? ""),
  );
  const previewed = [...page.matchAll(/<meta property="og:image" content="([^"]+)">/g)];
  return [...shown, ...previewed.map(([, found = ""]) => found)];
}

async function bytesAt(site: RunningSite, address: string): Promise<Buffer> {
  const response = await site.fetch(address, { redirect: "follow" });
  expect([address, response.status]).toEqual([address, 200]);
  return Buffer.from(await response.arrayBuffer());
}

describe("a first npm start", () => {
  const folder = makeCheckout();
  let site: RunningSite;
  let title: string;

  beforeAll(async () => {
    title = /^title: "(.*)"$/m.exec(readFileSync(join(folder, FERRY), "utf8"))?.[1] ?? "";
    // Its header promises a picture, of which nothing can be made.
    const png = readFileSync(join(folder, "articles/images/bookshop.png")).subarray(0, 64);
    writeFileSync(join(folder, "articles/images/torn.png"), png);
    const article =
      "---\ntitle: Torn\ndate: 2026-11-22\n---\n\n![A torn picture](images/torn.png)\n";
    writeFileSync(join(folder, "articles/2026-11-22-torn.md"), article);
    site = await startSite({}, folder);
  });

  afterAll(async () => {
    await site.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it("serves pictures as they are, and names no picture that is not there", async () => {
    const { page } = await pageOf(site, title);
    const pictures = picturesOf(page);
    expect(pictures.length).toBeGreaterThan(3);
    const images = join(folder, "articles/images");
    const originals = readdirSync(images).map((name) => readFileSync(join(images, name)));
    for (const address of pictures) {
      const bytes = await bytesAt(site, address);
      const isOriginal = originals.some((original) => original.equals(bytes));
      expect([address, isOriginal]).toEqual([address, address.includes("/media/p/")]);
    }
    expect(site.output()).not.toContain("Made ");
  });

  it("shows an edit meanwhile, without waiting for what follows", async () => {
    const { path } = await pageOf(site, title);
    const article = readFileSync(join(folder, FERRY), "utf8");
    writeFileSync(join(folder, FERRY), article.replace(title, "Edited"));
    await site.waitFor(path, (page) => page.includes("Edited"), PATIENCE_MILLISECONDS);
    expect(site.output()).toContain(FOLLOWS);
  });

  it("makes pictures and share cards then, as a bundle has them", async () => {
    await site.waitFor("/", (page) => CARD.test(page), PATIENCE_MILLISECONDS);
    const { page } = await pageOf(site, "Edited");
    for (const address of picturesOf(page)) await bytesAt(site, address);
    const webp = picturesOf(page).find((address) => address.endsWith(".webp")) ?? "";
    const response = await site.fetch(webp);
    expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "image/webp"]);
    expect(response.headers.get("Cache-Control")).toContain("immutable");
    expect(site.output()).toContain(FOLLOWS);
    expect(site.output()).toMatch(/2026-11-22-torn\.md:\d+: warning: .*torn\.png/);
  });

  it("goes on the next time with what was stopped", async () => {
    await site.stop();
    rmSync(join(folder, "build"), { recursive: true });
    site = await startSite({}, folder);
    expect(site.output()).not.toContain("Made ");
    await site.stop();
    site = await startSite({}, folder);
    await site.waitFor("/", (page) => CARD.test(page), PATIENCE_MILLISECONDS);
  });
});
