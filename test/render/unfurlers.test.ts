import { getPreviewFromContent } from "link-preview-js";
import metascraper from "metascraper";
import metascraperDescription from "metascraper-description";
import metascraperImage from "metascraper-image";
import metascraperPublisher from "metascraper-publisher";
import metascraperTitle from "metascraper-title";
import openGraphScraper from "open-graph-scraper";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { unfurl } from "unfurl.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { restoreArticle } from "../../scripts/read/article/store-article.ts";
import { readFolder } from "../read-folder.ts";
import { SITE } from "./sample-articles.ts";
import { SAMPLE_PAGES, sharePage } from "./sample-pages.ts";

/* What chats show of a link, read by programs that others wrote: all of them must read the same. */

type Text = string | undefined;
type Shown = readonly [title: Text, description: Text, image: Text, site: Text];

const decoder = new TextDecoder();
const scrape = metascraper([
  metascraperTitle(),
  metascraperDescription(),
  metascraperImage(),
  metascraperPublisher(),
]);

/** 2027-01-01, so that all samples but the one that is still to come are out. */
const NOW_SECONDS = 1_798_761_600;
const ROOT = join(import.meta.dirname, "../..");
const { articles } = await readFolder(ROOT, SITE, ["articles"], NOW_SECONDS);

/** Every kind of page, and the share page of every sample article. */
const PAGES: Readonly<Record<string, Uint8Array>> = {
  ...Object.fromEntries(
    Object.entries(SAMPLE_PAGES).filter(([name]) => !/^(?:error|preview)/.test(name)),
  ),
  ...Object.fromEntries(
    articles.map((article) => [`s/${article.id}`, sharePage(restoreArticle(article))]),
  ),
};

/** Serves the pages, for the program that fetches by itself. */
const server = createServer((request, response) => {
  response
    .setHeader("Content-Type", "text/html; charset=utf-8")
    .end(PAGES[request.url?.slice(1) ?? ""]);
});
let origin = "";

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.close();
});

const UNFURLERS: Readonly<Record<string, (name: string, html: string) => Promise<Shown>>> = {
  async "open-graph-scraper"(_, html) {
    const { result } = await openGraphScraper({ html });
    const { ogTitle, ogDescription, ogImage, ogSiteName } = result;
    return [ogTitle, ogDescription, ogImage?.[0]?.url, ogSiteName];
  },
  async "unfurl.js"(name) {
    const { open_graph: graph } = await unfurl(`${origin}/${name}`);
    return [graph?.title, graph?.description, graph?.images?.[0]?.url, graph?.site_name];
  },
  async metascraper(name, html) {
    const { title, description, image, publisher } = await scrape({
      html,
      url: `${origin}/${name}`,
    });
    return [title, description, image ?? undefined, publisher];
  },
  async "link-preview-js"(name, html) {
    const preview = await getPreviewFromContent({
      headers: { "content-type": "text/html; charset=utf-8" },
      data: html,
      url: `https://wandu.example/${name}`,
    });
    if (!("title" in preview)) throw new Error("It found no page");
    return [preview.title, preview.description, preview.images[0], preview.siteName];
  },
};

/** What a page's own tags say, read with the plainest means. */
function written(html: string): Shown {
  const property = (name: string): string | undefined =>
    new RegExp(`<meta property="${name}" content="([^"]*)">`)
      .exec(html)?.[1]
      ?.replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&quot;", '"')
      .replaceAll("&#39;", "'")
      .replaceAll("&amp;", "&");
  return [
    property("og:title"),
    property("og:description"),
    property("og:image"),
    property("og:site_name"),
  ];
}

describe.each(Object.entries(UNFURLERS))("%s", (_, read) => {
  it.each(Object.entries(PAGES))(
    "reads title, description, picture and site of %s",
    async (name, page) => {
      const html = decoder.decode(page);
      const expected = written(html);
      expect(expected[0]).toBeDefined();
      expect(await read(name, html)).toEqual(expected);
    },
  );
});
