import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { BundledSite } from "../../../scripts/bundle/bundled-site.ts";
import { bundleSite } from "../../../scripts/bundle/bundle-site.ts";
import { readSettings } from "../../../scripts/config/settings.ts";
import type { BundledArticle } from "../../../scripts/read/article/store-article.ts";
import { restoreArticle } from "../../../scripts/read/article/store-article.ts";
import { fakeIO } from "../fake-io.ts";

/** A site whose articles show pictures. */
export interface PictureSite {
  readonly put: (path: string, content: Uint8Array | string) => void;
  /** Writes an article that shows pictures, one in each paragraph. */
  readonly show: (article: string, pictures: readonly string[], header?: string) => void;
  readonly bundle: () => Promise<BundledPictures>;
}

interface BundledPictures {
  readonly site: BundledSite;
  readonly articles: readonly BundledArticle[];
  /** The HTML of all articles. */
  readonly html: string;
  /** What the commands says. */
  readonly said: readonly string[];
  /** The files that are served, by their paths. */
  readonly served: ReadonlyMap<string, Buffer>;
}

/** Files that changed shortly before a run are not trusted in the next. */
const LATER = 10_000;

/** @param folder the site's folder */
export function pictureSite(folder: { readonly path: string }, settingLines = ""): PictureSite {
  const at = (path: string): string => join(folder.path, path);
  const put = (path: string, content: Uint8Array | string): void => {
    mkdirSync(dirname(at(path)), { recursive: true });
    writeFileSync(at(path), content);
  };
  return {
    put,
    show(article, pictures, header = "") {
      const body = pictures.map((name) => `![${name}](${name})\n`).join("\n");
      put(`_posts/${article}.md`, `---\ntitle: a\n${header}---\n文字。\n\n${body}`);
    },
    async bundle() {
      const toml = `[vars.SITE]\ntitle = "a"\nurl = "https://news.example"\nsources = ["_posts"]\ncards = 0\n${settingLines}`;
      const settings = readSettings(toml, "wrangler.toml", {});
      if (!settings.ok) throw new Error(JSON.stringify(settings.failure));
      const io = fakeIO({ now: () => Date.now() + LATER });
      const site = await bundleSite({
        root: folder.path,
        settings: settings.value,
        assets: at("build/assets"),
        cacheFolder: at("build/cache"),
        ignoresCache: false,
        io,
      });
      const { articles } = await site.sources();
      const bodies = articles.map((article) => Buffer.from(restoreArticle(article).body));
      return {
        site,
        articles,
        html: bodies.map(String).join("\n"),
        said: io.lines,
        served: filesIn(at("build/assets")),
      };
    },
  };
}

function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();
  return new Map(
    names
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [`/${name}`, readFileSync(join(folder, name))]),
  );
}
