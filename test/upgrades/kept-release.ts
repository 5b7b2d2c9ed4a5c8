import { cpSync, existsSync, globSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { percentDecoded } from "../../src/domain/percent-decoded.ts";
import { Manifest } from "../../src/store/manifest.ts";
import type { ValueSource } from "../../src/store/release-store.ts";
import type { PublishedFolder } from "../scripts/published-folder.ts";

const KEPT_RELEASES = join(import.meta.dirname, "../fixtures/upgrades");
const NAMESPACE = "0f";

/** What a site answers, also with a file in the place of the Worker. */
export type Answer = (
  path: string,
  headers?: Readonly<Record<string, string>>,
) => Promise<Response>;

interface App {
  fetch(request: Request, env: { readonly RELEASES: ValueSource }): Promise<Response>;
}

/** The Worker of an earlier version, as `keep-release.ts` bundled it. */
interface EarlierWorker {
  readonly createApp: (manifest: unknown) => App;
  readonly Manifest: { readonly open: (bytes: Uint8Array) => { readonly value: unknown } };
}

/**
 * Gives a folder the articles and settings from which each version made its release, and makes the release of an earlier version
 * the live one of its account, as that version's deploy had done it.
 *
 * @returns answers of whatever is live: of the earlier version by its own code, and of this one by ours
 */
export async function goLive(version: string, site: PublishedFolder): Promise<Answer> {
  rmSync(join(site.folder, "articles"), { recursive: true });
  cpSync(join(KEPT_RELEASES, "site"), site.folder, { recursive: true });
  const folder = join(KEPT_RELEASES, version);
  const bytes = readFileSync(join(folder, "release.bin"));
  const opened = Manifest.open(bytes);
  if (!opened.ok) throw new Error(opened.failure.detail);
  const { release, articleCount: articles } = opened.value;
  const { cloudflare, origin } = site;
  const stored = (value: Buffer, metadata: unknown = null) =>
    ({ bytes: value, metadata, visibleAt: 0 }) as const;
  const at = Math.floor(cloudflare.now() / 1000);
  const values = new Map([
    [`r/${release}`, stored(gzipSync(bytes), { at, kind: "deploy", articles })],
  ]);
  for (const key of globSync("*/*", { cwd: join(folder, "values") })) {
    values.set(key, stored(readFileSync(join(folder, "values", key))));
  }
  cloudflare.namespaces.set(NAMESPACE, { title: "offprint-releases", values });
  cloudflare.isOnWorkersDev = true;
  await cloudflare.addLiveVersion(
    {
      "workers/tag": release,
      "workers/message": `${articles} articles; code ${"z".repeat(22)}`,
    },
    {
      modules: [
        { name: "release.bin", type: "application/octet-stream", bytes: new Uint8Array(bytes) },
      ],
      bindings: [{ type: "kv_namespace", name: "RELEASES", namespace_id: NAMESPACE }],
    },
  );
  const earlier = cloudflare.liveVersion;
  if (earlier === null) throw new Error("Nothing is live");
  const path: string = join(folder, "worker.js");
  const worker = (await import(path)) as EarlierWorker;
  const manifest = worker.Manifest.open(bytes).value;
  const RELEASES: ValueSource = {
    get: async (key, { cacheTtl }) => {
      const value = cloudflare.readAs(earlier, key, cacheTtl);
      return value === null ? null : new Uint8Array(value).buffer;
    },
  };
  return async (address, headers = {}) => {
    const isEarlier = cloudflare.liveVersion?.id === earlier.id;
    const files = isEarlier ? join(folder, "assets") : join(site.folder, "build/deploy/assets");
    const file = join(files, percentDecoded(new URL(address, origin).pathname) ?? "");
    if (existsSync(file) && statSync(file).isFile()) return new Response(readFileSync(file));
    if (!isEarlier) return site.fetch(address, { headers });
    // Each request comes to an isolate that has served nobody yet.
    const request = new Request(new URL(address, origin), { redirect: "manual", headers });
    return worker.createApp(manifest).fetch(request, { RELEASES });
  };
}
