import pMap from "p-map";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Miniflare } from "miniflare";
import type { PlannedValue } from "../bundle/plan-release.ts";

/** Where `wrangler dev` keeps its own KV, in the folder of `wrangler.toml`. */
const STATE_FOLDER = ".wrangler/state/v3";
/** What we have put there. It lies inside the state, so that deleting the state deletes it too. */
const RECEIPT = `${STATE_FOLDER}/offprint-seeded.json`;
/** Releases whose values stay: a request under way may still read an older one. */
const KEPT_RELEASES = 20;
const AT_ONCE = { concurrency: 8 };

/** Keys in the local KV, each with the number of the last seeding that needed it. */
interface Receipt {
  readonly seeding: number;
  readonly keys: Readonly<Record<string, number>>;
}

/** The KV of `wrangler dev`. Opening it takes longer than all else, so it is opened when there is something to put. */
export class LocalKv {
  readonly #root: string;
  readonly #receipt: Receipt;
  readonly #name: string;
  #opened: Promise<OpenNamespace> | null = null;

  private constructor(root: string, receipt: Receipt, name: string) {
    this.#root = root;
    this.#receipt = receipt;
    this.#name = name;
  }

  /**
   * Where nothing was ever put the KV begins to open at once, beside the work that makes the values.
   *
   * @param root the folder of `wrangler.toml`
   * @param name as `wrangler dev` names it on disk: the binding, where wrangler.toml gives no id
   */
  static async prepare(root: string, name: string): Promise<LocalKv> {
    const localKv = new LocalKv(root, await readReceipt(root), name);
    // Whoever puts something learns of a failure.
    if (localKv.#receipt.seeding === 0) localKv.#open().catch(() => null);
    return localKv;
  }

  /**
   * Puts the values that it lacks, and takes away those that no recent release needed.
   *
   * @param values all that the release needs
   */
  async fill(values: readonly PlannedValue[]): Promise<void> {
    const before = this.#receipt;
    const missing = values.filter(({ key }) => !(key in before.keys));
    if (missing.length === 0) return;

    const seeding = before.seeding + 1;
    const needed = Object.fromEntries(values.map(({ key }) => [key, seeding]));
    const known = Object.entries({ ...before.keys, ...needed });
    const isStale = (neededBy: number): boolean => neededBy <= seeding - KEPT_RELEASES;
    const { kv } = await this.#open();
    await pMap(missing, async ({ key, encode }) => kv.put(key, await encode()), AT_ONCE);
    const kept = known.filter(([, neededBy]) => !isStale(neededBy));
    // Before anything is deleted: a crash must not leave a key in the receipt that is gone.
    await writeReceipt(this.#root, { seeding, keys: Object.fromEntries(kept) });
    const stale = known.filter(([, neededBy]) => isStale(neededBy));
    await pMap(stale, async ([key]) => kv.delete(key), AT_ONCE);
  }

  async close(): Promise<void> {
    const opened = await this.#opened?.catch(() => null);
    await opened?.close();
  }

  async #open(): Promise<OpenNamespace> {
    this.#opened ??= openNamespace(this.#root, this.#name);
    return this.#opened;
  }
}

interface OpenNamespace {
  readonly kv: Awaited<ReturnType<Miniflare["getKVNamespace"]>>;
  readonly close: () => Promise<void>;
}

async function openNamespace(root: string, name: string): Promise<OpenNamespace> {
  // Loaded only when needed: it takes longer than bundling a small site.
  const { Miniflare, convertV4MiniflareOptions } = await import("miniflare");
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "export default {}",
      kvNamespaces: { [name]: name },
      resourcePersistencePath: join(root, STATE_FOLDER),
      cf: false,
    }),
  );
  const close = async (): Promise<void> => miniflare.dispose();
  try {
    return { kv: await miniflare.getKVNamespace(name), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether `wrangler dev` has been used here, and so may be running: then it must find what is bundled. */
export function hasLocalKv(root: string): boolean {
  return existsSync(join(root, RECEIPT));
}

async function readReceipt(root: string): Promise<Receipt> {
  try {
    return JSON.parse(await readFile(join(root, RECEIPT), "utf8")) as Receipt;
  } catch {
    // None yet, or cut off by a crash: everything is sent again.
    return { seeding: 0, keys: {} };
  }
}

async function writeReceipt(root: string, receipt: Receipt): Promise<void> {
  const path = join(root, RECEIPT);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, JSON.stringify(receipt));
  await rename(`${path}.new`, path);
}
