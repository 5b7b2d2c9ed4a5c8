import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Miniflare } from "miniflare";
import { inTurns } from "./in-turns.ts";
import type { PlannedValue } from "./plan-release.ts";

/** Where `wrangler dev` keeps its own KV. */
const STATE_FOLDER = ".wrangler/state/v3";
/** What we have put there. It lies inside the state, so that deleting the state deletes it too. */
const RECEIPT = join(STATE_FOLDER, "offprint-seeded.json");
/** Releases whose values stay: a request under way may still read an older one. */
const KEPT_RELEASES = 20;
const VALUES_AT_ONCE = 8;

/** Keys in the local KV, each with the number of the last seeding that needed it. */
interface Receipt {
  readonly seeding: number;
  readonly keys: Readonly<Record<string, number>>;
}

/**
 * Puts the values that `wrangler dev` lacks into its local KV, and takes away those that no recent release needed. The
 * KV is opened only when there is something to put, because opening it takes longer than all else.
 *
 * @param values all that the release needs
 * @param namespace as `wrangler dev` names it on disk: the binding, where wrangler.toml gives no id
 */
export async function seedLocalKv(
  values: readonly PlannedValue[],
  namespace: string,
): Promise<void> {
  const before = await readReceipt();
  const missing = values.filter(({ key }) => !(key in before.keys));
  if (missing.length === 0) return;

  const seeding = before.seeding + 1;
  const needed = Object.fromEntries(values.map(({ key }) => [key, seeding]));
  const known = Object.entries({ ...before.keys, ...needed });
  const isStale = (neededBy: number): boolean => neededBy <= seeding - KEPT_RELEASES;
  await withNamespace(namespace, async (kv) => {
    await inTurns(missing, VALUES_AT_ONCE, async ({ key, encode }) => kv.put(key, await encode()));
    const kept = known.filter(([, neededBy]) => !isStale(neededBy));
    // Before anything is deleted: a crash must not leave a key in the receipt that is gone.
    await writeReceipt({ seeding, keys: Object.fromEntries(kept) });
    const stale = known.filter(([, neededBy]) => isStale(neededBy));
    await inTurns(stale, VALUES_AT_ONCE, async ([key]) => kv.delete(key));
  });
}

type LocalNamespace = Awaited<ReturnType<Miniflare["getKVNamespace"]>>;

async function withNamespace(
  name: string,
  use: (namespace: LocalNamespace) => Promise<void>,
): Promise<void> {
  // Loaded only when needed: it takes longer than bundling a small site.
  const { Miniflare, convertV4MiniflareOptions } = await import("miniflare");
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      modules: true,
      script: "export default {}",
      kvNamespaces: { [name]: name },
      resourcePersistencePath: STATE_FOLDER,
      cf: false,
    }),
  );
  try {
    await use(await miniflare.getKVNamespace(name));
  } finally {
    await miniflare.dispose();
  }
}

/** Whether `wrangler dev` has been used here, and so may be running: then it must find what is bundled. */
export function hasLocalKv(): boolean {
  return existsSync(RECEIPT);
}

async function readReceipt(): Promise<Receipt> {
  try {
    return JSON.parse(await readFile(RECEIPT, "utf8")) as Receipt;
  } catch {
    // None yet, or cut off by a crash: everything is sent again.
    return { seeding: 0, keys: {} };
  }
}

async function writeReceipt(receipt: Receipt): Promise<void> {
  await mkdir(STATE_FOLDER, { recursive: true });
  await writeFile(`${RECEIPT}.new`, JSON.stringify(receipt));
  await rename(`${RECEIPT}.new`, RECEIPT);
}
