import { MARKDOWN } from "../../../markdown-options.ts";
import type { FindLocalFile } from "../../../../scripts/read/files/local-file.ts";
import { failed, ok } from "../../../../src/domain/result.ts";
import { describe, expect, it } from "vitest";
import { formatRfc3339 } from "../../../../src/domain/moment.ts";
import { identityOfCode } from "../../../../src/domain/identity.ts";
import { shareIdOf } from "../../../../src/domain/share-id.ts";
import type { ParsedArticle, ReadOutcome } from "../../../../scripts/read/article/read-article.ts";
import { readArticle } from "../../../../scripts/read/article/read-article.ts";
import { usualAddresses } from "../../../usual-addresses.ts";
import { PLAIN_FOLDER } from "../../../../scripts/read/files/find-articles.ts";

const CONTEXT = {
  site: { url: "https://news.example", language: "zh-CN", timeZone: "Asia/Shanghai" },
  splitNames: true,
  markdown: MARKDOWN,
  addresses: usualAddresses(),
  nowEpochSeconds: Date.parse("2022-06-01T00:00:00Z") / 1000,
  findLocalFile: () => failed({ reason: "missing" } as const),
};

const CODE_FILE = "2022-01-10-NW202201102241157038.md";
const NEWS = `---
layout: post
title: "送服务送政策"
date: 2022-01-10 07:35:33 +0800
categories: shamenribao
tags: 厦门日报新闻
---
<p>7日上午，活动在图书馆举行，两百多名学生到场。</p><p class="em_media">（文章来源：厦门日报）</p>

<http://finews.example.org/html_News/NewsShare.html?infoCode=NW202201102241157038>

[返回厦门日报新闻](//finews.example.com/category/shamenribao.html)｜[返回首页](//finews.example.com/)`;

function read(source: string | Uint8Array, pathInSource = CODE_FILE): ReadOutcome {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  const found = {
    file: `/site/posts/${pathInSource}`,
    path: `posts/${pathInSource}`,
    source: "/site/posts",
    pathInSource,
    folder: PLAIN_FOLDER,
  };
  return readArticle(bytes, found, CONTEXT);
}

function articleOf(source: string | Uint8Array, pathInSource = CODE_FILE): ParsedArticle {
  const outcome = read(source, pathInSource);
  if (outcome.kind === "article") return outcome.article;
  throw new Error(`Skipped: ${JSON.stringify(outcome)}`);
}

/** Whether the file stays, and what was said about it. */
function verdictOf(source: string | Uint8Array, pathInSource = CODE_FILE): readonly string[] {
  const outcome = read(source, pathInSource);
  const fate = outcome.kind === "article" ? "article" : outcome.why.reason;
  return [fate, ...outcome.diagnostics.map(({ level, code, line }) => `${level} ${code} ${line}`)];
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

describe("readArticle", () => {
  it("skips what is longer than a book, embedded pictures apart", () => {
    const picture = `![](data:image/gif;base64,R0lGODlhAQABAIAA${"A".repeat(1_100_000)})`;
    const header = "---\ntitle: a\n---\n";
    expect(verdictOf(`${header}Text.\n\n${picture}`)).toEqual(["article"]);
    expect(verdictOf(`${header}${"Text. ".repeat(200_000)}`)).toEqual([
      "error",
      "error too-long 1",
    ]);
  });

  it("reads a newspaper's article whole", () => {
    const { body, published, ...rest } = articleOf(NEWS);
    expect(formatRfc3339(published)).toBe("2022-01-10T07:35:33+08:00");
    expect(decoder.decode(body)).toContain("<p>7日上午，活动在图书馆举行，两百多名学生到场。</p>");
    expect(decoder.decode(body)).not.toContain("返回首页");
    expect(rest).toMatchObject({
      id: shareIdOf(identityOfCode("NW202201102241157038")),
      title: "送服务送政策",
      updated: null,
      categories: ["shamenribao"],
      tags: ["厦门日报新闻"],
      language: null,
      source: "厦门日报",
      image: null,
      path: `posts/${CODE_FILE}`,
      identity: { name: "NW202201102241157038", day: 19_002 },
      redirects: [],
      localFiles: [],
      mediaHosts: { secure: [], insecure: [], upgraded: [] },
    });
    expect(rest.summary).toMatch(/^7日上午/);
    expect(verdictOf(NEWS)).toEqual(["article"]);
  });

  it("reads a file with byte order mark and CRLF as one without", () => {
    const windows = `\uFEFF${NEWS.replaceAll("\n", "\r\n")}`;
    expect(articleOf(windows)).toEqual(articleOf(NEWS));
  });

  it("reads an HTML file without Markdown", () => {
    const article = articleOf("---\ntitle: a\n---\n<p>*not emphasis*</p>\n", "2022-01-10-a.html");
    expect(decoder.decode(article.body)).toBe("<p>*not emphasis*</p>");
  });

  it("takes the lead for a title where there is no other", () => {
    const untitled = NEWS.replace("送服务送政策", "");
    expect(articleOf(untitled).title).toBe("7日上午，活动在图书馆举行，两百多名学生到场。");
    expect(verdictOf(untitled)).toEqual(["article", "warning title-missing 3"]);
  });

  it("prefers what the front matter says of people, summary and image", () => {
    const header = `author: Ada\nexcerpt: Short.\nimage: https://cdn.example/a.png`;
    const article = articleOf(NEWS.replace("layout: post", header));
    expect(article).toMatchObject({ authors: ["Ada"], summary: "Short." });
    expect(article.image?.url).toBe("https://cdn.example/a.png");
  });

  it.each([
    ["published: false", ["unpublished"]],
    ["draft: yes", ["draft"]],
    ["date: 2022-07-01", ["future"]],
    ["date: nonsense", ["error", "error date-invalid 3"]],
    ["categories: .", ["error", "error name-impossible 3"]],
    ["tags: [", ["error", "error yaml-invalid 3"]],
    ["tags: a\ntags: b", ["article", "warning yaml-duplicate-key 4"]],
  ])("judges a header with %j", (line, verdict) => {
    expect(verdictOf(`---\ntitle: a\n${line}\n---\nText.\n`, "2022-01-10-a.md")).toEqual(verdict);
  });

  it("says when a future article is due", () => {
    const outcome = read("---\ntitle: a\ndate: 2022-07-01 08:00 +0800\n---\nText.\n");
    expect(outcome).toMatchObject({ why: { reason: "future", due: { offsetMinutes: 480 } } });
  });

  it("asks no date of a draft", () => {
    expect(verdictOf("---\ntitle: a\n---\nText.\n", "_drafts/a.md")).toEqual(["draft"]);
  });

  it.each([
    ["README.md", ["no-front-matter", "warning skipped 1"]],
    ["_TEMPLATE.md", ["template", "warning skipped 1"]],
    [
      "2022-01-10-no-yaml.md",
      ["article", "warning front-matter-missing 1", "warning title-missing 1"],
    ],
  ])("judges %s without front matter", (pathInSource, verdict) => {
    expect(verdictOf("Some text.\n", pathInSource)).toEqual(verdict);
  });

  it.each([
    ["a front matter without end", "---\ntitle: a\nText.\n", "error front-matter-unclosed 1"],
    ["a page without date", "---\ntitle: a\n---\nText.\n", "error date-missing 2"],
  ])("refuses %s", (_case, source, diagnostic) => {
    expect(verdictOf(source, "about.md")).toEqual(["error", diagnostic]);
  });

  // Written with Python's codecs: `text.encode("gb18030")`.
  it.each([
    ["gb18030", "cfc3c3c5cad0d7f2ccecb7a2b2bcc1cbd0c2b5c4d5feb2df", "厦门市昨"],
    ["big5", "bb4fa55fa5abac46a9b2ac51a4d1abc5a5aca446b773aabaac46b5a6", "臺北市政"],
    ["shift_jis", "938c8b9e937382cd905682b582a290ad8df482f094ad955c82b582dc82b582bd", "東京都は"],
    ["euc-jp", "c5ecb5fec5d4a4cfbfb7a4b7a4a4c0afbaf6a4f2c8afc9bda4b7a4dea4b7a4bf", "東京都は"],
    [
      "euc-kr",
      "bcadbfefbdc3b4c220beeec1a620bbf5b7cebfee20c1a4c3a5c0bb20b9dfc7a5c7dfb4d9",
      "서울시는",
    ],
  ])("refuses %s, and says how to convert it without harm", (name, hex, beginning) => {
    const outcome = read(
      new Uint8Array([...encoder.encode("---\ntitle: "), ...Buffer.from(hex, "hex"), 0x0a]),
    );
    expect(outcome.diagnostics).toMatchObject([
      { level: "error", path: `posts/${CODE_FILE}`, line: 2, code: "not-utf8" },
    ]);
    const [only] = outcome.diagnostics;
    expect(only?.what).toContain(`it looks like ${name}, in which it begins “${beginning}`);
    expect(only?.advice).toContain(`iconv -f ${name} -t utf-8 on it into a new file`);
  });

  it.each([
    ["caf\u00E9 in Latin-1", [0x63, 0x61, 0x66, 0xe9], "The file is not UTF-8"],
    ["UTF-16", [0xff, 0xfe, 0x2d, 0x00], "The file is UTF-16"],
    [
      "UTF-8 that was cut",
      [...new TextEncoder().encode("厦门市昨天发布了新的政策。"), 0xe4, 0xb8],
      "The file is UTF-8, but for one place from this line on",
    ],
  ])("names no encoding where it is %s", (_case, bytes, what) => {
    const [diagnostic] = read(new Uint8Array(bytes)).diagnostics;
    expect(diagnostic?.what).toBe(what);
    expect(diagnostic?.advice).not.toContain("iconv");
  });

  it("says of a pointer of Git LFS how to get the article", () => {
    const pointer =
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n";
    const outcome = read(pointer);
    expect(outcome.diagnostics).toMatchObject([
      { code: "lfs-pointer", advice: "run git lfs pull (in CI, check out with LFS)" },
    ]);
  });

  it.each([
    ["nothing", ""],
    ["blanks", " \n\n"],
  ])("serves no file of an article's name with %s in it", (_, source) => {
    expect(verdictOf(source, "2022-01-10-a.md")).toEqual(["error", "error file-empty 1"]);
    expect(verdictOf(source, "notes.md")).toEqual(["no-front-matter", "warning skipped 1"]);
  });

  it("says which date of a file name no calendar has", () => {
    const outcome = read("---\ntitle: a\n---\nText.\n", "2022-02-30-a.md");
    expect(outcome.diagnostics[0]?.what).toContain('no such day as the "2022-02-30"');
  });

  it("warns of an article without text", () => {
    expect(verdictOf("---\ntitle: a\n---\n\n", "2022-01-10-a.md")).toEqual([
      "article",
      "warning body-empty 4",
    ]);
  });

  it("passes on what is wrong with the body, with the file's lines", () => {
    const outcome = read("---\ntitle: a\n---\n\nText {{ site.secret }} text.\n", "2022-01-10-a.md");
    expect(outcome.diagnostics.map(({ line }) => line)).toEqual([5]);
  });
});

it("decodes the references of a header once, also where its text names the title", () => {
  const written = "25&deg;C &amp;deg; &frac12;";
  const header = ["title", "author", "description", "tag"].map((key) => `${key}: "${written}"`);
  const image = `image: {path: "https://a.example/b.jpg", alt: "${written}"}`;
  const article = articleOf(
    `---\ndate: 2022-01-10\n${header.join("\n")}\n${image}\n---\n{{ page.title }}\n\n<p>${written}</p>`,
  );
  const text = "25°C &deg; ½";
  expect(article).toMatchObject({
    title: text,
    authors: [text],
    summary: text,
    tags: [text],
    image: { alt: text },
  });
  const html = "<p>25°C &amp;deg; ½</p>";
  const picture = `<p><img src="https://a.example/b.jpg" alt="25°C &amp;deg; ½" fetchpriority="high" decoding="async" referrerpolicy="no-referrer" /></p>`;
  expect(decoder.decode(article.body)).toBe(`${picture}\n${html}\n${html}`);
});

describe("an article's language", () => {
  const ARABIC = "عاد سوق السمك القديم إلى العمل صباح أمس بعد عامين";

  it.each([
    ["lang: zh-CN", null],
    ["lang: fa", "fa"],
    ["layout: post", "ar"],
  ])("is what %j says, else guessed where it runs against the site's", (header, language) => {
    const source = `---\ntitle: 市\ndate: 2022-01-10\n${header}\n---\n<p>${ARABIC}</p>`;
    expect(articleOf(source).language).toBe(language);
  });
});

describe("an article's picture", () => {
  it("is left out with a warning where it may not be published", () => {
    const refusal = { reason: "refused", why: "ignored", target: "private/a.png" } as const;
    const bytes = new TextEncoder().encode(
      "---\ntitle: 甲\ndate: 2022-01-10\nimage: a.png\n---\n\n正文。\n",
    );
    const found = {
      file: "/site/a.md",
      path: "a.md",
      source: "/site",
      pathInSource: "a.md",
      folder: PLAIN_FOLDER,
    };
    const findLocalFile = (): ReturnType<FindLocalFile> => failed(refusal);
    const outcome = readArticle(bytes, found, { ...CONTEXT, findLocalFile });
    expect(outcome.kind === "article" ? outcome.article.image : outcome).toBeNull();
    expect(outcome.diagnostics.map(({ code, line, what }) => [code, line, what])).toEqual([
      [
        "file-refused",
        4,
        `The front matter's image is not served: it leads to "private/a.png", which git ignores`,
      ],
    ]);
  });

  it("is left out with a warning where the file holds none", () => {
    const file = "/site/a.png";
    const picture = { blob: "", formerPath: "/a.png", widths: [], fault: "broken" } as const;
    const broken = { file, publicPath: "/a.png", bytes: 0, width: null, height: null, picture };
    const bytes = new TextEncoder().encode(
      "---\ntitle: 甲\ndate: 2022-01-10\nimage: a.png\n---\n\n正文。\n",
    );
    const found = {
      file: "/site/a.md",
      path: "a.md",
      source: "/site",
      pathInSource: "a.md",
      folder: PLAIN_FOLDER,
    };
    const outcome = readArticle(bytes, found, { ...CONTEXT, findLocalFile: () => ok(broken) });
    expect(outcome.kind === "article" ? outcome.article.image : outcome).toBeNull();
    expect(outcome.diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ["picture-broken", 4],
    ]);
  });
});

describe("an article's identity", () => {
  const source = "---\ntitle: a\n---\nText.\n";

  it("is its path, where it has no code", () => {
    expect(articleOf(source, "x/2022-01-10-a.md").identity).toEqual({
      name: "x/2022-01-10-a",
      day: 19_002,
    });
  });

  it("is the code of its share link, where its name has none", () => {
    const identity = { name: "NW202201102241157038", day: 19_002 };
    expect(articleOf(NEWS, "some-news.md").identity).toEqual(identity);
  });

  it("is the code of its name, where the link has another", () => {
    const pathInSource = "2022-01-11-NW202201110000000001.md";
    const { identity, redirects } = articleOf(NEWS, pathInSource);
    expect(identity.name).toBe("NW202201110000000001");
    expect(redirects).toEqual([`/s/${shareIdOf(identityOfCode("NW202201102241157038"))}`]);
    expect(verdictOf(NEWS, pathInSource)).toEqual(["article", "warning codes-differ 10"]);
  });
});

describe("an article's old addresses", () => {
  function redirectsOf(header: string, pathInSource: string): readonly string[] {
    const article = articleOf(`---\ntitle: a\n${header}---\nText.\n`, pathInSource);
    return [...article.redirects, ...article.guessedRedirects.map((path) => `perhaps ${path}`)];
  }

  it.each([
    ["", "2022-01-10-a-b.md"],
    ["categories: [News, x y]\n", "2022-01-10-a-b.md"],
    // Jekyll read the time as UTC and showed the next day; the address is still computed.
    ["date: 2022-01-10 20:00:00\n", "2022-01-10-a-b.md"],
    ["categories: x\ndate: 2022-01-10 07:35:33 +0800\n", CODE_FILE],
  ])("are not kept where they can be computed: %j in %s", (header, pathInSource) => {
    expect(redirectsOf(header, pathInSource)).toEqual([]);
  });

  it.each([
    ["", "x/2022-01-10-a-b.md", ["/2022/01/10/a-b.html"]],
    ["categories: [News, x]\n", "2022-01-10-a #b.md", ["/news/x/2022/01/10/a-b.html"]],
    [
      "date: 2022-03-01 20:00:00\n",
      "2022-01-10-a.md",
      ["perhaps /2022/03/02/a.html", "perhaps /2022/03/01/a.html"],
    ],
    ["permalink: /:title/\n", "2022-01-10-a.md", ["/a/"]],
    ["permalink: /%E5%8E%A6/x\n", "2022-01-10-a.md", ["/厦/x"]],
    ["permalink: /\n", "2022-01-10-a.md", []],
    [
      "redirect_from: [/old/, 'https://news.example/b?x#y', c.html]\n",
      "2022-01-10-a.md",
      ["/old/", "/c.html"],
    ],
    // Each once as it is stored: all spellings that show one page are one path.
    [
      "redirect_from: [/old, /old/, /%6Fld, /caf\u00E9/, /cafe\u0301, /Old, /old.html, /old/index.html]\n",
      "2022-01-10-a.md",
      ["/old", "/caf\u00E9/", "/Old"],
    ],
    ["permalink: //\n", "2022-01-10-a.md", []],
    ["permalink: '/%2F['\n", "2022-01-10-a.md", ["//["]],
    [`permalink: "/${":title".repeat(400)}"\n`, "2022-01-10-abcdef.md", []],
  ])("are kept where they cannot: %j in %s", (header, pathInSource, redirects) => {
    expect(redirectsOf(header, pathInSource)).toEqual(redirects);
  });

  it("are kept with the share page from before an explicit id", () => {
    expect(redirectsOf("id: mine\n", "2022-01-10-a.md")).toEqual([
      "/2022/01/10/a.html",
      `/s/${articleOf("---\ntitle: a\n---\nText.\n", "2022-01-10-a.md").id}`,
    ]);
  });

  it("are reported where they are no paths of the site", () => {
    const header = "title: a\nredirect_from:\n- https://other.example/x\n- /?p=562\n";
    expect(verdictOf(`---\n${header}---\nText.\n`, "2022-01-10-a.md")).toEqual([
      "article",
      "warning redirect-impossible 3",
      "warning redirect-impossible 3",
    ]);
  });

  it.each([
    ["permalink: /feed.xml", true],
    ["permalink: /Sitemap.xml/", true],
    ["permalink: /category/city/atom.xml", true],
    ["redirect_from: /s/xyz", true],
    ["redirect_from: /q/0123456789.svg", true],
    ["redirect_from: /%68ealthz", true],
    ["redirect_from: /sitemap-2022-01.xml", true],
    ["redirect_from: /s/0123456789", false],
    ["redirect_from: /category/city", false],
    ["permalink: /about/feed", false],
    ["permalink: /robots.txt.html", false],
  ])("are reported where the site itself answers: %s (%s)", (line, isReported) => {
    const verdict = verdictOf(`---\ntitle: a\n${line}\n---\nText.\n`, "2022-01-10-a.md");
    expect(verdict).toEqual(isReported ? ["article", "warning redirect-shadowed 3"] : ["article"]);
  });
});
