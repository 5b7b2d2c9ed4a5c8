import { createHash } from "node:crypto";
import { basename, dirname, isAbsolute, posix, relative, resolve, sep } from "node:path";
import { imageSize } from "image-size";
import { encodeSegment } from "../../../src/domain/links.ts";
import { isReserved } from "../../../src/domain/routes.ts";
import type { Result } from "../../../src/domain/result.ts";
import { failed, ok } from "../../../src/domain/result.ts";
import { embeddedFolder, keepEmbedded } from "./keep-embedded.ts";
import type { FileRefusal, FollowFile } from "./follow-file.ts";
import type { FindLocalFile, LocalFile, LocalReference } from "./local-file.ts";
import { firstFound, isPictureFile, isServedFile } from "./local-file.ts";
import type { FoundPicture, KnownPictures } from "./find-local-picture.ts";
import { NO_KNOWN_PICTURES, findLocalPicture } from "./find-local-picture.ts";
import { LONGEST_LFS_POINTER, isLfsPointer } from "./lfs-pointer.ts";
import { createCapitalsSearch } from "./name-in-other-capitals.ts";
import { readPart } from "./read-part.ts";
import { statOf } from "./stat-of.ts";

/** The folders that an article's files may be in, as absolute paths on disk. */
export interface LocalFolders {
  /** The folder of `wrangler.toml`. */
  readonly project: string;
  /** The source folder that holds the article. */
  readonly source: string;
  /** What the source folder counts as in addresses: a path relative to the site's root, with `/` between folders. */
  readonly place: string;
  /** The folder that holds the article. */
  readonly article: string;
}

/** The size of an image is near its beginning. */
const HEADER_BYTES = 128 * 1024;
/** Hexadecimal digits of the folder's hash in a public path; no two of 20,000 folders will share these 48 bits. */
const HASH_DIGITS = 12;
/** The folder of the files that keep no address of their own. */
const MEDIA = "media";
/**
 * First segments at which no file of an article can be, besides the Worker's own: files of the served folder that wrangler
 * reads and Offprint writes, and the paths that Cloudflare keeps for itself.
 */
const TAKEN: ReadonlySet<string> = new Set([MEDIA, "_headers", "_redirects", "cdn-cgi"]);
/** Wrangler refuses to deploy a folder whose name begins like this: it might hold the code of a Pages project. */
const REFUSED_BY_WRANGLER = "_worker.js";

/** In the place of what is known of pictures, where none is made anew. */
export const AS_THEY_ARE = "as they are";

/** What is known of a file whatever names it. */
interface FileFacts extends Pick<LocalFile, "bytes" | "width" | "height"> {
  readonly picture: FoundPicture | null;
}

/**
 * Creates a finder for one run. A path from the root of the site is searched for in the source folder, beside it (a
 * Jekyll site keeps `_posts` and `assets` side by side) and in the project, and is also its public path. The public path
 * of a file beside an article has the hash of its folder in the site. Only files that readers can open are found, and only those that
 * `follow` lets be published.
 */
export function createLocalFileFinder(
  follow: FollowFile,
  pictures: KnownPictures | typeof AS_THEY_ARE = NO_KNOWN_PICTURES,
): (folders: LocalFolders) => FindLocalFile {
  /** What is known of each file that was looked for, so that no file is read twice. */
  const known = new Map<string, Result<FileFacts, FileRefusal>>();
  const factsOf = (file: string, isOwn: boolean): Result<FileFacts, FileRefusal> => {
    const facts = known.get(file) ?? readFacts(file, isOwn ? null : follow, pictures);
    known.set(file, facts);
    return facts;
  };
  const nameInOtherCapitals = createCapitalsSearch();
  return (folders) => (reference) => {
    if (reference.bytes !== undefined) keepEmbedded(reference.path, reference.bytes, folders);
    const isOwn = reference.base === "embedded";
    return firstFound(
      candidates(reference, folders).map((file) => () => {
        const facts = factsOf(file, isOwn);
        if (facts.ok) return ok(localFile(file, publicPath(reference, file, folders), facts.value));
        if (facts.failure.reason !== "missing") return facts;
        const near = nameInOtherCapitals(file);
        return near === null ? facts : failed({ reason: "missing", near });
      }),
    );
  };
}

function localFile(file: string, path: string, { picture, ...facts }: FileFacts): LocalFile {
  if (picture === null) return { file, publicPath: path, ...facts, picture };
  const { publicPath: made, width, height, ...others } = picture;
  return {
    file,
    publicPath: made,
    bytes: facts.bytes,
    width,
    height,
    picture: { ...others, formerPath: path },
  };
}

function candidates(
  { base, path }: LocalReference,
  { project, source, article }: LocalFolders,
): readonly string[] {
  // Windows takes a backslash for the end of a folder: `img\..\..` would lead out of the folder that is served.
  if (/[\0\\]/.test(path) || !isServedFile(path)) return [];
  const bases =
    base === "embedded"
      ? [embeddedFolder(project)]
      : base === "article"
        ? [article]
        : [source, dirname(source), project];
  const roots = [dirname(source), project];
  return bases
    .map((folder) => resolve(folder, path))
    .filter((file) => roots.some((root) => file.startsWith(root + sep)));
}

function publicPath({ base, path }: LocalReference, file: string, folders: LocalFolders): string {
  const segments = path.split("/");
  const isPlain = segments.every(
    (segment) => segment !== "" && segment !== "." && segment !== "..",
  );
  const [first = ""] = segments;
  const isTaken =
    segments.length < 2 ||
    TAKEN.has(first.toLowerCase()) ||
    first.startsWith(REFUSED_BY_WRANGLER) ||
    isReserved(first);
  if (base === "site" && isPlain && !isTaken) return `/${segments.map(encodeSegment).join("/")}`;
  const folder = folderInSite(dirname(file), folders).normalize("NFC");
  const hash = createHash("sha256").update(folder).digest("hex").slice(0, HASH_DIGITS);
  return `/${MEDIA}/${hash}/${encodeSegment(basename(file))}`;
}

/**
 * What a folder counts as, relative to the site's root: whatever the checkout of the articles is called and wherever it is, a
 * folder that is in it has the same name.
 */
function folderInSite(folder: string, { project, source, place }: LocalFolders): string {
  const bases = [
    [source, place],
    [dirname(source), posix.join(place, "..")],
    [project, ""],
  ] as const;
  const insides = bases.flatMap(([base, name]) => {
    const inside = relative(base, folder).split(sep).join("/");
    const isIn = inside !== ".." && !inside.startsWith("../") && !isAbsolute(inside);
    return isIn ? { base, name: posix.join(name, inside) } : [];
  });
  const [innermost] = insides.toSorted((a, b) => b.base.length - a.base.length);
  const name = innermost?.name ?? relative(project, folder).split(sep).join("/");
  return name === "." ? "" : name;
}

/** @param follow null for what was kept here, which needs no leave to be published */
function readFacts(
  file: string,
  follow: FollowFile | null,
  pictures: KnownPictures | typeof AS_THEY_ARE,
): Result<FileFacts, FileRefusal> {
  const followed = follow?.(file);
  if (followed?.ok === false) return followed;
  const status = statOf(file);
  if (status?.isFile() !== true) return failed({ reason: "missing" });
  const bytes = status.size;
  if (bytes <= LONGEST_LFS_POINTER && isLfsPointer(readPart(file, 0, bytes))) {
    return failed({ reason: "refused", why: "lfs-pointer", target: file });
  }
  if (pictures === AS_THEY_ARE || !isPictureFile(file)) {
    return ok({ bytes, ...readSize(file, bytes), picture: null });
  }
  const picture = findLocalPicture(file, status, pictures);
  return ok({ bytes, width: picture.width, height: picture.height, picture });
}

/** The size of a picture that is served as it is, such as a bitmap. */
function readSize(file: string, bytes: number): Pick<FileFacts, "width" | "height"> {
  try {
    const { width, height } = imageSize(readPart(file, 0, Math.min(bytes, HEADER_BYTES)));
    return { width, height };
  } catch {
    // The file is no picture.
    return { width: null, height: null };
  }
}
