import {
  appendFileSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Miniflare, convertV4MiniflareOptions } from "miniflare";
import { beforeEach, describe, expect, it } from "vitest";
import { fakeIO } from "../fake-io.ts";
import { temporaryFolder } from "../../temporary-folder.ts";
import type { CheckoutBundle } from "../../../scripts/dev/bundle-checkout.ts";
import { bundleCheckout } from "../../../scripts/dev/bundle-checkout.ts";
import { MAY_DRAW_LATER } from "../../../scripts/dev/follow-up.ts";

const NOW = 1_800_000_000;
const GEESE = join(import.meta.dirname, "../../../articles/images/geese.png");
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

  describe("for npm start", () => {
    const built = async (mayDrawLater: boolean): Promise<CheckoutBundle> => {
      const environment = mayDrawLater ? { [MAY_DRAW_LATER]: "1" } : {};
      const io = fakeIO({ environment, now: () => NOW * 1000 });
      const bundled = await bundleCheckout({
        root: folder.path,
        io,
        isDev: true,
        ignoresCache: false,
      });
      if (!bundled.ok) throw new Error("nothing was bundled");
      return bundled.value;
    };
    /** All files that are served, and the values, with their bytes. */
    const filesOf = (): ReadonlyMap<string, string> =>
      new Map(
        globSync("{assets,values}/**/*.*", { cwd: join(folder.path, "build") })
          .concat(globSync("values/*/*", { cwd: join(folder.path, "build") }))
          .toSorted()
          .map((name) => [name, readFileSync(join(folder.path, "build", name), "latin1")]),
      );

    beforeEach(() => {
      writeFileSync(
        join(folder.path, "wrangler.toml"),
        `[vars.SITE]\ntitle = "鹭岛文摘"\nurl = "https://news.example"\n`,
      );
      mkdirSync(join(folder.path, "articles/images"));
      copyFileSync(GEESE, join(folder.path, "articles/images/geese.png"));
      writeFileSync(
        join(folder.path, "articles/2022-01-11-geese.md"),
        "---\ntitle: 雁\n---\n![Geese](images/geese.png)\n",
      );
    });

    it("leaves pictures and share cards for later, once, and then has all that it would have had", async () => {
      const first = await built(true);
      expect(first.toFollow).toEqual({ pictures: 1, cards: true });
      expect(first.manifest.cardsSince).toBeNull();
      const original = readFileSync(GEESE, "latin1");
      const served = [...filesOf()].filter(([name]) => name.startsWith("assets/media/p/"));
      expect(served.map(([, bytes]) => bytes === original)).toEqual([true]);

      const whole = await built(false);
      expect(whole.toFollow).toBeNull();
      const files = filesOf();
      rmSync(join(folder.path, "build"), { recursive: true });
      const anew = await built(false);
      expect(anew.manifest.release).toBe(whole.manifest.release);
      expect(filesOf()).toEqual(files);

      writeFileSync(
        join(folder.path, "articles/2022-01-12-next.md"),
        "---\ntitle: 次\n---\nText.\n",
      );
      const edited = await built(true);
      expect([edited.toFollow, edited.manifest.cardsSince]).toEqual([
        null,
        anew.manifest.cardsSince,
      ]);
    });

    it("keeps what was drawn until an edit came in between, and then nothing else", async () => {
      await built(true);
      const drawn = join(folder.path, "build/values/p/drawn");
      writeFileSync(drawn, "");
      await built(true);
      expect(existsSync(drawn)).toBe(true);
      await built(false);
      expect(existsSync(drawn)).toBe(false);
    });

    it("leaves nothing for later where there is nothing", async () => {
      rmSync(join(folder.path, "articles/2022-01-11-geese.md"));
      appendFileSync(join(folder.path, "wrangler.toml"), "cards = 0\n");
      expect((await built(true)).toFollow).toBeNull();
    });
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
