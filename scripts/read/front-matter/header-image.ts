import { percentDecoded } from "../../../src/domain/percent-decoded.ts";
import type { ArticleImage } from "../../../src/domain/article.ts";
import { isBrokenPicture } from "../files/broken-picture.ts";
import type { FindLocalFile, LocalFile } from "../files/local-file.ts";
import type { WrittenImage } from "./header-fields.ts";

/** What the front matter's picture turned out to be. */
export interface HeaderImage {
  /** Null where the address cannot be that of a picture. */
  readonly image: ArticleImage | null;
  /** The file on disk; null where the picture is elsewhere. */
  readonly localFile: LocalFile | null;
  /** Whether the address names a file of the site's own that is not there. */
  readonly isMissing: boolean;
  /** Whether the file is there and holds no picture. */
  readonly isBroken: boolean;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  avif: "image/avif",
  gif: "image/gif",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  webp: "image/webp",
};

/**
 * Finds the front matter's picture on disk, or makes its address absolute. A path is looked for beside the article, then
 * from the root of the site.
 *
 * @param siteUrl an origin without a slash at the end
 */
export function resolveHeaderImage(
  written: WrittenImage,
  siteUrl: string,
  findLocalFile: FindLocalFile,
): HeaderImage {
  if (!URL.canParse(written.address, siteUrl)) {
    return { image: null, localFile: null, isMissing: false, isBroken: false };
  }
  const url = new URL(written.address, siteUrl);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return { image: null, localFile: null, isMissing: false, isBroken: false };
  }
  const isOwn = url.origin === siteUrl;
  const localFile = isOwn ? findFile(written.address, url, findLocalFile) : null;
  const image = {
    url: localFile === null ? url.href : new URL(localFile.publicPath, siteUrl).href,
    alt: written.alt,
    type: mediaType(url.pathname),
    width: written.width ?? localFile?.width ?? null,
    height: written.height ?? localFile?.height ?? null,
    length: localFile?.bytes ?? null,
  };
  return {
    image,
    localFile,
    isMissing: isOwn && localFile === null,
    isBroken: localFile !== null && isBrokenPicture(localFile),
  };
}

function findFile(address: string, url: URL, findLocalFile: FindLocalFile): LocalFile | null {
  const [beside = ""] = address.split(/[?#]/, 1);
  const isRelative = !/^(?:[a-z]+:|\/)/i.test(beside);
  const besideFile = isRelative
    ? findLocalFile({ base: "article", path: decoded(beside.replace(/^(?:\.\/)+/, "")) })
    : null;
  return besideFile ?? findLocalFile({ base: "site", path: decoded(url.pathname.slice(1)) });
}

function mediaType(path: string): string | null {
  const extension = /\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(MEDIA_TYPES, extension) ? (MEDIA_TYPES[extension] ?? null) : null;
}

function decoded(path: string): string {
  return percentDecoded(path) ?? path;
}
