import { describe, expect, inject, it } from "vitest";
import { listPath, sharePath } from "../../src/domain/links.ts";
import { ReleaseStore } from "../../src/store/release-store.ts";
import { ValueCache } from "../../src/store/value-cache.ts";
import { env } from "cloudflare:workers";
import { createApp } from "../../src/http/app.ts";
import type { Env } from "../../src/http/env.ts";
import { openSite } from "./open-site.ts";

const site = await openSite(inject("fixtures"));
const generated = await openSite(inject("generated"));

const LIGHTHOUSE = "/s/jht74skbm3";

describe("reading on", () => {
  it("leads to articles of the same category first, still with one read", async () => {
    const store = new ReleaseStore(
      generated.manifest,
      (env as unknown as Env).RELEASES,
      new ValueCache(1e9),
    );
    const busiest = generated.manifest
      .scopes()
      .filter(({ scope }) => scope.kind === "category")
      .toSorted((a, b) => b.count - a.count)[0];
    if (busiest === undefined) throw new Error("There is no category");
    const head = await store.head(busiest.scope);
    if (!head.ok || head.value === null) throw new Error("The category has no articles");
    let alike = 0;
    for (const { id } of head.value.newest) {
      const html = await (await generated.fetch(sharePath(id))).text();
      expect(generated.lastReads().keys).toHaveLength(1);
      const footer = html.slice(html.indexOf("<footer"), html.indexOf("</article>"));
      expect(footer).toContain(`href="${listPath(busiest.scope)}"`);
      for (const [, other = ""] of footer.matchAll(/href="\/s\/([^"]+)"/g)) {
        expect(other).not.toBe(id);
        const page = await (await generated.fetch(`/s/${other}`)).text();
        // Where few of the category are near, others of the day are there too (test/http/read-on.test.ts).
        if (page.includes(`class="kicker" href="${listPath(busiest.scope)}"`)) alike += 1;
      }
    }
    expect(alike).toBeGreaterThan(head.value.newest.length);
  });
});

describe("what a share page leads programs to", () => {
  it("is its QR code, as a picture of its own", async () => {
    const html = await (await site.fetch(LIGHTHOUSE)).text();
    const path = /<img src="(\/q\/[^"]+)"[^>]*loading="lazy"/.exec(html)?.[1] ?? "";
    const response = await site.fetch(path);
    expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "image/svg+xml"]);
    expect(await response.text()).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox=/);
    expect(site.lastReads().keys).toHaveLength(1);
  });

  it("is its oEmbed description", async () => {
    const html = await (await site.fetch(LIGHTHOUSE)).text();
    const path = /type="application\/json\+oembed" href="([^"]+)"/.exec(html)?.[1] ?? "";
    const response = await site.fetch(path);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      version: "1.0",
      type: "link",
      title: "江边灯塔修复完工 周末起免费开放",
      author_name: "陈一苇, 林晓",
      provider_name: "江城文摘",
      thumbnail_width: 1200,
    });
  });

  it.each([
    [`/oembed?url=${encodeURIComponent(`https://finews.example${LIGHTHOUSE}`)}`, 200],
    [`/oembed?url=${LIGHTHOUSE}&format=json&maxwidth=400`, 200],
    [`/oembed?url=${LIGHTHOUSE}&format=xml`, 501],
    ["/oembed?url=/s/0000000001", 404],
    ["/oembed?url=/s/0000000000", 410],
    ["/oembed?url=https://other.example/", 404],
    [`/oembed?url=https://other.example${LIGHTHOUSE}`, 404],
    [`/oembed?url=//other.example${LIGHTHOUSE}`, 404],
    [`/oembed?url=https://finews.example@other.example${LIGHTHOUSE}`, 404],
    [`/oembed?url=https://finews.example:8443${LIGHTHOUSE}`, 404],
    [`/oembed?url=ftp://finews.example${LIGHTHOUSE}`, 404],
    [`/oembed?url=http://finews.example${LIGHTHOUSE}`, 200],
    ["/oembed", 404],
    ["/q/nonsense.svg", 404],
    ["/q/JHT74SKBM3.svg", 404],
    ["/q/0000000001.svg", 404],
    ["/c/0000000001-0000000000000000.png", 404],
  ])("%s answers %i", async (path, status) => {
    expect((await site.fetch(path)).status).toBe(status);
  });
});

describe("an article as Markdown", () => {
  it("is named by its page, and names the page in turn", async () => {
    const page = await site.fetch(LIGHTHOUSE);
    const link = `<${LIGHTHOUSE}.md>; rel="alternate"; type="text/markdown"`;
    expect(page.headers.get("Link")).toBe(link);
    const response = await site.fetch(`${LIGHTHOUSE}.md`);
    expect(site.lastReads().keys).toHaveLength(1);
    expect([response.status, Object.fromEntries(response.headers)]).toMatchObject([
      200,
      {
        "content-type": "text/markdown; charset=utf-8; variant=GFM",
        link: `<https://finews.example${LIGHTHOUSE}>; rel="canonical"`,
        "x-robots-tag": "noindex",
        "access-control-allow-origin": "*",
        etag: page.headers.get("ETag"),
      },
    ]);
    const text = await response.text();
    expect(text).toMatch(/^---\ntitle: "江边灯塔修复完工 周末起免费开放"\ndate: "20/);
    expect(text).toContain(`\nurl: "https://finews.example${LIGHTHOUSE}"\n`);
    expect(text).toMatch(/\n---\n\n[^\n<]{5,}/);
  });

  it("answers 304 without a read while the article is the same", async () => {
    const { headers } = await site.fetch(`${LIGHTHOUSE}.md`);
    const again = await site.fetch(`${LIGHTHOUSE}.md`, {
      headers: { "If-None-Match": headers.get("ETag") ?? "" },
    });
    expect([again.status, site.lastReads().keys.length]).toEqual([304, 0]);
  });

  it.each([
    [`${LIGHTHOUSE.toUpperCase()}.MD`, 301, `${LIGHTHOUSE}.md`],
    [`${LIGHTHOUSE}.md/`, 301, `${LIGHTHOUSE}.md`],
    ["/s/0000000001.md", 404, null],
    ["/s/0000000000.md", 410, null],
    ["/s/.md", 404, null],
  ])("%s answers %i", async (path, status, location) => {
    const response = await site.fetch(path);
    expect([response.status, response.headers.get("Location")]).toEqual([status, location]);
  });
});

describe("/s/{id}/preview", () => {
  it("is there while one looks at the site locally, and only then", async () => {
    expect((await site.fetch(`${LIGHTHOUSE}/preview`)).status).toBe(404);
    const app = createApp(site.manifest);
    const bindings = { RELEASES: (env as unknown as Env).RELEASES, OFFPRINT_PREVIEWS: "1" };
    const response = await app.request(`https://finews.example${LIGHTHOUSE}/preview`, {}, bindings);
    expect(response.status).toBe(200);
    expect(response.headers.get("Cache-Control")).toBe("no-store");
    const html = await response.text();
    for (const name of ["微信", "WhatsApp", "Telegram"]) expect(html).toContain(`<h2>${name}</h2>`);
  });
});
