import pMap from "p-map";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as MiniflareModule from "miniflare";
import type { PlannedValue } from "../bundle/plan-release.ts";
import { writeIfChanged } from "../bundle/write-if-changed.ts";
import { KV_BINDING } from "../config/worker-config.ts";
import { wranglerScript } from "../terminal/wrangler-script.ts";

/** Where `wrangler dev` keeps its KV, relative to the folder of `wrangler.toml`. */
const STATE_FOLDER = ".wrangler/state/v3";
/** How many releases' values are kept, because a request under way may still read an older one. */
const KEPT_RELEASES = 20;
const AT_ONCE = { concurrency: 8 };

/**
 * The list of what was put into a namespace. It lies inside the state, so that deleting the state deletes it too.
 *
 * @param namespace its name on disk
 */
function receiptOf(root: string, namespace: string): string {
  const name = namespace === KV_BINDING ? "" : `-${encodeURIComponent(namespace)}`;
  return join(root, STATE_FOLDER, `offprint-seeded${name}.json`);
}

/** The number of the last filling, and the keys in the local KV with the last filling that needed each. */
interface Receipt {
  readonly seeding: number;
  readonly keys: Readonly<Record<string, number>>;
}

/** The KV of `wrangler dev`. */
interface LocalKv extends AsyncDisposable {
  /**
   * Puts the values that it lacks, and deletes those that no recent release needed.
   *
   * @param values all values that the release needs
   */
  readonly fill: (values: readonly PlannedValue[]) => Promise<void>;
}

/**
 * Gives access to the KV of `wrangler dev`. Opening it is slow, so it is opened only when there is something to put. If
 * nothing was ever put, it is opened at once, while the values are being made.
 *
 * @param root the folder of `wrangler.toml`
 * @param namespace the name of the KV namespace on disk
 */
export async function prepareLocalKv(root: string, namespace: string): Promise<LocalKv> {
  const before = await readReceipt(root, namespace);
  let opened: Promise<OpenNamespace> | null = null;
  const open = async (): Promise<OpenNamespace> => (opened ??= openNamespace(root, namespace));
  // A failure is reported when something is put.
  if (before.seeding === 0) open().catch(() => null);
  return {
    fill: async (values) => {
      const missing = values.filter(({ key }) => !(key in before.keys));
      if (missing.length === 0) return;

      const seeding = before.seeding + 1;
      const needed = Object.fromEntries(values.map(({ key }) => [key, seeding]));
      const known = Object.entries({ ...before.keys, ...needed });
      const { kept = [], stale = [] } = Object.groupBy(known, ([, neededBy]) =>
        neededBy > seeding - KEPT_RELEASES ? "kept" : "stale",
      );
      const { kv } = await open();
      await pMap(missing, async ({ key, encode }) => kv.put(key, await encode()), AT_ONCE);
      // Written before anything is deleted, so that after a crash the receipt names no deleted key.
      const receipt: Receipt = { seeding, keys: Object.fromEntries(kept) };
      await writeIfChanged(receiptOf(root, namespace), Buffer.from(JSON.stringify(receipt)));
      await pMap(stale, async ([key]) => kv.delete(key), AT_ONCE);
    },
    [Symbol.asyncDispose]: async () => (await opened?.catch(() => null))?.miniflare.dispose(),
  };
}

interface OpenNamespace {
  readonly kv: Awaited<ReturnType<MiniflareModule.Miniflare["getKVNamespace"]>>;
  readonly miniflare: MiniflareModule.Miniflare;
}

async function openNamespace(root: string, namespace: string): Promise<OpenNamespace> {
  const { Miniflare, convertV4MiniflareOptions } = await loadMiniflare();
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "export default {}",
      kvNamespaces: { [KV_BINDING]: namespace },
      resourcePersistencePath: join(root, STATE_FOLDER),
      cf: false,
    }),
  );
  try {
    return { kv: await miniflare.getKVNamespace(KV_BINDING), miniflare };
  } catch (error) {
    await miniflare.dispose();
    throw error;
  }
}

/**
 * The Miniflare of wrangler itself, which alone is sure to write what wrangler reads. Loaded only when needed, because loading
 * takes longer than bundling a small site.
 */
async function loadMiniflare(): Promise<typeof MiniflareModule> {
  const file = createRequire(wranglerScript()).resolve("miniflare");
  return (await import(pathToFileURL(file).href)) as typeof MiniflareModule;
}

/** Whether `wrangler dev` has been used here, so that it may be running and must find what is bundled. */
export function hasLocalKv(root: string, namespace: string): boolean {
  return existsSync(receiptOf(root, namespace));
}

async function readReceipt(root: string, namespace: string): Promise<Receipt> {
  try {
    return JSON.parse(await readFile(receiptOf(root, namespace), "utf8")) as Receipt;
  } catch {
    // There is none yet, or a crash cut it off; everything is put again.
    return { seeding: 0, keys: {} };
  }
}
