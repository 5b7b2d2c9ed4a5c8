import type { ArticleImage } from "../../../../src/domain/article.ts";
import type { HtmlNode } from "../html/html-tree.ts";
import type { LocalFile } from "../../files/local-file.ts";
import { isBrokenPicture } from "../../files/local-file.ts";
import { pictureTypeOfAddress } from "../../files/picture-type-of-address.ts";

/** Pictures that are narrower or lower than this are ornaments. */
const SMALLEST_PIXELS = 80;
/** The newspaper system puts stock charts, which change by the minute, before the text. */
const STOCK_CHART_ALT = /^K图/u;

/** The first picture that can represent the article; null if there is none. */
export function leadImage(
  nodes: readonly HtmlNode[],
  siteUrl: string,
  localFiles: readonly LocalFile[],
): ArticleImage | null {
  for (const node of nodes) {
    if (typeof node === "string") continue;
    const image =
      node.name === "img"
        ? imageOf(node.attributes, siteUrl, localFiles)
        : leadImage(node.children, siteUrl, localFiles);
    if (image !== null) return image;
  }
  return null;
}

function imageOf(
  attributes: Readonly<Record<string, string>>,
  siteUrl: string,
  localFiles: readonly LocalFile[],
): ArticleImage | null {
  const { src: url = "", alt = "" } = attributes;
  const type = pictureTypeOfAddress(url);
  const width = size(attributes["width"]);
  const height = size(attributes["height"]);
  const isOrnament = [width, height].some((pixels) => pixels !== null && pixels < SMALLEST_PIXELS);
  if (
    !url.startsWith("http") ||
    type === "image/svg+xml" ||
    STOCK_CHART_ALT.test(alt) ||
    isOrnament
  ) {
    return null;
  }
  const file = localFiles.find(({ publicPath }) => siteUrl + publicPath === url);
  const isMissing = file === undefined && url.startsWith(`${siteUrl}/`);
  if (isMissing || (file !== undefined && isBrokenPicture(file))) return null;
  return {
    url,
    alt,
    type,
    width: file?.width ?? width,
    height: file?.height ?? height,
    length: file?.bytes ?? null,
  };
}

function size(value: string | undefined): number | null {
  return value === undefined ? null : Number(value);
}
