import type { ArticleImage } from "../domain/article.ts";
import { ELLIPSIS, beginning } from "./clip-text.ts";

/** What a page tells programs that preview links. */
export interface SharedPage {
  readonly title: string;
  readonly description: string;
  readonly host: string;
  readonly image: Pick<ArticleImage, "url" | "width" | "height" | "length"> | null;
  /** Whether a share card replaces the article's own picture, which not every platform takes. */
  readonly isPictureReplaced: boolean;
}

/** How one platform shows a link, as far as its own documents and reports say (docs/design.md). */
interface Platform {
  readonly name: string;
  /** Han characters of the title that are shown. */
  readonly title: number;
  /** Han characters of the description; 0 where it is not shown. */
  readonly description: number;
  /** `large` shows the whole image, `square` its middle, and `none` a picture of the platform's own. */
  readonly image: "large" | "square" | "none";
  /** The least width of an image, in CSS pixels. */
  readonly width: number;
  /** The largest file size of an image. */
  readonly bytes: number;
}

const MB = 1_000_000;

/** The platforms, from small previews to large ones. */
const PLATFORMS: readonly Platform[] = [
  { name: "微信", title: 30, description: 0, image: "none", width: 0, bytes: Infinity },
  { name: "QQ", title: 30, description: 40, image: "square", width: 300, bytes: 5 * MB },
  { name: "微博", title: 30, description: 60, image: "square", width: 300, bytes: 5 * MB },
  { name: "WhatsApp", title: 60, description: 60, image: "large", width: 300, bytes: 300_000 },
  { name: "Telegram", title: 80, description: 170, image: "large", width: 300, bytes: 5 * MB },
  { name: "iMessage", title: 60, description: 0, image: "large", width: 900, bytes: 10 * MB },
  { name: "X", title: 35, description: 0, image: "large", width: 300, bytes: 5 * MB },
  { name: "Facebook", title: 44, description: 55, image: "large", width: 600, bytes: 8 * MB },
];

/** A warning about a preview; the page and the content check put it into words. */
export type PreviewWarning =
  | "title-cut"
  | "description-missing"
  | "image-missing"
  | "image-small"
  | "image-heavy";

/** A link as one platform shows it. */
export interface LinkPreview {
  readonly platform: string;
  readonly title: string;
  /** Null where the platform shows none. */
  readonly description: string | null;
  readonly image: Platform["image"];
  readonly warnings: readonly PreviewWarning[];
}

/** How the platforms would show a page. Their rules are emulated, because none of them can be asked. */
export function linkPreviews(page: SharedPage): readonly LinkPreview[] {
  return PLATFORMS.map((platform) => ({
    platform: platform.name,
    title: cut(page.title, platform.title),
    description: platform.description === 0 ? null : cut(page.description, platform.description),
    image: page.image === null ? "none" : platform.image,
    warnings: warningsOf(page, platform),
  }));
}

function warningsOf(
  { title, description, image }: SharedPage,
  platform: Platform,
): readonly PreviewWarning[] {
  const warnings: PreviewWarning[] = [];
  if (characters(title) > platform.title) warnings.push("title-cut");
  if (platform.description > 0 && description === "") {
    warnings.push("description-missing");
  }
  if (platform.image === "none") return warnings;
  if (image === null) return [...warnings, "image-missing"];
  if (image.width !== null && image.width < platform.width) warnings.push("image-small");
  if (image.length !== null && image.length > platform.bytes) warnings.push("image-heavy");
  return warnings;
}

function cut(text: string, most: number): string {
  return characters(text) <= most
    ? text
    : `${beginning(text, most - 1, characters).trimEnd()}${ELLIPSIS}`;
}

/** Latin letters and digits are about half as wide as Han characters. */
function characters(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u0000-\u2E7F]/.test(character) ? 0.5 : 1;
  return width;
}
