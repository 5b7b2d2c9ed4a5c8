import { articleKey } from "../../src/store/article-entry.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import type { Manifest } from "../../src/store/manifest.ts";
import { Pack, packKey } from "../../src/store/pack.ts";
import { ValueCache } from "../../src/store/value-cache.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import type { BringBody } from "../read/index/index-pack.ts";

/** KV does not give a body that the index of the live release counts on. */
export class BodyLost extends Error {}

/** Of about a megabyte each. */
const PACKS_KEPT = 32;

/** Brings bodies of articles as the live release has them: each pack is read once, unless many others were read since. */
export function liveBodies(manifest: Manifest, namespace: Pick<KvNamespace, "get">): BringBody {
  const packs = new ValueCache<Promise<Pack>>(PACKS_KEPT);
  const packOf = async (hash: ContentHash): Promise<Pack> => {
    const known = packs.get(hash);
    if (known !== null) return known;
    const reading = readPack(hash, namespace);
    packs.set(hash, reading, 1);
    return reading;
  };
  return async ({ id, head, size }) => {
    const key = articleKey(id);
    const hash = manifest.packOf("articles", key);
    if (hash === null) throw new BodyLost(`The live release has no article "${id}"`);
    const found = (await packOf(hash)).find(key);
    const body = found.ok && found.value !== null ? found.value.storedBody() : null;
    // The pack has what the index says, since its name is a hash of that; this notices where one of them is another's.
    const isSame =
      found.ok &&
      found.value !== null &&
      body?.ok === true &&
      Buffer.compare(found.value.head, head) === 0 &&
      key.byteLength + head.byteLength + body.value.byteLength === size;
    if (!isSame) throw new BodyLost(`The article "${id}" in ${packKey(hash)} is damaged`);
    return body.value;
  };
}

async function readPack(hash: ContentHash, namespace: Pick<KvNamespace, "get">): Promise<Pack> {
  const key = packKey(hash);
  const value = await namespace.get(key);
  if (!value.ok) throw new BodyLost(`${key} cannot be read (${value.failure.detail})`);
  if (value.value === null) throw new BodyLost(`KV has lost ${key}`);
  const pack = Pack.open(value.value, hash);
  if (!pack.ok) throw new BodyLost(`${key} is damaged (${pack.failure.detail})`);
  return pack.value;
}
