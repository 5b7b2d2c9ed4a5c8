import fc from "fast-check";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentHash } from "../../../src/store/content-hash.ts";
import { Manifest } from "../../../src/store/manifest.ts";
import type { BundledSite } from "../../../scripts/bundle/bundled-site.ts";
import { bundleBasis } from "../../../scripts/bundle/bundle-basis.ts";
import { bundleSite } from "../../../scripts/bundle/bundle-site.ts";
import { withCache } from "../../../scripts/read/cache/with-cache.ts";
import { readSettings } from "../../../scripts/config/settings.ts";
import { fakeIO } from "../fake-io.ts";

const SETTINGS = `title = "江城"\ntime_zone = "Asia/Shanghai"\ncards = 2\n`;
/** After all dates of articles, and long enough after every change of a file for its status to be trusted. */
const NOW = Date.UTC(2100, 0, 1);
const TIMEOUT_MILLISECONDS = 300_000;

let root = "";
const at = (path: string): string => join(root, path);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "offprint-again-"));
  put("_posts/2022-01-10-a.md", article("甲", "categories: news\ntags: [x, y]\n"));
  put("_posts/2022-01-11-b.md", article("乙", "categories: news\nredirect_from: /old-b\n"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

function put(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(at(path)), { recursive: true });
  writeFileSync(at(path), content);
}

function article(title: string, header = ""): string {
  return `---\ntitle: ${title}\n${header}---\n正文：${title}。\n`;
}

interface Run {
  readonly site: BundledSite;
  /** Whether articles were looked at. */
  readonly isAnew: boolean;
  readonly lines: readonly string[];
}

interface RunOptions {
  readonly settings?: string;
  readonly now?: number;
  readonly hasCache?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
  /** With commas between. */
  readonly sources?: string;
}

async function bundle({
  settings = SETTINGS,
  now = NOW,
  hasCache = true,
  environment = {},
  sources = "_posts",
}: RunOptions = {}): Promise<Run> {
  const toml = `[vars.SITE]\nurl = "https://news.example"\nsources = ["_posts"]\n${settings}`;
  const read = readSettings(toml, "wrangler.toml", { OFFPRINT_SOURCES: sources });
  if (!read.ok) throw new Error(JSON.stringify(read.failure));
  const io = fakeIO({ now: () => now, environment });
  const site = await bundleSite({
    root,
    settings: read.value,
    assets: at(hasCache ? "build/assets" : "build/other"),
    cacheFolder: hasCache ? at("build/cache") : null,
    ignoresCache: false,
    io,
  });
  return { site, isAnew: io.works.includes("articles read"), lines: io.lines };
}

/** All that comes of a bundling: the manifest, the values, what is said and what is served. */
async function contents({ release, skipped, diagnostics }: BundledSite, assets: string) {
  const first = release.manifestAfter({ previous: null, now: 1 });
  const previous = Manifest.open(first);
  if (!previous.ok) throw new Error(previous.failure.detail);
  const later = await release.withArrivals({ previous: previous.value, added: new Set(), now: 2 });
  const values = await Promise.all(
    release.values
      .filter(({ key }) => !cardKeys(previous.value).has(key))
      .map(async ({ key, encode }) => [key, Buffer.from(await encode()).toString("base64")]),
  );
  return {
    manifest: Buffer.from(first).toString("base64"),
    later: Buffer.from(later.manifestAfter({ previous: previous.value, now: 2 })).toString(
      "base64",
    ),
    values,
    skipped,
    diagnostics,
    served: readdirSync(at(assets), { recursive: true, encoding: "utf8" }).toSorted(),
  };
}

/** Drawing cards takes long, and says nothing here. */
function cardKeys(manifest: Manifest): ReadonlySet<string> {
  return new Set(manifest.packs("cards").map(({ hash }) => `p/${hash}`));
}

/** Whether articles are looked at, and whether what comes of it is what comes of it without a cache. */
async function compared(options: RunOptions = {}) {
  const { site, isAnew } = await bundle(options);
  const whole = await bundle({ ...options, hasCache: false });
  const { manifest } = await contents(site, "build/assets");
  return { isAnew, isRight: manifest === (await contents(whole.site, "build/other")).manifest };
}

const ANEW = { isAnew: true, isRight: true };

describe("a second bundling", { timeout: TIMEOUT_MILLISECONDS }, () => {
  it("looks at no article where nothing has changed, and gives the same", async () => {
    const first = await bundle();
    expect(first.isAnew).toBe(true);
    const again = await bundle();
    expect(again.isAnew).toBe(false);
    expect(await contents(again.site, "build/assets")).toEqual(
      await contents(first.site, "build/assets"),
    );
    const { articles, redirects } = await again.site.sources();
    expect(articles.map(({ path }) => path)).toEqual([
      "_posts/2022-01-10-a.md",
      "_posts/2022-01-11-b.md",
    ]);
    expect([...redirects.keys()]).toEqual(["/old-b"]);
  });

  const written: readonly (readonly [string, string, string])[] = [
    ["an article", "_posts/2022-01-10-a.md", article("丙", "categories: news\n")],
    ["a new article", "_posts/2022-01-12-c.md", article("丙")],
    ["an article in a new folder", "_posts/x/2022-01-12-c.md", article("丙")],
    ["a file that looks like an article", "_posts/x.txt", "---\ntitle: x\n---\n"],
    ["a line in removed.txt", "removed.txt", "_posts/2022-01-10-a.md\n"],
    ["another file of wrangler's", "wrangler.jsonc", "{}"],
    ["a theme", "theme.css", ":root { --accent: #0b5f4a; }\n"],
  ];
  it.each(written)("looks at the articles where there is %s", async (_what, path, text) => {
    await bundle();
    put(path, text);
    expect(await compared()).toEqual(ANEW);
  });

  it("looks at the articles where a file is gone, has another name, or is behind a link", async () => {
    await bundle();
    renameSync(at("_posts/2022-01-10-a.md"), at("_posts/2022-01-10-z.md"));
    expect(await compared()).toEqual(ANEW);
    rmSync(at("_posts/2022-01-10-z.md"));
    expect(await compared()).toEqual(ANEW);
    symlinkSync("2022-01-11-b.md", at("_posts/2022-01-13-d.md"));
    expect(await compared()).toEqual(ANEW);
    expect(await compared()).toEqual(ANEW);
  });

  it.each([
    ["the title of the site", { settings: SETTINGS.replace("江城", "山城") }],
    ["the time zone", { settings: SETTINGS.replace("Asia/Shanghai", "Asia/Tokyo") }],
    ["the number of cards", { settings: SETTINGS.replace("2", "3") }],
    ["a phrase", { settings: `${SETTINGS}[vars.SITE.phrases]\nread_on = "x"\n` }],
    [
      "the name of a category",
      { settings: `${SETTINGS}[vars.SITE.renamed_categories]\nnews = "new"\n` },
    ],
    ["Node's data of languages", { environment: { NODE_ICU_DATA: "/elsewhere" } }],
  ])("looks at the articles where %s is another", async (_what, options: RunOptions) => {
    await bundle();
    expect(await compared(options)).toEqual(ANEW);
  });

  it("looks for a folder of articles that was missing, and is there now", async () => {
    const sources = "_posts,more";
    const first = await bundle({ sources });
    expect(first.site.diagnostics).toMatchObject([{ code: "source-missing" }]);
    put("more/2022-01-12-c.md", article("丙"));
    const again = await bundle({ sources });
    expect(again.site.diagnostics).toEqual([]);
  });

  it("rests on all of the code", async () => {
    const read = readSettings(
      `[vars.SITE]\ntitle = "a"\nurl = "https://news.example"\n`,
      "wrangler.toml",
      {},
    );
    if (!read.ok) throw new Error(JSON.stringify(read.failure));
    const input = { root, settings: read.value, assets: at("build/assets"), io: fakeIO() };
    const basis = await bundleBasis(input, contentHash(["a"]));
    expect(await bundleBasis(input, contentHash(["a"]))).toBe(basis);
    expect(await bundleBasis(input, contentHash(["b"]))).not.toBe(basis);
  });
});

describe("a second bundling of what depends on time", { timeout: TIMEOUT_MILLISECONDS }, () => {
  it("publishes what was scheduled when it is due, and not before", async () => {
    put("_posts/2022-02-01-c.md", article("丙"));
    const before = Date.UTC(2022, 0, 20);
    const options = { now: before };
    // The files are younger than this clock, so that their bytes are compared.
    expect((await bundle(options)).isAnew).toBe(true);
    expect((await bundle(options)).isAnew).toBe(false);
    const scheduled = { now: Date.UTC(2099, 0, 1) };
    put("_posts/2099-02-01-d.md", article("丁"));
    await bundle(scheduled);
    const again = await bundle(scheduled);
    expect(again.isAnew).toBe(false);
    expect(again.site.skipped).toMatchObject([{ path: "_posts/2099-02-01-d.md" }]);
    const due = await bundle({ now: Date.UTC(2099, 1, 2) });
    expect(due.isAnew).toBe(true);
    expect(due.site.skipped).toEqual([]);
    expect((await bundle({ now: Date.UTC(2099, 1, 3) })).isAnew).toBe(false);
    // The clock was turned back.
    expect((await bundle(scheduled)).isAnew).toBe(true);
  });
});

describe(
  "a second bundling of files that are as they were, but for their times",
  {
    timeout: TIMEOUT_MILLISECONDS,
  },
  () => {
    it("compares the bytes of those that were written a moment ago", async () => {
      const options = { now: Date.now() };
      await bundle(options);
      expect(await compared(options)).toEqual({ isAnew: false, isRight: true });
      put("_posts/2022-01-10-a.md", article("丙", "categories: news\ntags: [x, y]\n"));
      expect(await compared(options)).toEqual(ANEW);
      expect(await compared(options)).toEqual({ isAnew: false, isRight: true });
    });

    it("looks at no article where files were written again, moved back or touched, and knows them then", async () => {
      put("_posts/x.txt", "x");
      await bundle();
      const text = readFileSync(at("_posts/2022-01-10-a.md"));
      put("_posts/new.md", text);
      renameSync(at("_posts/new.md"), at("_posts/2022-01-10-a.md"));
      utimesSync(at("_posts/2022-01-11-b.md"), 1, 1);
      utimesSync(at("_posts/x.txt"), 1, 1);
      utimesSync(at("_posts"), 1, 1);
      const before = keptBundle();
      expect(await compared()).toEqual({ isAnew: false, isRight: true });
      const after = keptBundle();
      expect(after).not.toEqual(before);
      expect(await compared()).toEqual({ isAnew: false, isRight: true });
      expect(keptBundle()).toEqual(after);
    });

    it("looks at the articles where a touched file is a folder now, or has the bytes of another", async () => {
      await bundle();
      put("_posts/2022-01-11-b.md", readFileSync(at("_posts/2022-01-10-a.md")));
      expect(await compared()).toEqual(ANEW);
      rmSync(at("_posts/2022-01-11-b.md"));
      mkdirSync(at("_posts/2022-01-11-b.md"));
      expect(await compared()).toEqual(ANEW);
    });

    it("says anew what is said of the search, where a folder has another time", async () => {
      put("_posts/x.txt", "---\ntitle: x\n---\n");
      expect((await bundle()).site.diagnostics).toMatchObject([{ code: "file-not-read" }]);
      put("_posts/x.txt", "x");
      const { isAnew, site } = await bundle();
      expect(isAnew).toBe(true);
      expect(site.diagnostics).toEqual([]);
    });
  },
);

/** The bytes of what is kept of the last bundling. */
function keptBundle(): Buffer {
  const name = readdirSync(at("build/cache")).find((each) => each.startsWith("bundle-")) ?? "";
  return readFileSync(at(`build/cache/${name}`));
}

/** The smallest PNG whose size can be read: one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("a second bundling with other files", { timeout: TIMEOUT_MILLISECONDS }, () => {
  it("finds a picture that was missing, and one that changed, and copies again what was deleted", async () => {
    put("_posts/2022-01-12-c.md", `${article("丙")}\n![x](x.svg) [y](y.pdf)\n`);
    await bundle();
    expect((await bundle()).isAnew).toBe(false);
    put("_posts/y.pdf", "%PDF-1.4\n");
    expect((await bundle()).isAnew).toBe(true);
    expect((await bundle()).isAnew).toBe(false);
    put("_posts/y.pdf", "%PDF-1.4 \n");
    expect((await bundle()).isAnew).toBe(true);
    rmSync(at("build/assets"), { recursive: true });
    const again = await bundle();
    expect(again.isAnew).toBe(false);
    expect(readdirSync(at("build/assets"), { recursive: true }).map(String).join()).toMatch(
      /y\.pdf/,
    );
    put("_posts/x.png", PIXEL);
    put("_posts/2022-01-12-c.md", `${article("丙")}\n![x](x.png)\n`);
    await bundle();
    expect((await bundle()).isAnew).toBe(false);
    rmSync(at("build/cache/pictures"), { recursive: true });
    expect((await bundle()).isAnew).toBe(true);
  });

  it("sees that a page changed, and that a file to which a link led is there now", async () => {
    const settings = `${SETTINGS}pages = ["about.md"]\n`;
    put("about.md", "---\ntitle: 关于\n---\n文字。\n");
    put("_posts/2022-01-12-c.md", `${article("丙")}\n[z]({% link files/z.md %})\n`);
    await bundle({ settings });
    expect((await bundle({ settings })).isAnew).toBe(false);
    put("about.md", "---\ntitle: 关于\n---\n文章。\n");
    expect((await bundle({ settings })).isAnew).toBe(true);
    expect((await bundle({ settings })).isAnew).toBe(false);
    put("files/z.md", "x");
    expect((await bundle({ settings })).isAnew).toBe(true);
  });

  it("sees that the icon changed, and makes it again where it is gone", async () => {
    const settings = `${SETTINGS}icon = "/icon.svg"\n`;
    const square = (fill: string): string =>
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="${fill}"/></svg>`;
    put("icon.svg", square("red"));
    await bundle({ settings });
    expect((await bundle({ settings })).isAnew).toBe(false);
    rmSync(at("build/cache/pictures-icons"), { recursive: true });
    expect((await bundle({ settings })).isAnew).toBe(false);
    expect(existsSync(at("build/cache/pictures-icons"))).toBe(true);
    put("icon.svg", square("blue"));
    expect((await bundle({ settings })).isAnew).toBe(true);
  });

  it("is done anew, with a line that says so, where what was kept is damaged", async () => {
    await bundle();
    const name = readdirSync(at("build/cache")).find((each) => each.startsWith("bundle-")) ?? "";
    const kept = readFileSync(at(`build/cache/${name}`));
    kept.writeUInt8(kept.readUInt8(kept.byteLength - 9) ^ 1, kept.byteLength - 9);
    writeFileSync(at(`build/cache/${name}`), kept);
    const { isAnew, lines } = await bundle();
    expect(isAnew).toBe(true);
    expect(lines.join("\n")).toMatch("What was kept of the last bundling is damaged");
    rmSync(at(`build/cache/${name}`));
    expect((await bundle()).lines).toEqual([]);
    expect(existsSync(at(`build/cache/${name}`))).toBe(true);
  });
});

const NAMES = ["2022-01-10-a", "2022-01-10-b", "2022-01-11-c", "2022-02-01-d", "2022-02-02-e"];
const name = fc.constantFrom(...NAMES);
const header = fc.constantFrom(
  "",
  "categories: news\n",
  "categories: [news, city]\ntags: x\n",
  "categories: city\ntags: 城市\nauthor: 王小明\n",
  "categories: news\nauthor: [王小明, 李小红]\n",
  "redirect_from: /old\n",
  "id: same\n",
  "date: 2022-01-20 08:00 +0800\n",
  "draft: true\n",
);
const body = fc.constantFrom("", "\n[x]({% post_url 2022-01-10-a %})\n", "\n**字**\n");
const keptFile = fc.constantFrom("bundle", "articles", "index", "lists", "pages");
const step = fc.oneof(
  fc.record({ kind: fc.constant("write"), name, header, body }),
  fc.record({ kind: fc.constant("delete"), name }),
  fc.record({ kind: fc.constant("move"), name, to: name }),
  fc.record({
    kind: fc.constant("settings"),
    settings: fc.constantFrom(
      SETTINGS,
      SETTINGS.replace("cards = 2", "cards = 0"),
      SETTINGS.replace("Asia/Shanghai", "America/New_York"),
      `${SETTINGS}articles_per_pack = 1\n`,
    ),
  }),
  fc.record({ kind: fc.constant("withdraw"), name }),
  fc.record({ kind: fc.constant("touch"), name }),
  fc.record({ kind: fc.constant("forget"), kept: keptFile }),
  fc.record({ kind: fc.constant("damage"), kept: keptFile, place: fc.nat({ max: 99 }) }),
  fc.record({ kind: fc.constant("nothing") }),
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function take(one: Step): string | null {
  const file = (post: string): string => `_posts/${post}.md`;
  if ("header" in one) put(file(one.name), article("题", one.header) + one.body);
  else if ("to" in one) {
    if (existsSync(at(file(one.name)))) renameSync(at(file(one.name)), at(file(one.to)));
  } else if ("settings" in one) return one.settings;
  else if ("kept" in one) {
    const folder = at("build/cache");
    for (const each of existsSync(folder) ? readdirSync(folder) : []) {
      if (!each.startsWith(one.kept)) continue;
      if ("place" in one) damage(join(folder, each), one.place);
      else rmSync(join(folder, each));
    }
  } else if ("name" in one && one.kind === "touch") {
    if (existsSync(at(file(one.name)))) put(file(one.name), readFileSync(at(file(one.name))));
  } else if ("name" in one && one.kind === "delete") rmSync(at(file(one.name)), { force: true });
  else if ("name" in one) put("removed.txt", `${file(one.name)}\n`);
  return null;
}

/** What comes of a bundling with a cache, which may be damaged: that may be noticed only when a value is made of it. */
async function contentsWithCache(options: RunOptions) {
  const ignore = (): void => undefined;
  return withCache(at("build/cache"), ignore, async () =>
    contents((await bundle(options)).site, "build/assets"),
  );
}

/** Changes a byte of a file, at a place in hundredths of its length. */
function damage(file: string, place: number): void {
  const bytes = readFileSync(file);
  const index = Math.floor((bytes.byteLength * place) / 100);
  bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
  writeFileSync(file, bytes);
}

describe("bundlings one after the other", { timeout: TIMEOUT_MILLISECONDS }, () => {
  it("give what one without a cache gives, whatever happens between them", async () => {
    const day = fc.record({
      steps: fc.array(step, { maxLength: 3 }),
      // Of files that changed so shortly before, more than their times has to be compared.
      isAtOnce: fc.boolean(),
    });
    const history = fc.array(day, { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(history, async (days) => {
        rmSync(root, { recursive: true });
        mkdirSync(at("_posts"), { recursive: true });
        put("_posts/2022-01-10-a.md", article("甲"));
        let settings = SETTINGS;
        for (const { steps, isAtOnce } of days) {
          for (const one of steps) settings = take(one) ?? settings;
          const options = { settings, now: isAtOnce ? Date.now() : NOW };
          const again = await contentsWithCache(options);
          const whole = await bundle({ ...options, hasCache: false });
          expect(again).toEqual(await contents(whole.site, "build/other"));
        }
      }),
      { numRuns: 8 },
    );
  });
});
