import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Manifest } from "../../../src/store/manifest.ts";
import { outcome } from "../outcome.ts";
import { PublishedFolder, article } from "../published-folder.ts";

/*
 * A deploy from a checkout that knows nothing of what was read before. A site of these tests has few articles; all others have so many
 * that an index is worth it.
 */

const ALWAYS = { leastIndexed: 1 };
const NEW_ARTICLE = "articles/2026-11-29-new.md";
const INDEX_KEY = /^i\//;

let site: PublishedFolder;
let clones: PublishedFolder[];

beforeEach(() => {
  site = PublishedFolder.open();
  clones = [];
});
afterEach(() => {
  for (const folder of [site, ...clones]) folder.close();
});

function clone(): PublishedFolder {
  const other = site.clone();
  clones.push(other);
  return other;
}

const indexKeys = (): readonly string[] => site.keys.filter((key) => INDEX_KEY.test(key));

describe("the index of what a release was read from", () => {
  it("is kept with it from so many articles on, by one write, and costs one where an article is new", async () => {
    await site.deployed();
    expect(indexKeys()).toEqual([]);
    site.write(NEW_ARTICLE, article("新", "2026-11-29"));
    expect(await site.deploy(ALWAYS)).toMatchObject(outcome(0, " is live"));
    expect(indexKeys()).toHaveLength(1);
    // Versions that know nothing of an index read the record all the same.
    const record = site.cloudflare.values.get(`r/${site.live}`)?.bytes ?? Buffer.alloc(0);
    expect(Manifest.open(gunzipSync(record))).toMatchObject({ ok: true });
    site.write("articles/2026-11-29-newer.md", article("更新", "2026-11-29"));
    expect(await site.deploy(ALWAYS)).toMatchObject(outcome(0, " is live"));
    expect(indexKeys()).toHaveLength(2);
  });

  it("lets a checkout without a cache read only what is new, and come to the same release", async () => {
    await site.deploy(ALWAYS);
    const other = clone();
    other.write(NEW_ARTICLE, article("新", "2026-11-29"));
    const deployed = await other.deploy(ALWAYS);
    expect(deployed).toMatchObject(outcome(0, /index knows \d+ files: reading only what is new/));
    const { live, keys } = other;
    const whole = clone();
    whole.write(NEW_ARTICLE, article("新", "2026-11-29"));
    expect(await whole.deploy()).toMatchObject(outcome(0, `release ${live} and its code are live`));
    expect(whole.keys).toEqual(keys);
    expect(await site.text("/feed.xml")).toContain("新");
  });

  it("is not asked for where the cache knows enough, nor made by a preview, which keeps the live one's", async () => {
    await site.deploy(ALWAYS);
    expect((await site.deploy(ALWAYS)).output).not.toContain("index");
    const keys = indexKeys();
    await site.deploy({ ...ALWAYS, kind: "preview", isDryRun: false });
    site.write(NEW_ARTICLE, article("新", "2026-11-29"));
    await site.deploy({ ...ALWAYS, kind: "preview" });
    expect(indexKeys()).toEqual(keys);
    expect(await clone().deploy(ALWAYS)).toMatchObject(outcome(0, "index knows"));
  });

  it("is pruned with its release, and not before", async () => {
    site.configure("cards = 0", "cards = 0\nkept_releases = 1");
    await site.deploy(ALWAYS);
    const [first] = indexKeys();
    site.write(NEW_ARTICLE, article("新", "2026-11-29"));
    await site.deploy(ALWAYS);
    expect(indexKeys()).toContain(first);
    site.pass(3 * 86_400);
    site.write("articles/2026-11-30-newer.md", article("更新", "2026-11-29"));
    await site.deploy(ALWAYS);
    expect(indexKeys()).not.toContain(first);
    expect(await clone().deploy(ALWAYS)).toMatchObject(outcome(0, "index knows"));
  });

  it("is missed by verify where KV has lost it, and made again by a deploy without news", async () => {
    await site.deploy(ALWAYS);
    const [key = ""] = indexKeys();
    site.cloudflare.lose(key);
    expect((await site.release("verify")).output).toContain(key);
    const other = clone();
    expect(await other.deploy(ALWAYS)).toMatchObject(
      outcome(0, new RegExp(`KV has lost ${key} of the live index: reading every[^]*Repaired`)),
    );
    expect(indexKeys()).toEqual([key]);
    expect((await site.release("verify")).output).not.toContain(key);
  });

  it("counts on texts of the live release, and does without it where KV has lost one", async () => {
    await site.deploy(ALWAYS);
    for (const key of site.keys) if (key.startsWith("p/")) site.cloudflare.lose(key);
    expect(await clone().deploy(ALWAYS)).toMatchObject(
      outcome(0, /KV has lost p\/\S+: reading every article[^]*Repaired/),
    );
  });
});

describe("a sparse checkout of the newest commit", () => {
  const origin = (): string => `${site.folder}-origin`;
  const git = (folder: string, ...args: readonly string[]): void => {
    const who = ["-c", "user.name=a", "-c", "user.email=a@example.com"];
    execFileSync("git", [...who, ...args], { cwd: folder, stdio: "pipe" });
  };
  /** Puts the folder's files into the repository. */
  const push = (): void => {
    if (!existsSync(join(site.folder, ".git"))) {
      git(site.folder, "init", "-q", "-b", "main");
      git(dirname(origin()), "init", "-q", "--bare", "-b", "main", origin());
      git(origin(), "config", "uploadpack.allowFilter", "true");
      git(origin(), "config", "uploadpack.allowAnySHA1InWant", "true");
      site.write(".gitignore", "build\n");
    }
    git(site.folder, "add", "-A");
    git(site.folder, "commit", "-q", "-m", "all");
    git(site.folder, "push", "-q", origin(), "HEAD:main");
  };
  /** As actions/checkout does it. */
  const checkOut = (...patterns: readonly string[]): PublishedFolder => {
    const other = clone();
    rmSync(join(other.folder, "articles"), { recursive: true });
    rmSync(join(other.folder, "wrangler.toml"));
    git(other.folder, "init", "-q");
    git(other.folder, "remote", "add", "origin", `file://${origin()}`);
    git(other.folder, "fetch", "-q", "--filter=blob:none", "--depth=1", "origin", "main");
    git(other.folder, "sparse-checkout", "set", "--no-cone", ...patterns);
    git(other.folder, "checkout", "-q", "FETCH_HEAD");
    return other;
  };
  const articlesIn = ({ folder }: PublishedFolder): readonly string[] =>
    readdirSync(join(folder, "articles"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".md"),
    );

  afterEach(() => {
    rmSync(origin(), { recursive: true, force: true });
  });

  it("gets only what is new, and comes to the same release", async () => {
    await site.deploy(ALWAYS);
    site.write(NEW_ARTICLE, article("新", "2026-11-29"));
    push();
    const other = checkOut("/*", "!/articles/**/*.md");
    expect(await other.deploy(ALWAYS)).toMatchObject(outcome(0, "index knows"));
    expect(articlesIn(other)).toEqual([NEW_ARTICLE.slice("articles/".length)]);
    expect(await site.deploy()).toMatchObject(
      outcome(0, `release ${other.live} and its code are live`),
    );
  });

  it("gets everything where there is no index, and what is no article always", async () => {
    mkdirSync(join(site.folder, "articles/img"));
    site.write("articles/img/p.csv", "1,2\n");
    site.write(NEW_ARTICLE, `${article("新", "2026-11-29")}[表](img/p.csv)\n`);
    await site.deployed();
    push();
    const other = checkOut("/*", "!/articles/");
    expect(await other.deploy(ALWAYS)).toMatchObject(
      outcome(0, /Checking out \d+ files? that a sparse checkout left away[^]*has no index/),
    );
    expect(articlesIn(other)).toEqual(articlesIn(site));
    expect(other.live).toBe(site.live);
  });

  it("says so where git cannot get what is left away", async () => {
    await site.deploy(ALWAYS);
    site.write(NEW_ARTICLE, article("新", "2026-11-29"));
    push();
    const other = checkOut("/*", "!/articles/**/*.md");
    rmSync(origin(), { recursive: true });
    const before = site.live;
    expect(await other.deploy(ALWAYS)).toMatchObject(outcome(1, "Not deployed: git did not"));
    expect(site.live).toBe(before);
  });
});
