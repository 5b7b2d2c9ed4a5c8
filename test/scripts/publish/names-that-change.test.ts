import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { outcome } from "../outcome.ts";
import { PublishedFolder } from "../published-folder.ts";

const FORMATS = ["feed.xml", "atom.xml", "feed.json"] as const;
const FERRY = "articles/2026-11-20-ferry.md";
const MARKET = "articles/2026-11-21-market.md";

let site: PublishedFolder;

beforeEach(() => {
  site = PublishedFolder.open();
});

afterEach(() => {
  site.close();
});

/** Writes an article whose title is the name of its file. */
function write(file: string, categories: string, more = ""): void {
  const [, title = ""] = /(\w+)\.md$/.exec(file) ?? [];
  const day = /\d{4}-\d{2}-\d{2}/.exec(file)?.[0] ?? "";
  site.write(
    file,
    `---\ntitle: ${title}\ndate: ${day} 08:00:00 +0800\ncategories: ${categories}\n${more}---\n\nAll about the ${title}.\n`,
  );
}

/** Adds settings to `[vars.SITE]`, in place of the titles there. */
function set(lines: string): void {
  site.configure(/^category_titles = .*$/m, "");
  site.configure(/^time_zone = .*$/m, `$&\n${lines}`);
}

const entriesOf = (document: string): readonly string[] => [
  ...new Set(document.match(/tag:[^<"]*\/s\/\w+/g)),
];

async function entries(path: string): Promise<readonly string[]> {
  return entriesOf(await site.text(path));
}

async function location(path: string): Promise<string> {
  const response = await site.fetch(path);
  return `${response.status} ${response.headers.get("Location") ?? ""}`.trim();
}

describe("a category that lost its last article", () => {
  it("has empty feeds in all formats, pages, validators and combinations, and is in no list", async () => {
    write(FERRY, "river");
    write(MARKET, "trade");
    await site.deployed();
    expect(await site.text("/feeds.opml")).toContain("/category/river/");
    const full = await site.fetch("/category/river/feed.xml");
    site.remove(FERRY);
    write(FERRY, "trade");
    const { output } = await site.deploy();
    expect(output).toMatch(/categories without articles from now on: "river"; their feeds stay/);

    for (const format of FORMATS) {
      const path = `/category/river/${format}`;
      const feed = await site.fetch(path);
      const [tag, changed] = [feed.headers.get("ETag"), feed.headers.get("Last-Modified")];
      expect([path, feed.status, await entries(path)]).toEqual([path, 200, []]);
      expect(feed.headers.get("Link")).toContain(path);
      expect(tag).not.toBe(full.headers.get("ETag"));
      for (const headers of [
        { "If-None-Match": tag ?? "" },
        { "If-Modified-Since": changed ?? "" },
      ]) {
        expect((await site.fetch(path, { headers })).status).toBe(304);
      }
      const head = await site.fetch(path, { method: "HEAD" });
      expect([head.status, [...head.headers]]).toEqual([200, [...feed.headers]]);
      expect(await location(`${path}?page=2026-11`)).toBe(`301 ${path}`);
      expect(await location(`${path}?page=x`)).toBe("404");
      expect(await location(`/category/RIVER/${format}`)).toBe(`301 ${path}`);
      // A combination shows what its other categories have.
      const pair = `/${format}?category=river&category=trade`;
      expect(await entries(pair)).toEqual(await entries(`/category/trade/${format}`));
      expect(await site.status(`/${format}?category=nowhere&category=river`)).toBe(200);
      expect(await site.status(`/category/nowhere/${format}`)).toBe(404);
    }
    expect(await site.status("/category/river")).toBe(200);
    expect(await location("/category/river?page=2026-11")).toBe("301 /category/river");
    const people = { headers: { "Sec-Fetch-Dest": "document", Accept: "text/html" } };
    expect((await site.fetch("/category/river/feed", people)).status).toBe(200);
    for (const list of ["/feeds.opml", "/", "/sitemap.xml", "/sitemap-2026-11.xml"]) {
      expect(await site.text(list)).not.toContain("/category/river");
    }
  });

  it("keeps its feeds and their moment of change through all deploys to come, and fills them again", async () => {
    write(FERRY, "river");
    await site.deployed();
    const full = await entries("/category/river/feed.xml");
    write(FERRY, "trade");
    await site.deployed();
    const headers = async (): Promise<readonly (string | null)[]> => {
      const { headers: sent } = await site.fetch("/category/river/feed.xml");
      return [sent.get("ETag"), sent.get("Last-Modified")];
    };
    const before = await headers();
    for (const day of ["22", "23", "24"]) {
      write(`articles/2026-11-${day}-other.md`, "trade");
      await site.deployed();
    }
    expect(await headers()).toEqual(before);
    expect((await site.deploy()).output).toContain("Nothing to deploy");
    write(FERRY, "river");
    await site.deployed();
    expect(await entries("/category/river/feed.xml")).toEqual(full);
  });

  it("is gone where removed.txt says so, and is there again after a rollback", async () => {
    write(FERRY, "river");
    write(MARKET, "trade");
    await site.deployed();
    const first = site.live;
    write(FERRY, "trade");
    await site.deployed();
    site.write("removed.txt", "/category/river\n");
    await site.deployed();
    expect(await site.status("/category/river/feed.xml")).toBe(410);
    expect(await site.status("/category/river")).toBe(410);
    write(MARKET, "trade", "last_modified_at: 2026-11-21 09:00\n");
    await site.deployed();
    expect(await site.status("/category/river/feed.xml")).toBe(410);
    expect(await site.release("rollback", [first], { mayReturn: true })).toMatchObject({
      exitCode: 0,
    });
    expect(await entries("/category/river/feed.xml")).toHaveLength(1);
  });

  it("leads to itself in other capitals, where those have the articles now", async () => {
    write(FERRY, "River");
    await site.deployed();
    write(FERRY, "river");
    await site.deployed();
    expect(await location("/category/River/feed.xml")).toBe("301 /category/river/feed.xml");
  });
});

describe("a category that only the settings name", () => {
  it("has empty feeds from the first release on, with its title", async () => {
    set('category_titles = { river = "江上" }');
    write(FERRY, "trade");
    await site.deployed();
    for (const format of FORMATS) {
      expect(await site.text(`/category/river/${format}`)).toContain("江上");
      expect(await entries(`/category/river/${format}`)).toEqual([]);
    }
    expect(await site.text("/feeds.opml")).not.toContain("/category/river");
    // A title is content: another one is another release.
    site.configure("江上", "江边");
    await site.deployed();
    expect(await site.text("/category/river/feed.xml")).toContain("江边");
  });

  it("is no other category where only its capitals differ", async () => {
    set('category_titles = { River = "江上" }');
    write(FERRY, "river");
    await site.deployed();
    expect(await location("/category/River/feed.xml")).toBe("301 /category/river/feed.xml");
  });
});

describe("a renamed category", () => {
  it("has the articles that still carry an old name, in whatever capitals, each once", async () => {
    set(
      'permalink = "/:categories/:title/"\nrenamed_categories = { brook = "stream", stream = "river" }',
    );
    write(FERRY, "brook", "tags: brook\n");
    write(MARKET, "[STREAM, river, trade]");
    const { output } = await site.deploy();
    expect(output).toContain('The category "brook" is "river" now, as renamed_categories says');
    expect(await entries("/category/river/feed.xml")).toHaveLength(2);
    expect(await entries("/feed.xml?category=river&category=trade")).toHaveLength(2);
    for (const old of ["brook", "Brook", "stream", "STREAM", "stream.html"]) {
      expect([old, await location(`/category/${old}/feed.xml`)]).toEqual([
        old,
        "301 /category/river/feed.xml",
      ]);
    }
    expect(await location("/category/brook.html")).toBe("301 /category/river");
    expect(await location("/categories/brook/")).toBe("301 /category/river");
    expect(await location("/feed/stream.xml")).toBe("301 /category/river/atom.xml");
    expect(await location("/atom.xml?category=brook&category=trade")).toBe(
      "301 /atom.xml?category=river&category=trade",
    );
    expect(await entries("/tag/brook/feed.xml")).toHaveLength(1);
    expect(await site.text("/feeds.opml")).not.toContain("/category/brook");
    // The address that the article had on the Jekyll site was made of the old name.
    expect(await location("/brook/ferry/")).toMatch(/^301 \/s\/\w+$/);
    expect(await location("/river/ferry/")).toBe("404");
  });

  it("changes no entry, and shows no reader of either category one twice", async () => {
    write(FERRY, "brook");
    write(MARKET, "river");
    await site.deployed();
    const before = await entries("/feed.xml");
    const both = await entries("/feed.xml?category=brook&category=river");
    set('renamed_categories = { brook = "river" }');
    await site.deployed();
    expect(await entries("/category/river/feed.xml")).toEqual(both);
    expect(await entries("/feed.xml")).toEqual(before);
  });

  it("is taken back without a question, since the old name has its articles again", async () => {
    set('renamed_categories = { brook = "river" }');
    write(FERRY, "brook");
    await site.deployed();
    site.configure(/^renamed_categories = .*$/m, "");
    await site.deployed();
    expect(await entries("/category/brook/feed.xml")).toHaveLength(1);
    expect(await entries("/category/river/feed.xml")).toHaveLength(0);
  });

  it("leads to a new name that no article has yet, and that keeps the old one's title", async () => {
    set('renamed_categories = { brook = "river" }\ncategory_titles = { brook = "江上" }');
    write(FERRY, "trade");
    await site.deployed();
    expect(await location("/category/brook/feed.json")).toBe("301 /category/river/feed.json");
    expect(await site.text("/category/river/feed.json")).toContain("江上");
  });

  it("is renamed in whatever capitals the settings give it a title", async () => {
    set('renamed_categories = { brook = "river" }\ncategory_titles = { BROOK = "江上" }');
    write(FERRY, "Brook");
    await site.deployed();
    expect(await location("/category/BROOK/feed.json")).toBe("301 /category/river/feed.json");
    expect(await site.text("/category/river/feed.json")).toContain("江上");
  });

  it.each(['{ a = "b", b = "a" }', '{ a = "B", b = "A" }', '{ a = "a" }', '{ "" = "a" }'])(
    "is refused in %s",
    async (table) => {
      set(`renamed_categories = ${table}`);
      expect(await site.deploy()).toMatchObject(outcome(2, /"renamed_categories"/));
    },
  );
});

const TEXT = `${"The ferry did not leave before noon, and nobody on the quay complained. ".repeat(4)}It rained.`;
const OTHER_TEXT = `${"Prices of cabbages fell again on Monday, as traders had expected them to do. ".repeat(4)}So it was.`;

/** The text of a file. */
function articleOf(title: string, date: string, text: string, more = ""): string {
  return `---\ntitle: ${title}\ndate: ${date} 08:00:00 +0800\ncategories: river\n${more}---\n\n${text}\n`;
}

describe("an article whose file was renamed", () => {
  it.each([
    ["with its title and text", "No ferry", "2026-11-20", TEXT],
    ["with another title", "The ferry is late", "2026-11-20", TEXT],
    [
      "with another date and a corrected text",
      "No ferry",
      "2026-11-22",
      TEXT.replace("noon", "one"),
    ],
  ])(
    "is found %s, and keeps link and entry with the line that the deploy names",
    async (_, title, date, text) => {
      site.write(FERRY, articleOf("No ferry", "2026-11-20", TEXT));
      write(MARKET, "trade");
      await site.deployed();
      const before = await entries("/category/river/feed.xml");
      site.remove(FERRY);
      const file = `articles/${date}-quay.md`;
      site.write(file, articleOf(title, date, text));
      write("articles/2026-11-23-other.md", "river");
      const { exitCode, output } = await site.deploy();
      const [, line = ""] =
        /it is (?:articles\/\S+) now\? Then add to its front matter: (id: \S+)/.exec(output) ?? [];
      expect(output).toContain(`it is ${file} now?`);
      expect(exitCode).not.toBe(0);
      site.write(file, articleOf(title, date, text, `${line}\n`));
      site.remove("articles/2026-11-23-other.md");
      await site.deployed();
      expect(await entries("/category/river/feed.xml")).toEqual(before);
      expect(await site.status(line.slice("id: ".length))).toBe(200);
      // The address of the Jekyll site leads there, too: the old one and the one that the file has now.
      expect(await location("/river/2026/11/20/ferry.html")).toBe(
        `301 ${line.slice("id: ".length)}`,
      );
      expect(await location(`/${date.replaceAll("-", "/")}/quay.html`)).toBe(
        `301 ${line.slice("id: ".length)}`,
      );
    },
  );

  it("keeps its old addresses where its id stays, without being asked about them", async () => {
    write(FERRY, "river", "id: ferry\n");
    await site.deployed();
    const before = await entries("/category/river/feed.xml");
    const page = await location("/river/2026/11/20/ferry.html");
    site.remove(FERRY);
    write("articles/2026-11-20-quay.md", "[river, trade]", "id: ferry\n");
    expect(await site.deploy()).toMatchObject(
      outcome(0, / old addresses lead on to articles whose files were moved/),
    );
    write(MARKET, "trade");
    await site.deployed();
    for (const old of ["/river/2026/11/20/ferry.html", "/2026/11/20/quay.html"]) {
      expect([old, await location(old)]).toEqual([old, page]);
    }
    expect(await entries("/category/river/feed.xml")).toEqual(before);
  });

  it("is found by its id where the new name of its file has another day", async () => {
    site.write(FERRY, articleOf("No ferry", "2026-11-20", TEXT, "id: ferry\n"));
    await site.deployed();
    const [entry = ""] = await entries("/category/river/feed.xml");
    site.remove(FERRY);
    site.write(MARKET, articleOf("Cheap cabbages", "2026-11-21", OTHER_TEXT, "id: ferry\n"));
    expect((await site.deploy()).output).toContain(
      `it is ${MARKET} now? Then add to its front matter: id: ${entry.slice(entry.indexOf("/s/"))}`,
    );
  });

  it("is reported too where its link leads on or may break, since readers get it as new", async () => {
    site.write(FERRY, articleOf("No ferry", "2026-11-20", TEXT));
    await site.deployed();
    const [entry = ""] = await entries("/category/river/feed.xml");
    const page = entry.slice(entry.indexOf("/s/"));
    site.remove(FERRY);
    site.write(MARKET, articleOf("No ferry", "2026-11-20", TEXT, `redirect_from: ${page}\n`));
    expect(await site.deploy()).toMatchObject(
      outcome(
        0,
        `articles/2026-11-21-market.md: this is ${page}  2026-11-20  No ferry under another name, and readers get it as new; add to its front matter: id: ${page}`,
      ),
    );
  });

  it("is no article that has only the title, or only the subject, of one that is gone", async () => {
    site.write(FERRY, articleOf("Morning news", "2026-11-20", TEXT));
    await site.deployed();
    site.remove(FERRY);
    site.write(MARKET, articleOf("Morning news", "2026-11-21", OTHER_TEXT));
    const { output } = await site.deploy();
    expect(output).toContain("would not be published any more");
    expect(output).not.toContain("Then add to its front matter");
  });
});

describe("an id that is the address of a share page", () => {
  it("is an error where it is none, or where two articles have it", async () => {
    write(FERRY, "river", "id: /s/ferry\n");
    expect(await site.deploy()).toMatchObject(
      outcome(3, 'The id "/s/ferry" is no address of a share page; write the whole address'),
    );
    write(FERRY, "river", "id: /s/F5V4K2Q9XA\n");
    write(MARKET, "river", "id: /s/f5v4k2q9xa\n");
    expect(await site.deploy()).toMatchObject(
      outcome(3, "take the line id: /s/f5v4k2q9xa out of one of them"),
    );
    expect(await site.status("/s/f5v4k2q9xa")).toBe(200);
  });

  it("may be the whole address, as it is copied from a browser or a chat", async () => {
    write(FERRY, "river", "id: https://paper.example/s/f5v4k2q9xa?from=timeline#top\n");
    await site.deployed();
    expect(await site.status("/s/f5v4k2q9xa")).toBe(200);
    write(MARKET, "river", "id: https://paper.example/s/ferry\n");
    expect(await site.deploy()).toMatchObject(
      outcome(3, 'The id "https://paper.example/s/ferry" is no address of a share page'),
    );
  });
});

describe("a file in which title, date and text were all replaced", () => {
  it("is reported, since it keeps the link of the article before", async () => {
    site.write(FERRY, articleOf("No ferry", "2026-11-20", TEXT));
    await site.deployed();
    site.write(FERRY, articleOf("Cheap cabbages", "2026-11-21", OTHER_TEXT));
    const advice = 'write in its front matter: id: "2026-11-20-ferry-2"';
    expect(await site.deploy()).toMatchObject(
      outcome(
        0,
        /articles\/2026-11-20-ferry\.md: this was \/s\/\w+ {2}2026-11-20 {2}No ferry, and title, date and text are others now/,
      ),
    );
    site.write(FERRY, articleOf("Dear cabbages", "2026-11-22", TEXT));
    expect((await site.deploy()).output).toContain(advice);
  });

  it.each([
    ["the title", "Still no ferry", "2026-11-20", TEXT],
    ["the title and the date", "Still no ferry", "2026-11-22", TEXT],
    ["the text", "No ferry", "2026-11-20", OTHER_TEXT],
    ["title and text", "Cheap cabbages", "2026-11-20", OTHER_TEXT],
    ["all of it a little", "Still no ferry", "2026-11-22", TEXT.replace("noon", "one")],
  ])("is the same article where only %s changed", async (_, title, date, text) => {
    site.write(FERRY, articleOf("No ferry", "2026-11-20", TEXT));
    await site.deployed();
    site.write(FERRY, articleOf(title, date, text));
    const { exitCode, output } = await site.deploy();
    expect(exitCode).toBe(0);
    expect(output).not.toContain("are others now");
  });
});
