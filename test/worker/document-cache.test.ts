import { describe, expect, inject, it } from "vitest";
import { feedPath, listPath } from "../../src/domain/links.ts";
import { SITE_SCOPE } from "../../src/domain/scope.ts";
import { openSite } from "./open-site.ts";

const site = await openSite(inject("generated"));

const scopes = site.manifest.scopes().filter(({ prerendered }) => prerendered === null);
const category = scopes.find(({ scope }) => scope.kind === "category")?.scope ?? SITE_SCOPE;
const tag = scopes.find(({ scope }) => scope.kind === "tag")?.scope ?? SITE_SCOPE;
const home = await (await site.fetch("/")).text();
const articles = [...home.matchAll(/href="(\/s\/[\da-z]+)"/g)].map(([, path = ""]) => path);
const [article = "", other = ""] = articles;

const GZIP = { headers: { "Accept-Encoding": "gzip" } };

async function answer(response: Response) {
  const headers = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: await response.text() };
}

describe("a document that an isolate has made", () => {
  it.each([
    ["an article", article],
    ["the site", "/"],
    ["a category", listPath(category)],
    ["a tag", listPath(tag)],
    ["a category's feed", feedPath(category, "rss")],
    ["a tag's feed", feedPath(tag, "json")],
  ])("is sent again as it was, without a read: %s", async (_, path) => {
    const fetch = site.openIsolate();
    const first = await answer(await fetch(path, GZIP));
    expect([first.status, site.lastReads().keys.length > 0]).toEqual([200, true]);
    const again = await answer(await fetch(path, GZIP));
    expect(site.lastReads().keys).toEqual([]);
    expect(again).toEqual(first);
  });

  it("is sent to a client that takes no gzip as a new isolate would send it", async () => {
    const path = feedPath(tag, "atom");
    const fetch = site.openIsolate();
    await (await fetch(path, GZIP)).arrayBuffer();
    const plain = await answer(await fetch(path));
    expect(site.lastReads().keys).toEqual([]);
    expect(plain).toEqual(await answer(await site.fetch(path)));
  });

  it("still answers 304, and is taken for no other", async () => {
    const fetch = site.openIsolate();
    const first = await fetch(article);
    const tagOfFirst = first.headers.get("ETag") ?? "";
    await first.arrayBuffer();
    expect((await fetch(article, { headers: { "If-None-Match": tagOfFirst } })).status).toBe(304);
    const text = await (await fetch(other)).text();
    expect(text).toBe(await (await site.fetch(other)).text());
    expect(text).toContain(other);
  });

  it("leaves addresses with another spelling or page to themselves", async () => {
    const fetch = site.openIsolate();
    const path = listPath(category);
    await (await fetch(path)).arrayBuffer();
    expect((await fetch(`${path}/`)).status).toBe(301);
    expect((await fetch(`${path}?page=1999-01`)).status).toBe(404);
  });
});
