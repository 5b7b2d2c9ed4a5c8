import { percentDecoded } from "../../../src/domain/percent-decoded.ts";
import type { ArticleImage } from "../../../src/domain/article.ts";
import type { Result } from "../../../src/domain/result.ts";
import { failed, ok } from "../../../src/domain/result.ts";
import type { RefusedFile } from "../files/follow-file.ts";
import type { FindLocalFile, LocalFile, LocalReference } from "../files/local-file.ts";
import { firstFound, isBrokenPicture, pictureType } from "../files/local-file.ts";
import type { WrittenImage } from "./header-fields.ts";

/** The picture that the front matter names, or why it cannot be used. */
export interface HeaderImage {
  readonly image: Result<ArticleImage, HeaderImageFailure>;
  /** The file on disk, which must be served; null if the picture is on another site or missing. */
  readonly localFile: LocalFile | null;
}

export type HeaderImageFailure =
  /** The written value cannot be the address of a picture. */
  | { readonly reason: "no-address" }
  /** The address names a file of the site that is missing. */
  | { readonly reason: "missing"; readonly url: string }
  /** The address names a file that may not be published. */
  | RefusedFile
  /** The file exists but is no readable picture. */
  | { readonly reason: "broken"; readonly url: string };

/**
 * Finds the front matter's picture on disk, or makes its address absolute. A path is searched for beside the article,
 * then from the root of the site.
 *
 * @param siteUrl the origin of the site, without a slash at the end
 */
export function findHeaderImage(
  written: WrittenImage,
  siteUrl: string,
  findLocalFile: FindLocalFile,
): HeaderImage {
  const address = URL.parse(written.address, siteUrl);
  if (address === null || !/^https?:$/.test(address.protocol)) {
    return { image: failed({ reason: "no-address" }), localFile: null };
  }
  const { href, pathname } = address;
  const isOwn = address.origin === siteUrl;
  const found = isOwn ? findFile(written.address, pathname, findLocalFile) : null;
  if (found?.ok === false) {
    const { failure } = found;
    const why = failure.reason === "missing" ? { ...failure, url: href } : failure;
    return { image: failed(why), localFile: null };
  }
  const localFile = found?.value ?? null;
  const url = localFile === null ? href : new URL(localFile.publicPath, siteUrl).href;
  if (localFile !== null && isBrokenPicture(localFile)) {
    return { image: failed({ reason: "broken", url }), localFile };
  }
  const image = {
    url,
    alt: written.alt,
    type: pictureType(/\.([a-z]+)$/i.exec(pathname)?.[1] ?? ""),
    width: written.width ?? localFile?.width ?? null,
    height: written.height ?? localFile?.height ?? null,
    length: localFile?.bytes ?? null,
  };
  return { image: ok(image), localFile };
}

function findFile(
  written: string,
  pathname: string,
  findLocalFile: FindLocalFile,
): ReturnType<FindLocalFile> {
  const find = (base: LocalReference["base"], path: string) => (): ReturnType<FindLocalFile> =>
    findLocalFile({ base, path: percentDecoded(path) ?? path });
  const [beside = ""] = written.split(/[?#]/, 1);
  const isRelative = !/^(?:[a-z]+:|\/)/i.test(beside);
  return firstFound([
    ...(isRelative ? [find("article", beside.replace(/^(?:\.\/)+/, ""))] : []),
    find("site", pathname.slice(1)),
  ]);
}
