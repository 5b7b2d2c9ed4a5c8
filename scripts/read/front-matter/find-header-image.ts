import { percentDecoded } from "../../../src/domain/percent-decoded.ts";
import type { ArticleImage } from "../../../src/domain/article.ts";
import { describeRefusal } from "../files/follow-file.ts";
import type { FindLocalFile, LocalFile, LocalReference } from "../files/local-file.ts";
import { describePictureFault } from "../files/describe-picture-fault.ts";
import { firstFound, isLostPicture, missingAdvice } from "../files/local-file.ts";
import { pictureTypeOfAddress } from "../files/picture-type-of-address.ts";
import type { WrittenImage } from "./header-fields.ts";

/** The picture that the front matter names. */
export interface HeaderImage {
  /** Null if it cannot be used. */
  readonly image: ArticleImage | null;
  /** The file on disk, which must be served; null if the picture is on another site, missing or refused. */
  readonly localFile: LocalFile | null;
}

/** What to do about a picture or recording that front matter names by `http:`. */
export const INSECURE_ADVICE = `write https where it opens so, or name its host in the setting "https_hosts"; else put the file beside the article`;

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
      warn("image-missing", what, missingAdvice(found.failure.near));
    } else {
      const [why, advice] = describeRefusal(found.failure);
      warn("file-refused", `The front matter's image is not served: it ${why}`, advice);
    }
    return { image: null, localFile: null };
  }
  if (address.protocol === "http:" && !isOwn) {
    const what = `The image ${href} has no https as far as is known here; browsers ask for it by https, and readers of feeds may not see it`;
    warn("media-insecure", what, INSECURE_ADVICE);
  }
  const localFile = found?.value ?? null;
  const url = localFile === null ? href : new URL(localFile.publicPath, siteUrl).href;
  const fault = localFile?.picture?.fault ?? null;
  if (fault !== null) {
    const [what, advice] = describePictureFault(fault);
    warn(`picture-${fault}`, `The front matter's image ${what}`, advice);
  }
  if (localFile !== null && isLostPicture(localFile)) return { image: null, localFile };
  const image = {
    url,
    alt: written.alt,
    type: pictureTypeOfAddress(url),
    width: localFile?.width ?? written.width ?? null,
    height: localFile?.height ?? written.height ?? null,
    length: localFile?.picture === null ? localFile.bytes : null,
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
