import { percentDecoded } from "../../../src/domain/percent-decoded.ts";
import type { ArticleImage } from "../../../src/domain/article.ts";
import { describeRefusal } from "../files/follow-file.ts";
import type { FindLocalFile, LocalFile, LocalReference } from "../files/local-file.ts";
import { firstFound, isBrokenPicture } from "../files/local-file.ts";
import { pictureTypeOfAddress } from "../files/picture-type-of-address.ts";
import type { WrittenImage } from "./header-fields.ts";

/** The picture that the front matter names. */
export interface HeaderImage {
  /** Null if it cannot be used. */
  readonly image: ArticleImage | null;
  /** The file on disk, which must be served; null if the picture is on another site, missing or refused. */
  readonly localFile: LocalFile | null;
}

/**
 * Finds the front matter's picture on disk, or makes its address absolute. A path is searched for beside the article,
 * then from the root of the site.
 *
 * @param siteUrl the origin of the site, without a slash at the end
 * @param warn is told why the picture cannot be used
 */
export function findHeaderImage(
  written: WrittenImage,
  siteUrl: string,
  findLocalFile: FindLocalFile,
  warn: (code: string, what: string, advice: string) => void,
): HeaderImage {
  const address = URL.parse(written.address, siteUrl);
  if (address === null || !/^https?:$/.test(address.protocol)) {
    const what = "The front matter's image is no address of a picture";
    warn("image-invalid", what, "write an https address or a path");
    return { image: null, localFile: null };
  }
  const { href, pathname } = address;
  const isOwn = address.origin === siteUrl;
  const found = isOwn ? findFile(written.address, pathname, findLocalFile) : null;
  if (found?.ok === false) {
    if (found.failure.reason === "missing") {
      const what = `The image ${href} is not among the site's files`;
      warn("image-missing", what, "put the file there, or correct the path");
    } else {
      const [why, advice] = describeRefusal(found.failure);
      warn("file-refused", `The front matter's image is not served: it ${why}`, advice);
    }
    return { image: null, localFile: null };
  }
  const localFile = found?.value ?? null;
  const url = localFile === null ? href : new URL(localFile.publicPath, siteUrl).href;
  if (localFile !== null && isBrokenPicture(localFile)) {
    const what = `The image ${url} cannot be read as a picture and is not used`;
    warn("picture-broken", what, "save it anew as JPEG or PNG");
    return { image: null, localFile };
  }
  const image = {
    url,
    alt: written.alt,
    type: pictureTypeOfAddress(url),
    width: written.width ?? localFile?.width ?? null,
    height: written.height ?? localFile?.height ?? null,
    length: localFile?.bytes ?? null,
  };
  return { image, localFile };
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
