import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { restoreArticle } from "../../../scripts/read/article/store-article.ts";
import { USUAL_MEDIA } from "../../../scripts/read/body/links/media-settings.ts";
import { readFolder } from "../../read-folder.ts";
import { SITE } from "../../render/sample-articles.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { render } from "./body/render.ts";

const folder = temporaryFolder();
const NOW_SECONDS = 1_800_000_000;

/** The addresses of pictures and films, and what is said of them. */
function shown(source: string, httpsHosts: readonly string[] = []): readonly (readonly string[])[] {
  const media = { ...USUAL_MEDIA, httpsHosts: new Set(httpsHosts) };
  const { html, diagnostics } = render(source, { media });
  return [
    Array.from(html.matchAll(/ (?:src|poster)="([^"]+)"/g), ([, address = ""]) => address),
    diagnostics.map(({ code }) => code),
  ];
}

describe("a picture by http", () => {
  it.each([
    ["of a host in the list", "http://wx1.sinaimg.cn/a.jpg", "https://wx1.sinaimg.cn/a.jpg"],
    ["of a host in the settings", "http://a.news.example/a.jpg", "https://a.news.example/a.jpg"],
    ["in other capitals", "HTTP://A.News.Example/A.jpg", "https://a.news.example/A.jpg"],
  ])("%s is asked for by https", (_name, written, address) => {
    expect(shown(`文\n\n![](${written})`, ["news.example"])).toEqual([[address], []]);
  });

  it.each([
    "http://b.example/a.jpg",
    "http://news.example:8080/a.jpg",
    "http://xnews.example/a.jpg",
  ])("is reported where its host is not known: %s", (written) => {
    expect(shown(`文\n\n![](${written})`, ["news.example"])).toEqual([
      [written],
      ["media-insecure"],
    ]);
  });

  it("is no other than a film, and its cover", () => {
    const film = '<video src="http://news.example/a.mp4" poster="http://b.example/a.jpg"></video>';
    expect(shown(`文\n\n${film}`, ["news.example"])).toEqual([
      ["https://news.example/a.mp4", "http://b.example/a.jpg"],
      ["media-insecure"],
    ]);
  });

  it("is asked for by https where another article names its host so, until none does", async () => {
    const write = (name: string, picture: string): void => {
      const text = `---\ntitle: ${name}\n---\n文\n\n![](${picture})\n`;
      writeFileSync(join(folder.path, `2022-01-10-${name}.md`), text);
    };
    const read = async (): Promise<readonly [html: string, codes: readonly string[]]> => {
      const report = await readFolder(folder.path, SITE, ["."], NOW_SECONDS);
      const old = report.articles.find(({ title }) => title === "old");
      const body = old === undefined ? "" : String(Buffer.from(restoreArticle(old).body));
      return [/src="([^"]+)"/.exec(body)?.[1] ?? "", report.diagnostics.map(({ code }) => code)];
    };
    write("old", "http://img.example/a.jpg");
    write("new", "https://img.example/b.jpg");
    expect(await read()).toEqual(["https://img.example/a.jpg", []]);
    write("new", "https://other.example/b.jpg");
    expect(await read()).toEqual(["http://img.example/a.jpg", ["media-insecure"]]);
  });
});

describe("the referrer policy of a picture", () => {
  it.each([
    ["https://img.example/a.jpg", "origin"],
    ["https://a.img.example/a.jpg", "origin"],
    ["https://b.img.example/a.jpg", "same-origin"],
    ["https://other.example/a.jpg", "no-referrer"],
  ])("of %s is %s", (address, policy) => {
    const referrers = new Map([
      ["img.example", "origin"],
      ["b.img.example", "same-origin"],
    ]);
    const { html } = render(`![](${address})`, { media: { ...USUAL_MEDIA, referrers } });
    expect(html).toContain(`referrerpolicy="${policy}"`);
  });
});
