import { basename } from "node:path";
import { build } from "esbuild";
import type { FeedFormat } from "../../src/domain/feed-format.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";

/** A hash of the code that renders each feed format, and one of the code that renders pages. */
export type RendererHashes = Readonly<Record<FeedFormat | "page", ContentHash>>;

/** The modules that all feed formats use, and the one of each format. */
const FEED_MODULES = ["feed-document", "feed-bodies", "digest", "rss", "atom", "json-feed"];

/** The modules whose output is answered with the validators of pages. */
const PAGE_MODULES = [
  "article-markdown",
  "category-index",
  "home-page",
  "list-page",
  "news-sitemap",
  "search-page",
  "share-page",
  "site-page",
  "subscribe-page",
  "content-security-policy",
  "card",
  "oembed",
  "opml",
  "sitemap",
];

/**
 * Hashes the code of `src/render` and all that it imports, compiled and minified, so that validators change when the output
 * may change, and not with comments, line breaks or other code. The hashes are the same on every machine, because the
 * version of esbuild is pinned.
 *
 * @param root the project's folder
 */
export async function rendererHashes(root: string): Promise<RendererHashes> {
  const pages = PAGE_MODULES.map((name, index) => `export * as _${index} from "${pathOf(name)}";`);
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: FEED_MODULES.map(pathOf),
    stdin: { contents: pages.join("\n"), resolveDir: root },
    bundle: true,
    // Not the identifiers: which letters they get depends on how often each letter is in all of the code.
    minifyWhitespace: true,
    minifySyntax: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    external: ["node:*"],
    target: "esnext",
    legalComments: "none",
    // Otherwise esbuild would look for a tsconfig.json in the folders above too.
    tsconfigRaw: {},
    outdir: "build",
    write: false,
  });
  const compiled = new Map(
    outputFiles.map(({ path, contents }) => [basename(path, ".js"), contents]),
  );
  const hashOf = (...modules: readonly string[]): ContentHash =>
    contentHash(modules.map((name) => compiled.get(name) ?? notCompiled(name)));
  return {
    rss: hashOf("feed-document", "feed-bodies", "digest", "rss"),
    atom: hashOf("feed-document", "feed-bodies", "digest", "atom"),
    json: hashOf("feed-document", "feed-bodies", "digest", "json-feed"),
    page: hashOf("stdin"),
  };
}

function pathOf(name: string): string {
  return `./src/render/${name}.ts`;
}

function notCompiled(name: string): never {
  throw new Error(`esbuild did not compile "${name}"`);
}
