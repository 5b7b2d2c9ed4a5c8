import { createHash } from "node:crypto";
import {
  closeSync,
  copyFileSync,
  globSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { imageSize } from "image-size";
import { encodeSegment } from "../../../src/domain/links.ts";
import type { FindLocalFile, LocalFile, LocalReference } from "./local-file.ts";
import { isServedFile } from "./served-file.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";

/** Where the files of an article may be. All are absolute paths on disk. */
export interface LocalFolders {
  /** What public paths are made from, so that every checkout makes the same: the checkout. */
  readonly project: string;
  /** The source folder that holds the article. */
  readonly source: string;
  /** The folder that holds the article. */
  readonly article: string;
}

/** Finds files that articles refer to, and looks at each file once. */
export interface LocalFiles {
  readonly inFolders: (folders: LocalFolders) => FindLocalFile;
}

/** What Workers Static Assets take on the free plan. */
const MAXIMUM_FILES = 20_000;
const MAXIMUM_FILE_BYTES = 25 * 1024 * 1024;
/** On a slow phone connection (1.6 Mbit/s) 2 MB take ten seconds. */
const HEAVY_PICTURE_BYTES = 2_000_000;
const BYTES_PER_MEGABYTE = 1_000_000;
/** Image sizes stand in the first bytes; metadata before them rarely takes more. */
const HEADER_BYTES = 128 * 1024;
const PNG_END_BYTES = 4096;
/** Hexadecimal digits of the folder's hash in a public path: no two of 20,000 folders share 48 bits. */
const HASH_DIGITS = 12;
/** First segments that the site's own addresses have. */
const OWN_SEGMENTS = new Set(["s", "c", "category", "tag", "html_News", "media"]);

type FileFacts = Pick<LocalFile, "bytes" | "width" | "height">;

/**
 * A finder for one run. A path from the root of the site is looked up in the source folder, beside it (a Jekyll site
 * keeps `_posts` and `assets` side by side) and in the project, and keeps its address. A file beside an article gets an
 * address made from the hash of its folder. Only files that readers can open are found, never hidden ones, and nothing
 * outside of these folders.
 */
export function createLocalFiles(): LocalFiles {
  const known = new Map<string, FileFacts | null>();
  const look = (file: string): FileFacts | null => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const facts = readFacts(file);
    known.set(file, facts);
    return facts;
  };
  return {
    inFolders: (folders) => (reference) => {
      for (const file of candidates(reference, folders)) {
        const facts = look(file);
        if (facts !== null) {
          return { file, publicPath: publicPath(reference, file, folders), ...facts };
        }
      }
      return null;
    },
  };
}

/**
 * Copies files of articles to where they are served from, those that changed only, and removes what no article needs.
 *
 * @param folder holds such files and nothing else
 * @returns an error for every file above the 20,000th, warnings for files too large and addresses that two files want
 */
export function copyLocalFiles(
  articles: readonly { readonly path: string; readonly localFiles: readonly LocalFile[] }[],
  folder: string,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const report = (
    level: Diagnostic["level"],
    path: string,
    code: string,
    what: string,
    advice: string,
  ) => {
    diagnostics.push({ level, path, line: 1, what, advice, code });
  };
  const copied = new Map<string, string>();
  for (const { path, localFiles } of articles) {
    for (const { file, publicPath: address, bytes, width } of localFiles) {
      const before = copied.get(address);
      if (before === file) continue;
      if (before !== undefined) {
        const what = `Both "${before}" and "${file}" would be at ${address}; the first is`;
        report("warning", path, "file-clash", what, "rename one of them");
      } else if (bytes > MAXIMUM_FILE_BYTES) {
        const what = `The file "${file}" is larger than 25 MiB and is not served`;
        report("warning", path, "file-too-large", what, "make it smaller, or link to it elsewhere");
      } else if (copied.size >= MAXIMUM_FILES) {
        const what = `The file "${file}" is one more than the 20,000 that can be served`;
        report("error", path, "too-many-files", what, "keep images elsewhere and link to them");
      } else {
        copied.set(address, file);
        copyIfChanged(file, join(folder, decodeURIComponent(address)));
        if (width !== null && bytes > HEAVY_PICTURE_BYTES) {
          const what = `The picture "${file}" has ${(bytes / BYTES_PER_MEGABYTE).toFixed(1)} MB; phones wait long for it`;
          report(
            "warning",
            path,
            "picture-heavy",
            what,
            "save it smaller: 2,000 pixels are enough",
          );
        }
      }
    }
  }
  const wanted = new Set(
    Array.from(copied.keys(), (address) => decodeURIComponent(address).slice(1)),
  );
  for (const entry of globSync("**/*", { cwd: folder, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    if (entry.isFile() && !wanted.has(relative(folder, file).split(sep).join("/"))) rmSync(file);
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "_headers"), HEADERS);
  return diagnostics;
}

/**
 * How files are served (https://developers.cloudflare.com/workers/static-assets/headers/). A picture that is opened by
 * itself may be an SVG with a script in it: nothing of it runs. In a page pictures never run anything.
 */
const HEADERS = `/*
  Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; sandbox
  X-Content-Type-Options: nosniff
  Cache-Control: public, max-age=86400, stale-while-revalidate=604800
`;

function candidates(
  { base, path }: LocalReference,
  { project, source, article }: LocalFolders,
): readonly string[] {
  const isHidden = path
    .split("/")
    .some((segment) => segment.startsWith(".") && !/^\.\.?$/.test(segment));
  if (isHidden || path.includes("\0") || !isServedFile(path)) return [];
  const bases = base === "article" ? [article] : [source, dirname(source), project];
  const roots = [dirname(source), project];
  return bases
    .map((folder) => resolve(folder, path))
    .filter((file) => roots.some((root) => file.startsWith(root + sep)));
}

function publicPath(
  { base, path }: LocalReference,
  file: string,
  { project }: LocalFolders,
): string {
  const segments = path.split("/");
  const isPlain = segments.every(
    (segment) => segment !== "" && segment !== "." && segment !== "..",
  );
  const isOwn = segments.length < 2 || OWN_SEGMENTS.has(segments[0] ?? "");
  if (base === "site" && isPlain && !isOwn) return `/${segments.map(encodeSegment).join("/")}`;
  const folder = relative(project, dirname(file)).split(sep).join("/").normalize("NFC");
  const hash = createHash("sha256").update(folder).digest("hex").slice(0, HASH_DIGITS);
  return `/media/${hash}/${encodeSegment(basename(file))}`;
}

function readFacts(file: string): FileFacts | null {
  const status = statSync(file, { throwIfNoEntry: false });
  if (status?.isFile() !== true) return null;
  return { bytes: status.size, ...readSize(file, status.size) };
}

function readSize(file: string, bytes: number): Pick<FileFacts, "width" | "height"> {
  for (const length of bytes > HEADER_BYTES ? [HEADER_BYTES, bytes] : [bytes]) {
    try {
      const start = readPart(file, 0, length);
      const { width, height, orientation = 1, type } = imageSize(start);
      // No browser takes a drawing for what its name says it is, nor the preview of any chat.
      const isMisnamed = type === "svg" && !/\.svg$/i.test(file);
      if (isMisnamed || (type === "png" && !hasPngEnd(file, bytes))) break;
      // Exif 4.6.4: from 5 on the picture is shown lying on its side.
      return orientation >= 5 ? { width: height, height: width } : { width, height };
    } catch {
      // No image, or its header is longer than what was read.
    }
  }
  return { width: null, height: null };
}

/** Whether the chunk that ends every PNG is there, so that the file is whole; a few programs write something behind it. */
function hasPngEnd(file: string, bytes: number): boolean {
  const length = Math.min(bytes, PNG_END_BYTES);
  return Buffer.from(readPart(file, bytes - length, length)).includes("IEND");
}

function readPart(file: string, from: number, length: number): Uint8Array {
  const part = new Uint8Array(length);
  const descriptor = openSync(file, "r");
  try {
    return part.subarray(0, readSync(descriptor, part, 0, length, from));
  } finally {
    closeSync(descriptor);
  }
}

function copyIfChanged(from: string, to: string): void {
  const source = statSync(from);
  const target = statSync(to, { throwIfNoEntry: false });
  if (target?.size === source.size && target.mtimeMs >= source.mtimeMs) return;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}
