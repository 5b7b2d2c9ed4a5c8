import type { Result } from "../../src/domain/result.ts";
import { failed, ok } from "../../src/domain/result.ts";
import type { ContentHash } from "../../src/store/content-hash.ts";
import type { IndexedFiles } from "../bundle/bundled-site.ts";
import type { KvNamespace } from "../cloudflare/kv-namespace.ts";
import type { Account } from "../cloudflare/sign-in.ts";
import type { WorkerConfig } from "../config/worker-config.ts";
import type { BundledArticle } from "../read/article/store-article.ts";
import type { FileOutcome } from "../read/cache/file-outcome.ts";
import type { IndexedOutcome } from "../read/index/index-pack.ts";
import { indexKey, openIndexPack, planIndex } from "../read/index/plan-index.ts";
import { counted } from "../terminal/counted.ts";
import type { IO } from "../terminal/io.ts";
import { mapConcurrently } from "../terminal/map-concurrently.ts";
import { hasError } from "../diagnostics/diagnostic.ts";
import type { LiveIndex } from "./kept-index.ts";
import { liveBodies } from "./live-bodies.ts";
import { readLiveSite } from "./live-site.ts";
import { openDeployedNamespace } from "./open-namespace.ts";
import type { ReadRecord } from "./release-record.ts";
import { readRecord } from "./release-record.ts";

/** Fewer files are read in less time than it takes to ask. */
export const LEAST_FILES_FOR_INDEX = 600;

const PACKS_AT_ONCE = 6;

interface IndexInput {
  /** The record of the live release; null where there is none, or it cannot be read, which the deploy says itself. */
  readonly readLive: () => Promise<LiveRecord | null>;
  /** How many files make it worth it. */
  readonly leastFiles: number;
  readonly io: IO;
}

/** The record of the live release, and where it was read. */
export interface LiveRecord {
  readonly namespace: Pick<KvNamespace, "get">;
  readonly record: ReadRecord;
}

/** An index that was taken over. */
interface OpenIndex {
  readonly outcomes: ReadonlyMap<string, FileOutcome>;
  /** The pack that each outcome came of, and how many that has. */
  readonly packs: ReadonlyMap<FileOutcome, { readonly hash: ContentHash; readonly count: number }>;
}

/** Nothing is asked yet. */
export function createLiveIndex(input: IndexInput): LiveIndex {
  const { leastFiles, io } = input;
  let asked: Promise<OpenIndex | null> | null = null;
  let open: OpenIndex | null = null;
  return {
    ask: async (files, unknown) => {
      if (unknown < leastFiles) return null;
      open = await (asked ??= openIndex(files, input).then((opened) => {
        if (opened.ok) {
          const count = counted(opened.value.outcomes.size, "file");
          io.say(`The live release's index knows ${count}: reading only what is new`);
          return opened.value;
        }
        if (opened.failure !== null) io.say(`${opened.failure}: reading every article`);
        return null;
      }));
      const taken = open;
      return taken === null ? null : { find: (path) => taken.outcomes.get(path) ?? null };
    },
    plan: ({ read: { files }, articles }) => {
      const read = files.outcomes();
      if (read.length < leastFiles) return null;
      const outcomes = worthKeeping(read, articles);
      const packs = planIndex(outcomes, files.sources, (pack) =>
        open === null ? null : hashBefore(pack, open),
      );
      return {
        ref: { basis: files.basis, packs: packs.map(({ hash }) => hash) },
        values: packs.map(({ hash, encode }) => ({ key: indexKey(hash), encode })),
      };
    },
  };
}

/**
 * What the next deploy can rely on: articles whose bodies the release has, and files that are none; without those with an error, which
 * are read again to say where it is.
 */
function worthKeeping(
  outcomes: readonly IndexedOutcome[],
  articles: readonly BundledArticle[],
): readonly IndexedOutcome[] {
  const released = new Map(articles.map(({ id, path, entry }) => [path, { id, hash: entry.hash }]));
  return outcomes.filter(({ outcome: { path, stamp, result, diagnostics } }) => {
    if (stamp.blob === "" || hasError(diagnostics)) return false;
    if (result.kind === "skipped") return true;
    const { id, entry } = result.article;
    const own = released.get(path);
    return own?.id === id && own.hash === entry.hash;
  });
}

/** The pack of an index that holds just these outcomes. */
function hashBefore(pack: readonly IndexedOutcome[], { packs }: OpenIndex): ContentHash | null {
  const [first] = pack;
  const before = first === undefined ? undefined : packs.get(first.outcome);
  if (before?.count !== pack.length) return null;
  const isSame = pack.every(({ outcome }) => packs.get(outcome)?.hash === before.hash);
  return isSame ? before.hash : null;
}

/** Fails with what is wrong with the index; with null where nothing is to be said of it. */
async function openIndex(
  files: Omit<IndexedFiles, "outcomes">,
  { readLive }: IndexInput,
): Promise<Result<OpenIndex, string | null>> {
  const live = await readLive();
  if (live === null) return failed(null);
  const { namespace, record } = live;
  const { manifest, index } = record;
  if (index === null) {
    return failed("The live release has no index of its files, as of a version before 0.3");
  }
  if (index.basis !== files.basis) {
    return failed(
      "The live release was read with other settings, or another version of Offprint or Node, so that its index does not count",
    );
  }
  const bring = liveBodies(manifest, namespace);
  const packs = await mapConcurrently(index.packs, PACKS_AT_ONCE, async (hash) => {
    const value = await namespace.get(indexKey(hash));
    if (!value.ok) {
      return failed(`The live release's index cannot be read (${value.failure.detail})`);
    }
    if (value.value === null) return failed(`KV has lost ${indexKey(hash)} of the live index`);
    const outcomes = openIndexPack(value.value, hash, files.sources, bring);
    return outcomes === null
      ? failed(`${indexKey(hash)} of the live index is damaged`)
      : ok({ hash, outcomes });
  });
  if (!packs.ok) return packs;
  const all = packs.value.flatMap(({ hash, outcomes }) =>
    outcomes.map(({ outcome }) => ({ outcome, from: { hash, count: outcomes.length } })),
  );
  return ok({
    outcomes: new Map(all.map(({ outcome }) => [outcome.path, outcome])),
    packs: new Map(all.map(({ outcome, from }) => [outcome, from])),
  });
}

/** Reads the record of the live release. */
export async function readLiveRecord(
  account: Account,
  config: WorkerConfig,
): Promise<LiveRecord | null> {
  const live = await readLiveSite(account, config.name);
  if (!live.ok || live.value.release === null) return null;
  const namespace = await openDeployedNamespace(account, config);
  if (!namespace.ok) return null;
  const record = await readRecord(namespace.value, live.value.release);
  return record.ok ? { namespace: namespace.value, record: record.value } : null;
}
