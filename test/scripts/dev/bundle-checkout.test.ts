import { appendFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Miniflare, convertV4MiniflareOptions } from "miniflare";
import { beforeEach, describe, expect, it } from "vitest";
import { fakeIO } from "../fake-io.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import { bundleCheckout } from "../../../scripts/dev/bundle-checkout.ts";

const NOW = 1_800_000_000;
const folder = temporaryFolder();

beforeEach(() => {
  const root = folder.path;
  mkdirSync(join(root, "articles"));
  writeFileSync(
    join(root, "wrangler.toml"),
    `[vars.SITE]\ntitle = "鹭岛文摘"\nurl = "https://news.example"\ncards = 0\n`,
  );
  writeFileSync(join(root, "articles/2022-01-10-good.md"), "---\ntitle: Good\n---\nText.\n");
});

async function bundle(
  environment: Readonly<Record<string, string>> = {},
  now = NOW,
): ReturnType<typeof bundleCheckout> {
  const io = fakeIO({ environment, now: () => now * 1000 });
  return bundleCheckout({ root: folder.path, io, isDev: false, ignoresCache: false });
}

describe("bundleCheckout", () => {
  it("says that the settings cannot be read", async () => {
    rmSync(join(folder.path, "wrangler.toml"));
    expect(await bundle()).toMatchObject({
      failure: [{ path: "wrangler.toml", code: "settings-unreadable" }],
    });
  });

  it("writes what it tells of; once more, feeds that did not change keep their moment", async () => {
    const first = await bundle();
    const second = await bundle({}, NOW + 60);
    if (!first.ok || !second.ok) throw new Error("nothing was bundled");
    const { manifest, release } = first.value;
    expect(manifest.articleCount).toBe(1);
    expect(globSync("*/*", { cwd: join(folder.path, "build/values") }).toSorted()).toEqual(
      release.values.map(({ key }) => key).toSorted(),
    );
    expect(second.value.manifest.release).toBe(manifest.release);
    expect(second.value.manifest.scope({ kind: "site" })?.changedAt).toBe(NOW);
  });

  it.each([
    ["its binding", "", "RELEASES"],
    ["its id", 'id = "aaaa"', "aaaa"],
    ["an id that names no folder", 'id = "<id of: yours>"', "<id of: yours>"],
    ["its id for previews", 'id = "aaaa"\npreview_id = "bbbb"', "bbbb"],
  ])("fills the KV that wrangler dev calls by %s", async (_, line, name) => {
    appendFileSync(
      join(folder.path, "wrangler.toml"),
      `\n[[kv_namespaces]]\nbinding = "RELEASES"\n${line}\n`,
    );
    const io = fakeIO({ now: () => NOW * 1000 });
    const root = folder.path;
    const bundled = await bundleCheckout({ root, io, isDev: true, ignoresCache: false });
    if (!bundled.ok) throw new Error("nothing was bundled");
    const miniflare = new Miniflare(
      convertV4MiniflareOptions({
        modules: true,
        script: "export default {}",
        kvNamespaces: { KV: name },
        resourcePersistencePath: join(root, ".wrangler/state/v3"),
        cf: false,
      }),
    );
    try {
      const kv = await miniflare.getKVNamespace("KV");
      const { keys } = await kv.list();
      expect(keys.map((key) => key.name)).toEqual(
        bundled.value.release.values.map(({ key }) => key).toSorted(),
      );
      for (const { name: key } of keys) {
        const value = readFileSync(join(root, "build/values", key));
        expect(await kv.get(key)).toBe(new TextDecoder().decode(value));
      }
    } finally {
      await miniflare.dispose();
    }
  });

  it("takes the settings of the environment that is chosen", async () => {
    appendFileSync(
      join(folder.path, "wrangler.toml"),
      `\n[env.staging.vars.SITE]\ntitle = "To try"\nurl = "https://s.example"\ncards = 0\n`,
    );
    const bundled = await bundle({ CLOUDFLARE_ENV: "staging" });
    if (!bundled.ok) throw new Error("nothing was bundled");
    expect(bundled.value.manifest.site.url).toBe("https://s.example");
  });

  it("bundles nothing where the theme is wrong, so that the site is as it was", async () => {
    writeFileSync(join(folder.path, "theme.css"), ":root { --acent: #0b5a43; }\n");
    expect(await bundle()).toMatchObject({
      failure: [{ path: "theme.css", code: "theme-unknown", level: "error" }],
    });
    expect(globSync("build/release.bin", { cwd: folder.path })).toEqual([]);
    writeFileSync(join(folder.path, "theme.css"), ":root { --accent: #0b5a43; }\n");
    expect(await bundle()).toMatchObject({
      value: { manifest: { site: { theme: { light: { accent: "#0b5a43" } } } } },
    });
  });

  it.each([{ OFFPRINT_SOURCES: "nowhere" }, { OFFPRINT_URL: "nowhere" }])(
    "bundles nothing with the settings %o",
    async (environment) => {
      const failure = [expect.objectContaining({ level: "error" })];
      expect(await bundle(environment)).toEqual({ ok: false, failure });
      expect(globSync("build/release.bin", { cwd: folder.path })).toEqual([]);
    },
  );
});
