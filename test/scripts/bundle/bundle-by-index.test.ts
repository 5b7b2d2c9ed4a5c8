import fc from "fast-check";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ok } from "../../../src/domain/result.ts";
import { Manifest } from "../../../src/store/manifest.ts";
import type { BundledSite } from "../../../scripts/bundle/bundled-site.ts";
import { bundleSite } from "../../../scripts/bundle/bundle-site.ts";
import { readSettings } from "../../../scripts/config/settings.ts";
import type { LiveIndex } from "../../../scripts/publish/kept-index.ts";
import type { LiveRecord } from "../../../scripts/publish/live-index.ts";
import { BodyLost } from "../../../scripts/publish/live-bodies.ts";
import { createLiveIndex } from "../../../scripts/publish/live-index.ts";
import { fakeIO } from "../fake-io.ts";

/** After all dates of articles but one. */
const NOW = Date.UTC(2022, 5, 1);
const TIMEOUT_MILLISECONDS = 120_000;
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let root = "";
let runs = 0;
let live: LiveRecord | null = null;
let kv = new Map<string, Uint8Array<ArrayBuffer>>();
const at = (path: string): string => join(root, path);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "offprint-index-"));
  runs = 0;
  live = null;
  kv = new Map();
  put("_posts/2022-01-10-a.md", article("甲", "categories: news\ntags: [x, y]\n"));
  put("_posts/2022-01-11-b.md", article("乙", "categories: news\nredirect_from: /old-b\n"));
  put("_posts/2022-01-12-c.md", `${article("丙")}[乙]({% post_url 2022-01-11-b %}) ![](p.png)\n`);
  put("_posts/2022-07-01-later.md", article("以后"));
  put("_posts/2022-01-13-wrong.md", article("错", "date: never\n"));
  put("_posts/p.png", PICTURE);
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
  readonly index: LiveIndex;
  readonly lines: readonly string[];
  /** How many files were read as articles. */
  readonly read: number;
}

/** Bundles in a checkout that has kept nothing: by the index of what is live, or by nothing. */
async function bundle(settings: string, byIndex: boolean, sources = "_posts"): Promise<Run> {
  const toml = `[vars.SITE]\ntitle = "江城"\nurl = "https://news.example"\ncards = 0\n${settings}`;
  const known = readSettings(toml, "wrangler.toml", { OFFPRINT_SOURCES: sources });
  if (!known.ok) throw new Error(JSON.stringify(known.failure));
  let read = 0;
  const io = fakeIO({
    now: () => NOW,
    progress: (what) => (done) => {
      if (what === "articles read") read += done;
    },
  });
  const index = createLiveIndex({ readLive: async () => live, leastFiles: 1, io });
  const site = await bundleSite({
    root,
    settings: known.value,
    assets: at("build/assets"),
    cacheFolder: at(`build/cache-${(runs += 1)}`),
    ignoresCache: false,
    ...(byIndex ? { askElsewhere: index.ask } : {}),
    io,
  });
  return { site, index, lines: io.lines.filter((line) => !line.startsWith("Made ")), read };
}

/** All that a deploy would upload and say. */
async function contents({ site: { release, skipped, diagnostics, sources }, index }: Run) {
  const planned = index.plan(await sources());
  const values = [...release.values, ...(planned?.values ?? [])];
  const made = values.map(
    async ({ key, encode }) => [key, new Uint8Array(await encode())] as const,
  );
  return {
    manifest: release.manifestAfter({ previous: null, now: 1 }),
    ref: planned?.ref ?? null,
    values: new Map(await Promise.all(made)),
    skipped,
    diagnostics,
  };
}

/** Puts a run live. */
async function deploy(run: Run): Promise<void> {
  const { manifest, values, ref } = await contents(run);
  const opened = Manifest.open(manifest);
  if (!opened.ok) throw new Error(opened.failure.detail);
  kv = new Map([...values].map(([key, value]) => [key, new Uint8Array(value)]));
  live = {
    namespace: { get: async (key) => ok(kv.get(key) ?? null) },
    record: { manifest: opened.value, index: ref },
  };
}

/** Loses the values whose keys begin like this. */
function lose(prefix: string): void {
  for (const key of kv.keys()) if (key.startsWith(prefix)) kv.delete(key);
}

function damage(prefix: string): void {
  for (const [key, value] of kv) if (key.startsWith(prefix)) value.fill(7, 60);
}

function loseIndex(): void {
  if (live !== null) live = { ...live, record: { ...live.record, index: null } };
}

const ignore = (): void => undefined;

describe("a bundling by the live release's index", { timeout: TIMEOUT_MILLISECONDS }, () => {
  it("reads only what is new, and what has an error", async () => {
    await deploy(await bundle("", false));
    put("_posts/2022-01-14-d.md", article("丁"));
    const run = await bundle("", true);
    expect(run.lines).toEqual(["The live release's index knows 4 files: reading only what is new"]);
    // The new one, and the one with an error, whose place is to be said.
    expect(run.read).toBe(2);
    expect(await contents(run)).toEqual(await contents(await bundle("", false)));
  });

  it("knows the files where the folder of articles is another", async () => {
    await deploy(await bundle("", false));
    renameSync(at("_posts"), at("checkout"));
    mkdirSync(at("x"));
    renameSync(at("checkout"), at("x/_posts"));
    expect((await bundle("", true, "x/_posts")).read).toBe(1);
  });

  it.each([
    ["other settings", "split_names = false\n", ignore],
    ["no index", "", loseIndex],
    [
      "a lost pack",
      "",
      () => {
        lose("i/");
      },
    ],
    [
      "a damaged pack",
      "",
      () => {
        damage("i/");
      },
    ],
    [
      "half a pack",
      "",
      () => {
        for (const [key, value] of kv) kv.set(key, value.slice(0, 99));
      },
    ],
  ])(
    "reads everything where there are %s, and says so in a line",
    async (_what, settings, harm) => {
      await deploy(await bundle("", false));
      harm();
      const run = await bundle(settings, true);
      expect(run.lines).toEqual([expect.stringMatching(/: reading every article$/)]);
      expect(await contents(run)).toEqual(await contents(await bundle(settings, false)));
    },
  );

  it.each([
    ["lost", lose],
    ["damaged", damage],
  ])("fails where a text that it needs is %s", async (_what, harm) => {
    await deploy(await bundle("", false));
    harm("p/");
    put("_posts/2022-01-14-d.md", article("丁"));
    await expect(contents(await bundle("", true))).rejects.toThrow(BodyLost);
  });

  it("comes to what a bundling by nothing comes to, whatever has changed", async () => {
    const NAMES = [
      "2022-01-10-a",
      "2022-01-11-b",
      "2022-02-01-x",
      "sub/2022-03-01-y",
      "2022-01-10-A",
    ];
    const name = fc.constantFrom(...NAMES);
    const text = fc.constantFrom(
      "甲",
      "乙",
      "[a]({% post_url 2022-01-10-a %})",
      "![](p.png)",
      "[b](/old-b)",
    );
    const header = fc.constantFrom(
      "",
      "categories: news\n",
      "tags: [x]\nredirect_from: /old-b\n",
      "id: 2022-01-10-a\n",
      "published: false\n",
      "feed_id: https://news.example/1\n",
      "date: never\n",
    );
    const change = fc.oneof(
      { weight: 4, arbitrary: fc.record({ what: fc.constant("write"), name, text, header }) },
      fc.record({ what: fc.constant("remove"), name }),
      fc.record({ what: fc.constant("move"), name, to: name }),
      fc.record({ what: fc.constant("picture"), bytes: fc.constantFrom(PICTURE, "x", null) }),
      fc.record({ what: fc.constant("withdraw"), name }),
    );
    const loss = fc.constantFrom("", "", "", "i/", "p/");
    const settings = fc.constantFrom("", "", "split_names = false\n", 'time_zone = "Asia/Tokyo"\n');
    const step = fc.record({ changes: fc.array(change, { maxLength: 3 }), loss, settings });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 4 }), async (steps) => {
        live = null;
        for (const { changes, loss: lost, settings: set } of steps) {
          changes.forEach(apply);
          if (lost !== "") lose(lost);
          const whole = await bundle(set, false);
          const expected = await contents(whole);
          const seen = await contents(await bundle(set, true)).catch((error: unknown) => {
            // The deploy then does it again, by nothing.
            if (!(error instanceof BodyLost && lost === "p/")) throw error;
            return expected;
          });
          expect(seen).toEqual(expected);
          await deploy(whole);
        }
      }),
      { numRuns: 6 },
    );
  });
});

interface Change {
  readonly what: string;
  readonly name?: string;
  readonly to?: string;
  readonly text?: string;
  readonly header?: string;
  readonly bytes?: Uint8Array | string | null;
}

function apply({ what, name = "", to = "", text = "", header = "", bytes = null }: Change): void {
  const file = `_posts/${name}.md`;
  const isThere = existsSync(at(file));
  if (what === "write") put(file, article(`题${text.length}`, header) + text);
  if (what === "remove") rmSync(at(file), { force: true });
  if (what === "withdraw") put("removed.txt", `_posts/${name}.md\n`);
  if (what === "move" && isThere) {
    mkdirSync(dirname(at(`_posts/${to}.md`)), { recursive: true });
    renameSync(at(file), at(`_posts/${to}.md`));
  }
  if (what !== "picture") return;
  if (bytes === null) rmSync(at("_posts/p.png"), { force: true });
  else put("_posts/p.png", bytes);
}
