import type { ArticleRef } from "../../src/domain/article.ts";
import type { Result } from "../../src/domain/result.ts";
import { ok } from "../../src/domain/result.ts";
import { articleKey } from "../../src/store/article-entry.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import type { Pack } from "../../src/store/pack.ts";
import type { StoreFailure } from "../../src/store/release-store.ts";
import { ReleaseStore } from "../../src/store/release-store.ts";
import { ValueCache } from "../../src/store/value-cache.ts";
import { packKey } from "../../src/store/pack.ts";
import type { ReadPack } from "./release-values.ts";

/**
 * The articles of packs that KV has lost, as far as the archive pages of the whole site tell of them: these name every
 * article once. Texts, categories and the like are not known.
 */
export async function findLostArticles(
  release: Manifest,
  lost: readonly ContentHash[],
  read: ReadPack,
): Promise<Result<readonly ArticleRef[], StoreFailure>> {
  const packs = new Map(release.packs("collections").map(({ hash }) => [packKey(hash), hash]));
  const values = {
    get: async (key: string): Promise<ArrayBuffer | null> => {
      const hash = packs.get(key);
      const bytes = hash === undefined ? ok(null) : await read(hash);
      // The store says of which value it could not be read.
      if (!bytes.ok) throw new Error(bytes.failure.detail);
      return bytes.value === null ? null : new Uint8Array(bytes.value).buffer;
    },
  };
  const refs = await new ReleaseStore(release, values, new ValueCache<Pack>(0)).sitePages("");
  if (!refs.ok) return refs;
  const hashes = new Set(lost);
  return ok(
    refs.value.filter(({ id }) => {
      const hash = release.packOf("articles", articleKey(id));
      return hash !== null && hashes.has(hash);
    }),
  );
}
