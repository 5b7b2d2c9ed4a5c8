import type { ArticleImage } from "../domain/article.ts";
import type { Xml } from "./xml.ts";
import { emptyElement, parentElement, textElement } from "./xml.ts";

/** The picture of an entry in Media RSS, for RSS and Atom alike. */
export function mediaContent({ url, alt, type, width, height, length }: ArticleImage): Xml {
  const attributes = { url, type, medium: "image", width, height, fileSize: length };
  return alt === ""
    ? emptyElement("media:content", attributes)
    : parentElement(
        "media:content",
        [textElement("media:description", alt, { type: "plain" })],
        attributes,
      );
}
