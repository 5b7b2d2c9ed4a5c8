import { createHmac, hash } from "node:crypto";
import { copyFileSync, existsSync, linkSync, mkdirSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { writeIfChanged } from "../bundle/write-if-changed.ts";
import { KV_BINDING } from "../config/worker-config.ts";

/*
 * The KV of `wrangler dev`, written as wrangler's Miniflare writes it: of each namespace a folder with a file for each value, and a database
 * with the keys. To start Miniflare for it takes a second of CPU, each time that an article was saved.
 */

/** Where `wrangler dev` keeps its KV, relative to the folder of `wrangler.toml`. "v3" is the version of what lies in it. */
const STATE_FOLDER = ".wrangler/state/v3";
/** The class of the Durable Object that is a namespace in Miniflare. */
const OBJECT_KIND = "miniflare-KVNamespaceObject";
/** What Miniflare keeps out of names of folders. */
const NO_PART_OF_NAMES = /[?<>*"'^/\\:|]/g;
const SCHEMA = `
CREATE TABLE IF NOT EXISTS _mf_entries (
  key TEXT PRIMARY KEY,
  blob_id TEXT NOT NULL,
  expiration INTEGER,
  metadata TEXT
);
CREATE INDEX IF NOT EXISTS _mf_entries_expiration_idx ON _mf_entries(expiration);
`;
/** The Worker that is being served may be reading. */
const BUSY_MILLISECONDS = 10_000;
/** How many releases' values are kept, because a request under way may still read an older one. */
const KEPT_RELEASES = 20;

/** The number of the last filling, and the keys in the local KV with the last filling that needed each. */
interface Receipt {
  readonly seeding: number;
  readonly keys: Readonly<Record<string, number>>;
}

/**
 * Puts the values that the KV of `wrangler dev` lacks, and deletes those that no recent release needed.
 *
 * @param root the folder of `wrangler.toml`
 * @param namespace the name of the KV namespace on disk
 * @param keys of all values that the release needs
 * @param values the folder with a file for each of them
 */
export async function fillLocalKv(
  root: string,
  namespace: string,
  keys: readonly string[],
  values: string,
): Promise<void> {
  const before = await readReceipt(root, namespace);
  const missing = keys.filter((key) => !(key in before.keys));
  if (missing.length === 0) return;

  const seeding = before.seeding + 1;
  const needed = Object.fromEntries(keys.map((key) => [key, seeding]));
  const known = Object.entries({ ...before.keys, ...needed });
  const { kept = [], stale = [] } = Object.groupBy(known, ([, neededBy]) =>
    neededBy > seeding - KEPT_RELEASES ? "kept" : "stale",
  );
  const blobs = join(
    root,
    STATE_FOLDER,
    "kv",
    namespace.replaceAll(NO_PART_OF_NAMES, "_"),
    "blobs",
  );
  mkdirSync(blobs, { recursive: true });
  for (const key of missing) putFile(join(values, key), join(blobs, blobOf(key)));
  using opened = openEntries(root, namespace);
  const { entries } = opened;
  const put = entries.prepare("INSERT OR REPLACE INTO _mf_entries (key, blob_id) VALUES (?, ?)");
  inOneGo(entries, () => {
    for (const key of missing) put.run(key, blobOf(key));
  });
  // Written before anything is deleted, so that after a crash the receipt names no deleted key.
  const receipt: Receipt = { seeding, keys: Object.fromEntries(kept) };
  await writeIfChanged(receiptOf(root, namespace), Buffer.from(JSON.stringify(receipt)));
  const remove = entries.prepare("DELETE FROM _mf_entries WHERE key = ? RETURNING blob_id");
  const blobsOfStale = inOneGo(entries, () =>
    stale.map(([key]) => String(remove.get(key)?.["blob_id"] ?? blobOf(key))),
  );
  for (const blob of blobsOfStale) rmSync(join(blobs, blob), { force: true });
}

/** Whether `wrangler dev` has been used here, so that it may be running and must find what is bundled. */
export function hasLocalKv(root: string, namespace: string): boolean {
  return existsSync(receiptOf(root, namespace));
}

/**
 * The list of what was put into a namespace. It lies inside the state, so that deleting the state deletes it too.
 *
 * @param namespace its name on disk
 */
function receiptOf(root: string, namespace: string): string {
  const name = namespace === KV_BINDING ? "" : `-${encodeURIComponent(namespace)}`;
  return join(root, STATE_FOLDER, `offprint-seeded${name}.json`);
}

async function readReceipt(root: string, namespace: string): Promise<Receipt> {
  try {
    return JSON.parse(await readFile(receiptOf(root, namespace), "utf8")) as Receipt;
  } catch {
    // There is none yet, or a crash cut it off; everything is put again.
    return { seeding: 0, keys: {} };
  }
}

/** The name of a value's file: since a key stands for its value, putting it twice leaves one file. */
function blobOf(key: string): string {
  return hash("sha256", key).padEnd(80, "0");
}

/** Neither is ever written again, so they may be one file under two names. */
function putFile(from: string, to: string): void {
  // A crash may have cut it off.
  rmSync(to, { force: true });
  try {
    linkSync(from, to);
  } catch {
    // Not every disk can, and the state may be a link to another one.
    copyFileSync(from, to);
  }
}

function openEntries(
  root: string,
  namespace: string,
): Disposable & { readonly entries: DatabaseSync } {
  const folder = join(root, STATE_FOLDER, "kv", OBJECT_KIND);
  mkdirSync(folder, { recursive: true });
  const entries = new DatabaseSync(join(folder, `${objectId(namespace)}.sqlite`));
  entries.exec(`PRAGMA busy_timeout = ${BUSY_MILLISECONDS}; PRAGMA journal_mode = WAL; ${SCHEMA}`);
  return {
    entries,
    [Symbol.dispose]: () => {
      entries.close();
    },
  };
}

/** The id of a Durable Object by its name, as workerd makes it. */
function objectId(name: string): string {
  const key = hash("sha256", OBJECT_KIND, "buffer");
  const half = (of: string | Buffer): Buffer =>
    createHmac("sha256", key).update(of).digest().subarray(0, 16);
  const first = half(name);
  return Buffer.concat([first, half(first)]).toString("hex");
}

function inOneGo<Value>(entries: DatabaseSync, work: () => Value): Value {
  entries.exec("BEGIN IMMEDIATE");
  try {
    const value = work();
    entries.exec("COMMIT");
    return value;
  } catch (error) {
    entries.exec("ROLLBACK");
    throw error;
  }
}
