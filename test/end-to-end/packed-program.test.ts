import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { parseFeed } from "feedsmith";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeProgram } from "../../scripts/program/make-program.ts";
import { generateArticles } from "../generate/generate-articles.ts";
import { outcome } from "../scripts/outcome.ts";
import { contentsOf, installProgram, packProgram, removeFolders } from "./packed-site.ts";
import type { PublishedSite, Run } from "./published-site.ts";
import { openAccount } from "./published-site.ts";
import { startSite } from "./running-site.ts";

/** Of our own files; what the README asks for is little in comparison with one of its packages. */
const MOST_BYTES = 2_000_000;
const PATIENCE_MILLISECONDS = 60_000;
const PROJECT = join(import.meta.dirname, "../..");

const packed = packProgram();
const folder = installProgram(packed);
const dist = join(folder, "node_modules/offprint/dist");
const unpacked = contentsOf(join(dist, ".."));

afterAll(() => {
  removeFolders(packed.folder, folder);
});

/** Runs the packed program of a site to its end. */
function offprint(site: string, ...args: readonly string[]): Run {
  const program = join(site, "node_modules/offprint/dist/offprint.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: site,
    encoding: "utf8",
  });
  return { exitCode: status, output: stdout + stderr };
}

describe("the packed program", () => {
  it("is compiled code, what a site needs of it, and what people read", () => {
    console.log(`${packed.files.length} files, ${packed.unpackedBytes} bytes unpacked`);
    const others = packed.files
      .map(({ path }) => path)
      .filter((path) => !/^dist\/[\w-]+\.js(?:\.map)?$/.test(path));
    expect(others.toSorted()).toEqual([
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "README.zh-CN.md",
      "dist/program.json",
      "dist/worker-licenses.txt",
      "docs/deploy.md",
      "docs/followers.md",
      "docs/jekyll.md",
      "docs/often.md",
      "docs/phrases.toml",
      "docs/search.md",
      "docs/settings.md",
      "docs/staging.md",
      "docs/start.md",
      "docs/upgrading.md",
      "docs/your-own-look.md",
      "docs/zh/deploy.md",
      "docs/zh/followers.md",
      "docs/zh/jekyll.md",
      "docs/zh/often.md",
      "docs/zh/search.md",
      "docs/zh/settings.md",
      "docs/zh/staging.md",
      "docs/zh/start.md",
      "docs/zh/upgrading.md",
      "docs/zh/your-own-look.md",
      "package.json",
    ]);
    expect(packed.unpackedBytes).toBeLessThanOrEqual(MOST_BYTES);
  });

  it("has the Worker and the hashes that a checkout makes, so that a release is the same by both", async () => {
    const { worker, workerMap: _, ...hashes } = await makeProgram(PROJECT);
    expect(JSON.parse(readFileSync(join(dist, "program.json"), "utf8"))).toEqual(hashes);
    expect(readFileSync(join(dist, "worker.js"), "utf8")).toBe(worker);
  });

  it("loads no packages but those that it depends on", () => {
    const { dependencies } = v.parse(
      v.object({ dependencies: v.record(v.string(), v.string()) }),
      JSON.parse(readFileSync(join(dist, "../package.json"), "utf8")),
    );
    const code = readdirSync(dist)
      .filter((name) => name.endsWith(".js") && name !== "worker.js")
      .map((name) => readFileSync(join(dist, name), "utf8"));
    const loaded = code.flatMap((text) =>
      Array.from(
        text.matchAll(/(?:\bfrom|\bimport\(|\bimport)"([^".][^"]*)"/g),
        ([, name = ""]) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? "",
      ),
    );
    const known = new Set([...Object.keys(dependencies), ...builtinModules]);
    const unknown = loaded.filter((name) => !name.startsWith("node:") && !known.has(name));
    expect(loaded).toContain("htmlparser2");
    expect(unknown).toEqual([]);
  });

  it("says how to use it, and its version", () => {
    expect(offprint(folder, "--help")).toMatchObject(outcome(0, "Usage: npx offprint <command>"));
    const { version } = v.parse(
      v.object({ version: v.string() }),
      JSON.parse(readFileSync(join(dist, "../package.json"), "utf8")),
    );
    expect(offprint(folder, "--version")).toEqual({ exitCode: 0, output: `${version}\n` });
  });

  it("makes a site and bundles it where its packages lie below it", () => {
    const site = installProgram(packed, true);
    expect(offprint(site, "init", "--language", "en")).toMatchObject(outcome(0, "Wrote"));
    expect(offprint(site, "bundle")).toMatchObject(outcome(0, "Bundled 2 articles"));
    removeFolders(site);
  });
});

/*
 * The user's case: a Jekyll repository of newspapers' articles, to which a job adds several times a day, and the program among
 * its packages. Each step goes on where the one before ended.
 */
describe("a repository of articles with the program among its packages", () => {
  let site: PublishedSite;
  const live = (): string => site.cloudflare.liveVersion?.annotations["workers/tag"] ?? "";
  const feed = async (): Promise<string> => (await fetch(`${site.origin}/feed.xml`)).text();

  beforeAll(async () => {
    site = await openAccount(folder, join(dist, "offprint.js"));
    write("old_post", 0, 100);
    write("_posts", 100, 200);
    writeFileSync(
      join(folder, "_config.yml"),
      "title: 鹭岛文摘\nlang: zh-CN\ntimezone: Asia/Shanghai\n",
    );
  });

  afterAll(async () => {
    await site.close();
  });

  it("becomes a site by offprint init", () => {
    const made = offprint(folder, "init");
    expect(made).toMatchObject(outcome(0, "300 articles in _posts, old_post"));
    expect(made.output).toContain("Wrote wrangler.toml, .gitignore, package.json");
    const file = join(folder, "wrangler.toml");
    const settings = readFileSync(file, "utf8");
    // The address is what init leaves to its owner where Jekyll names none; cards only take time here.
    writeFileSync(file, settings.replace(/^url = .*$/m, `url = "${site.origin}"\ncards = 0`));
  });

  it("is served by npm start: a feed, a page, and an edit of it", async () => {
    const local = await startSite({}, folder);
    try {
      const [newest] = itemsOf(await (await local.fetch("/feed.xml")).text());
      const page = new URL(newest?.link ?? "").pathname;
      const title = newest?.title ?? "";
      expect(await (await local.fetch(page)).text()).toContain(title);
      const file = fileOf(title);
      const text = readFileSync(file, "utf8");
      writeFileSync(file, text.replace(/^title: .*$/m, "title: 更正之后"));
      await local.waitFor(page, (shown) => shown.includes("更正之后"), PATIENCE_MILLISECONDS);
    } finally {
      await local.stop();
    }
  });

  it("is published by offprint deploy", async () => {
    expect(await site.deploy()).toMatchObject(outcome(0, `is live: ${site.origin}`));
    expect(itemsOf(await feed()).map(({ title }) => title)).toContain("更正之后");
  });

  it("is published again with forty new articles", async () => {
    write("_posts", 300, 40);
    const second = await site.deploy();
    expect(second).toMatchObject(outcome(0, `is live: ${site.origin}`));
    const [newest] = itemsOf(await feed());
    expect(readFileSync(fileOf(newest?.title ?? ""), "utf8")).toContain("date: 2022-03-03");
    expect((await fetch(newest?.link ?? "")).status).toBe(200);
    expect(second.output).toContain("40 articles added, 0 changed, 0 removed");
  });

  it("goes back by offprint release rollback", async () => {
    const second = live();
    const newer = await feed();
    expect(await site.release("rollback")).toMatchObject(outcome(0, "is live, with 300 articles"));
    expect(live()).not.toBe(second);
    expect(await feed()).not.toBe(newer);
    expect(itemsOf(await feed()).map(({ title }) => title)).toContain("更正之后");
  });

  it("leaves the program as it was", () => {
    expect(contentsOf(join(dist, ".."))).toEqual(unpacked);
  });
});

/** The file of the article with a title. */
function fileOf(title: string): string {
  const names = ["_posts", "old_post"].flatMap((source) =>
    readdirSync(join(folder, source)).map((name) => join(folder, source, name)),
  );
  const isCalled = (line: string): boolean => line.startsWith("title:") && line.includes(title);
  const found = names.find((name) => readFileSync(name, "utf8").split("\n").some(isCalled));
  if (found === undefined) throw new Error(`No article is called "${title}"`);
  return found;
}

interface FeedItem {
  readonly title?: string;
  readonly link?: string;
}

function itemsOf(text: string): readonly FeedItem[] {
  return (parseFeed(text).feed as { readonly items: readonly FeedItem[] }).items;
}

/** Writes generated articles of sixty days into a folder of the site; those from number 300 on are of the days after. */
function write(source: string, firstNumber: number, count: number): void {
  mkdirSync(join(folder, source), { recursive: true });
  const isNew = firstNumber >= 300;
  const articles = generateArticles({
    seed: 23,
    texts: "mixed",
    first: firstNumber,
    count,
    categories: 6,
    startSeconds: Date.parse(isNew ? "2022-03-03T00:00+08:00" : "2022-01-01T00:00+08:00") / 1000,
    days: isNew ? 1 : 60,
  });
  for (const { path, text } of articles) writeFileSync(join(folder, source, path), text);
}
