import { readFile } from "node:fs/promises";
import { deserialize, serialize } from "node:v8";
import { crc32 } from "node:zlib";
import type { ContentHash } from "../../src/store/content-hash.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SiteLook } from "../look/site-look.ts";
import { writeChecked } from "../read/cache/write-checked.ts";
import type { LocalFile } from "../read/files/local-file.ts";
import type { FilesOfArticle } from "../read/files/plan-served-files.ts";
import type { SkippedFile } from "../read/read-articles.ts";
import type { SourceState } from "../read/source-state.ts";
import { describeTrouble } from "../terminal/machine-trouble.ts";
import { unlessMissing } from "../terminal/unless-missing.ts";
import type { KeptRelease } from "./bundled-release.ts";

/** What is kept of a bundling, so that the next one need not be done where nothing has changed. */
export interface KeptBundle {
  readonly state: SourceState;
  readonly release: KeptRelease;
  /** Where old paths lead, as `serialize` writes it: there may be one for each article, and mostly nobody asks. */
  readonly redirects: Uint8Array;
  /** A hash of what the site changes of the look of its pages, which is read each time. */
  readonly look: ContentHash;
  readonly skipped: readonly SkippedFile[];
  /** Without what is wrong with the files that are served, which are copied each time. */
  readonly diagnostics: {
    readonly beforeFiles: readonly Diagnostic[];
    readonly behindFiles: readonly Diagnostic[];
  };
  /** The files to serve, by article and page. */
  readonly served: readonly FilesOfArticle[];
  /** The files of articles and pages, of which pictures are made, also of those that are withdrawn. */
  readonly localFiles: readonly LocalFile[];
  /** The files of cards that show a picture. */
  readonly pictureCards: readonly string[];
}

/** What `KeptBundle` holds of a site's look. */
export function hashOfLook(look: SiteLook): ContentHash {
  return contentHash([serialize(look)]);
}

/*
 * The file: "offprint bundle 1\n" | the basis | "\n" | CRC of the rest: u32 | what V8 serializes
 *
 * The basis holds the program's code and V8's version, so that whatever has the same basis has the same shape.
 */
const MAGIC = "offprint bundle 1\n";

/**
 * Reads what was kept of the last bundling; null if there is nothing, or it rests on something else.
 *
 * @param basis a hash of everything besides the files that influences it
 * @param say is told if the file is damaged
 */
export async function readKeptBundle(
  file: string,
  basis: ContentHash,
  say: (line: string) => void,
): Promise<KeptBundle | null> {
  const bytes = await readFile(file).catch(unlessMissing(null));
  const header = headerOf(basis);
  if (bytes === null || !bytes.subarray(0, header.byteLength).equals(header)) return null;
  const content = bytes.subarray(header.byteLength + CRC_BYTES);
  const isWhole =
    bytes.byteLength > header.byteLength + CRC_BYTES &&
    bytes.readUInt32LE(header.byteLength) === crc32(content);
  if (isWhole) return deserialize(content) as KeptBundle;
  say("What was kept of the last bundling is damaged: looking at every article again");
  return null;
}

/** Keeps a bundling for the next time; says so if the disk does not take it. */
export function keepBundle(
  file: string,
  basis: ContentHash,
  bundle: KeptBundle,
  say: (line: string) => void,
): void {
  const content = serialize(bundle);
  try {
    writeChecked(file, headerOf(basis), [content]);
  } catch (error) {
    const trouble = describeTrouble(error);
    if (trouble === null) throw error;
    say(`This bundling cannot be kept, so that the next one takes longer: ${trouble}`);
  }
}

const CRC_BYTES = 4;

function headerOf(basis: ContentHash): Buffer {
  return Buffer.from(`${MAGIC}${basis}\n`);
}
