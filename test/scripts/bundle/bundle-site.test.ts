import { fakeIO } from "../fake-io.ts";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { BundledSite, BundledSources } from "../../../scripts/bundle/bundled-site.ts";
import { bundleSite } from "../../../scripts/bundle/bundle-site.ts";
import { readSettings } from "../../../scripts/config/settings.ts";

let root = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "offprint-bundle-"));
  mkdirSync(join(root, "_posts"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(name: string, header: string): void {
  writeFileSync(join(root, "_posts", name), `---\ntitle: a\n${header}---\nText.\n`);
}

async function bundle(settingLines = ""): Promise<BundledSources & BundledSite> {
  const toml = `[vars.SITE]\ntitle = "a"\nurl = "https://news.example"\nsources = ["_posts"]\ncards = 0\n${settingLines}[vars.SITE.renamed_categories]\nold = "new"\n`;
  const settings = readSettings(toml, "wrangler.toml", {});
  if (!settings.ok) throw new Error(JSON.stringify(settings.failure));
  const site = await bundleSite({
    root,
    settings: settings.value,
    assets: join(root, "build/assets"),
    cacheFolder: null,
    ignoresCache: false,
    io: fakeIO({ now: () => 2_000_000_000_000 }),
  });
  return { ...site, ...(await site.sources()) };
}

describe("bundleSite", () => {
  it("leads from where feeds and articles were before", async () => {
    write("2022-01-10-a.md", "redirect_from: [http://www.old.example/blog/x.html, /y]\n");
    const lines = `permalink = ["/:title/", "date"]\nformer_urls = ["https://old.example/blog"]\nfeed_path = ["/blog/atom.xml", "/news.rss", "/all.json", "/feed.xml"]\n`;
    const { articles, redirects } = await bundle(lines);
    const article = { kind: "article", id: articles[0]?.id };
    expect(Object.fromEntries(redirects)).toEqual({
      "/a": article,
      "/x": article,
      "/y": article,
      "/blog/atom.xml": { kind: "path", path: "/atom.xml" },
      "/news.rss": { kind: "path", path: "/feed.xml" },
      "/all.json": { kind: "path", path: "/feed.json" },
      "/category/old": { kind: "scope", scope: { kind: "category", name: "new" } },
    });
  });

  it("stores each old path once, however often and in whatever spellings it is claimed", async () => {
    write("2022-01-10-a.md", "redirect_from: [/x, /x/, /caf\u00E9, /caf%C3%A9/, /category/old/]\n");
    write("2022-01-11-b.md", "categories: new\nredirect_from: [/x/, /cafe\u0301, /y/]\n");
    writeFileSync(join(root, "removed.txt"), "/lost\n/lost/index.html\n");
    const { redirects, diagnostics } = await bundle();
    const [a, b] = (await bundle()).articles.map(({ id }) => ({ kind: "article", id }));
    expect(Object.fromEntries(redirects)).toEqual({
      "/x": a,
      "/caf\u00E9": a,
      "/y": b,
      "/lost": { kind: "gone" },
      "/category/old": { kind: "scope", scope: { kind: "category", name: "new" } },
    });
    expect(diagnostics.filter(({ code }) => code === "redirect-taken")).toMatchObject([
      {
        path: "_posts/2022-01-11-b.md",
        what: `The old path "/x/" leads to _posts/2022-01-10-a.md already`,
      },
      {
        path: "_posts/2022-01-11-b.md",
        what: `The old path "/caf\u00E9" leads to _posts/2022-01-10-a.md already`,
      },
    ]);
  });
});
