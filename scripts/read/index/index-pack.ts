import { join, relative, sep } from "node:path";
import type { ShareId } from "../../../src/domain/share-id.ts";
import type { StoredHead } from "../../../src/store/article-entry.ts";
import { articleKey, encodeStoredHead, headerOfStored } from "../../../src/store/article-entry.ts";
import type { ContentHash } from "../../../src/store/content-hash.ts";
import type { DeflatedBody } from "../../../src/store/pack.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { ReadResult, SourceFacts } from "../article/read-article.ts";
import type { ArticleEntry, BundledArticle } from "../article/store-article.ts";
import type { Lookup } from "../cache/lookups.ts";
import type { FileOutcome } from "../cache/file-outcome.ts";
import type { LocalFile } from "../files/local-file.ts";

/** What came of a file, and the source folder that it is in. */
export interface IndexedOutcome {
  /** Absolute. */
  readonly source: string;
  readonly outcome: FileOutcome;
}

/** A source folder, here and now: an index knows it by its place in the settings only. */
export interface IndexSource {
  /** Absolute. */
  readonly folder: string;
  /** As the settings write it, without a slash at the end. */
  readonly written: string;
}

/** An article's entry, as far as an index knows it. */
export interface IndexedEntry {
  readonly id: ShareId;
  readonly head: Uint8Array;
  readonly hash: ContentHash;
  readonly size: number;
}

/** Brings the body of an article. */
export type BringBody = (entry: IndexedEntry) => Promise<DeflatedBody>;

/*
 * A pack of an index is a JSON text, an array of these. They are tuples, because names would be a third of the bytes. Nothing in it
 * depends on where the folders are on a machine.
 */
type IndexRecord = readonly [
  source: number,
  pathInSource: string,
  blob: string,
  lookups: readonly Lookup[],
  diagnostics: readonly Diagnostic[],
  result: ReadResult<IndexedArticle>,
];

type IndexedFacts = Omit<SourceFacts, "path">;

interface IndexedArticle {
  readonly id: ShareId;
  readonly hash: ContentHash;
  readonly size: number;
  readonly head: StoredHead;
  readonly facts: IndexedFacts;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Writes a pack of an index. The same outcomes give the same bytes on every machine, whether they were read or came of an index. */
export function encodeIndexPack(
  outcomes: readonly IndexedOutcome[],
  sources: readonly IndexSource[],
): Uint8Array {
  const numbers = new Map(sources.map(({ folder }, number) => [folder, number]));
  const records = outcomes.map(({ source, outcome }): IndexRecord => {
    const { path, pathInSource, stamp, lookups, diagnostics, result } = outcome;
    const inside = (file: string): string => relative(source, file).split(sep).join("/");
    return [
      numbers.get(source) ?? 0,
      pathInSource,
      stamp.blob,
      lookups.map((lookup) => movedLookup(lookup, inside)),
      diagnostics.map((one) => (one.path === path ? { ...one, path: "" } : one)),
      result.kind === "skipped"
        ? result
        : { kind: "article", article: indexedArticle(result.article, inside) },
    ];
  });
  return encoder.encode(JSON.stringify(records));
}

function indexedArticle(
  {
    id,
    entry: { hash, size, head },
    titleLine,
    identity,
    redirects,
    guessedRedirects,
    localFiles,
    mediaHosts,
    links,
  }: BundledArticle,
  inside: (file: string) => string,
): IndexedArticle {
  return {
    id,
    hash,
    size,
    head: JSON.parse(decoder.decode(head)) as StoredHead,
    facts: {
      titleLine,
      identity,
      redirects,
      guessedRedirects,
      localFiles: localFiles.map((file) => movedFile(file, inside)),
      mediaHosts,
      links,
    },
  };
}

/** Reads what `encodeIndexPack` wrote, without validation, because the pack's name vouches for the bytes. */
export function decodeIndexPack(
  content: Uint8Array,
  sources: readonly IndexSource[],
  bring: BringBody,
): readonly IndexedOutcome[] {
  const records = JSON.parse(decoder.decode(content)) as readonly IndexRecord[];
  return records.flatMap(([number, pathInSource, blob, lookups, diagnostics, result]) => {
    const source = sources[number];
    if (source === undefined) return [];
    const { folder, written } = source;
    const path = `${written}/${pathInSource}`;
    const onDisk = (inside: string): string => join(folder, inside);
    const outcome: FileOutcome = {
      path,
      pathInSource,
      stamp: { blob, status: null },
      lookups: lookups.map((lookup) => movedLookup(lookup, onDisk)),
      diagnostics: diagnostics.map((one) => (one.path === "" ? { ...one, path } : one)),
      result:
        result.kind === "skipped"
          ? result
          : { kind: "article", article: articleOf(result.article, path, onDisk, bring) },
    };
    return { source: folder, outcome };
  });
}

function articleOf(
  { id, hash, size, head: stored, facts }: IndexedArticle,
  path: string,
  onDisk: (inside: string) => string,
  bring: BringBody,
): BundledArticle {
  const entry = new EntryElsewhere({ id, hash, size, stored, path }, bring);
  const localFiles = facts.localFiles.map((file) => movedFile(file, onDisk));
  return { ...headerOfStored(id, stored), ...facts, localFiles, path, entry };
}

/** What an index knows of an entry: made of it is only what somebody asks for, since most packs are in KV. */
class EntryElsewhere implements ArticleEntry {
  private readonly known: KnownEntry;
  private readonly bringBody: BringBody;

  constructor(known: KnownEntry, bringBody: BringBody) {
    this.known = known;
    this.bringBody = bringBody;
  }

  get key(): Uint8Array {
    return articleKey(this.known.id);
  }

  get hash(): ContentHash {
    return this.known.hash;
  }

  get size(): number {
    return this.known.size;
  }

  get head(): Uint8Array {
    return encodeStoredHead(this.known.stored);
  }

  /** Getters, since functions are taken out of entries. */
  get deflate(): () => never {
    return () => {
      throw new Error(`The body of "${this.known.path}" was not brought`);
    };
  }

  get bring(): () => Promise<DeflatedBody> {
    const { id, hash, size } = this.known;
    return async () => this.bringBody({ id, head: this.head, hash, size });
  }
}

interface KnownEntry extends Pick<IndexedArticle, "id" | "hash" | "size"> {
  readonly stored: StoredHead;
  readonly path: string;
}

function movedLookup(lookup: Lookup, move: (file: string) => string): Lookup {
  const { reference, found } = lookup;
  return found.ok
    ? { reference, found: { ...found, value: movedFile(found.value, move) } }
    : lookup;
}

function movedFile(file: LocalFile, move: (file: string) => string): LocalFile {
  return { ...file, file: move(file.file) };
}
