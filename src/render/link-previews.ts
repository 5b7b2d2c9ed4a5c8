/** What a page tells programs that preview links. */
export interface SharedPage {
  readonly title: string;
  readonly description: string;
  readonly siteName: string;
  readonly host: string;
  readonly image: SharedImage | null;
  /** Whether a share card stands for the article's own picture, which not every platform takes. */
  readonly isPictureReplaced: boolean;
}

export interface SharedImage {
  readonly url: string;
  readonly width: number | null;
  readonly height: number | null;
  /** Bytes; null where unknown, as of pictures on other hosts. */
  readonly length: number | null;
}

/** How one platform shows a link, as far as its own documents and reports say (docs/design.md). */
interface Platform {
  readonly name: string;
  /** Han characters of the title that are shown. */
  readonly titleCharacters: number;
  /** Of the description; 0 where it is not shown. */
  readonly descriptionCharacters: number;
  /** Large: as it is; square: cut from the middle; none: the platform's own. */
  readonly image: "large" | "square" | "none";
  /** CSS pixels. */
  readonly leastImageWidth: number;
  readonly mostImageBytes: number;
}

const MEGABYTE = 1_000_000;

/** Small first. */
const PLATFORMS: readonly Platform[] = [
  {
    name: "微信",
    titleCharacters: 30,
    descriptionCharacters: 0,
    image: "none",
    leastImageWidth: 0,
    mostImageBytes: Infinity,
  },
  {
    name: "QQ",
    titleCharacters: 30,
    descriptionCharacters: 40,
    image: "square",
    leastImageWidth: 300,
    mostImageBytes: 5 * MEGABYTE,
  },
  {
    name: "微博",
    titleCharacters: 30,
    descriptionCharacters: 60,
    image: "square",
    leastImageWidth: 300,
    mostImageBytes: 5 * MEGABYTE,
  },
  {
    name: "WhatsApp",
    titleCharacters: 60,
    descriptionCharacters: 60,
    image: "large",
    leastImageWidth: 300,
    mostImageBytes: 300_000,
  },
  {
    name: "Telegram",
    titleCharacters: 80,
    descriptionCharacters: 170,
    image: "large",
    leastImageWidth: 300,
    mostImageBytes: 5 * MEGABYTE,
  },
  {
    name: "iMessage",
    titleCharacters: 60,
    descriptionCharacters: 0,
    image: "large",
    leastImageWidth: 900,
    mostImageBytes: 10 * MEGABYTE,
  },
  {
    name: "X",
    titleCharacters: 35,
    descriptionCharacters: 0,
    image: "large",
    leastImageWidth: 300,
    mostImageBytes: 5 * MEGABYTE,
  },
  {
    name: "Facebook",
    titleCharacters: 44,
    descriptionCharacters: 55,
    image: "large",
    leastImageWidth: 600,
    mostImageBytes: 8 * MEGABYTE,
  },
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
  readonly image: "large" | "square" | "none";
  readonly warnings: readonly PreviewWarning[];
}

/** How the platforms would show a page, from emulated rules: none of them can be asked. */
export function linkPreviews(page: SharedPage): readonly LinkPreview[] {
  return PLATFORMS.map((platform) => ({
    platform: platform.name,
    title: cut(page.title, platform.titleCharacters),
    description:
      platform.descriptionCharacters === 0
        ? null
        : cut(page.description, platform.descriptionCharacters),
    image: page.image === null ? "none" : platform.image,
    warnings: warningsOf(page, platform),
  }));
}

function warningsOf(
  { title, description, image }: SharedPage,
  platform: Platform,
): readonly PreviewWarning[] {
  const warnings: PreviewWarning[] = [];
  if (characters(title) > platform.titleCharacters) warnings.push("title-cut");
  if (platform.descriptionCharacters > 0 && description === "") {
    warnings.push("description-missing");
  }
  if (platform.image === "none") return warnings;
  if (image === null) return [...warnings, "image-missing"];
  if (image.width !== null && image.width < platform.leastImageWidth) warnings.push("image-small");
  if (image.length !== null && image.length > platform.mostImageBytes) warnings.push("image-heavy");
  return warnings;
}

function cut(text: string, most: number): string {
  if (characters(text) <= most) return text;
  let kept = "";
  for (const character of text) {
    if (characters(kept) >= most - 1) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Latin letters and digits are about half as wide as Han characters. */
function characters(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u0000-\u2E7F]/.test(character) ? 0.5 : 1;
  return width;
}
