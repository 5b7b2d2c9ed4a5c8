import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { parseFeed } from "feedsmith";
import * as v from "valibot";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeProgram } from "../../scripts/program/make-program.ts";
import { contentsOf, makePackedSite, packProgram, removeFolders } from "./packed-site.ts";
import { startSite } from "./running-site.ts";

/** Of our own files; what the README asks for is little in comparison with one of its packages. */
const MOST_BYTES = 2_000_000;
const LIGHTHOUSE = "/s/jht74skbm3";
const PATIENCE_MILLISECONDS = 60_000;

const packed = packProgram();

afterAll(() => {
  removeFolders(packed.folder);
});

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
      "dist/program.json",
      "dist/worker-licenses.txt",
      "package.json",
    ]);
    expect(packed.unpackedBytes).toBeLessThanOrEqual(MOST_BYTES);
  });
});

describe.each([
  ["beside", false],
  ["below", true],
])("a site where the packages of the program lie %s it", (_, isNested) => {
  const folder = makePackedSite(packed, isNested);
  const program = join(folder, "node_modules/offprint");
  const before = contentsOf(program);
  const offprint = (
    ...args: readonly string[]
  ): { readonly status: number | null; readonly stdout: string; readonly stderr: string } =>
    spawnSync(process.execPath, [join(program, "dist/offprint.js"), ...args], {
      cwd: join(folder, "articles"),
      encoding: "utf8",
    });

  afterAll(() => {
    removeFolders(folder);
  });

  it("has a program that says how to use it", () => {
    expect(offprint("--help")).toMatchObject({ status: 0, stderr: "" });
    for (const command of ["start", "check", "bundle", "deploy", "release"]) {
      const { stdout, status } = offprint(command, "--help");
      expect(stdout).toContain(`npx offprint ${command}`);
      expect(status).toBe(0);
    }
    const { version } = v.parse(
      v.object({ version: v.string() }),
      JSON.parse(readFileSync(join(program, "package.json"), "utf8")),
    );
    expect(offprint("--version").stdout).toBe(`${version}\n`);
  });

  it("is checked and bundled from a folder in it", () => {
    const checked = offprint("check");
    expect([checked.stdout, checked.status]).toEqual([
      expect.stringContaining("0 errors, 0 warnings"),
      0,
    ]);
    const bundled = offprint("bundle");
    expect([bundled.stderr, bundled.status]).toEqual(["", 0]);
    expect(bundled.stdout).toContain("Bundled 4 articles");
    expect(existsSync(join(folder, "build/release.bin"))).toBe(true);
  });

  it("leaves the program as it was", () => {
    expect(contentsOf(program)).toEqual(before);
  });
});

describe("what is packed", () => {
  const folder = makePackedSite(packed);
  const dist = join(folder, "node_modules/offprint/dist");

  afterAll(() => {
    removeFolders(folder);
  });

  it("has the Worker and the hashes that a checkout makes, so that a release is the same by both", async () => {
    const {
      worker,
      workerMap: _,
      ...hashes
    } = await makeProgram(join(import.meta.dirname, "../.."));
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
});

describe("npm start in a site of one's own", () => {
  const folder = makePackedSite(packed);
  let site: Awaited<ReturnType<typeof startSite>>;

  beforeAll(async () => {
    site = await startSite({}, folder);
  });

  afterAll(async () => {
    await site.stop();
  });

  it("serves a page and a feed, and shows an edit", async () => {
    const { feed } = parseFeed(await (await site.fetch("/feed.xml")).text());
    expect((feed as { items: readonly unknown[] }).items).toHaveLength(4);
    const file = join(folder, "articles/2022-01-10-NW202201100000000001.md");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("江边灯塔修复完工", "灯塔更正"));
    await site.waitFor(LIGHTHOUSE, (page) => page.includes("灯塔更正"), PATIENCE_MILLISECONDS);
  });
});
