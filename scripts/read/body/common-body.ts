import type { ArticleImage } from "../../../src/domain/article.ts";
import { leadImage } from "./facts/lead-image.ts";
import { commonAttributes, linkAttributes } from "./html/clean-tree.ts";
import { createHeadingNames, headingLevel } from "./html/heading-levels.ts";
import type { HtmlElement, HtmlNode } from "./html/html-tree.ts";
import { NO_ATTRIBUTES, textOf } from "./html/html-tree.ts";
import { cleanImage } from "./html/images.ts";
import type { TextBlock } from "./html/text-blocks.ts";
import { visibleBlanks } from "./html/text-blocks.ts";
import { countCharacters, isInvisible, withoutBlanks } from "./html/visible-text.ts";
import type { WrittenBody } from "./html/write-body.ts";
import { BodyWriter } from "./html/write-body.ts";
import { backgroundAddress, isPlaceholder } from "./html/written-address.ts";
import type { Addresses } from "./links/addresses.ts";
import { CHARACTERS_ABOVE, atOnce } from "./show-pictures.ts";

/** A body that was written in one walk, and what was found on the way. */
export interface CommonBody extends WrittenBody {
  readonly blocks: readonly TextBlock[];
  readonly image: ArticleImage | null;
}

/** A picture with others may have several addresses, or is hidden until a script runs. */
const IMAGE_ATTRIBUTES: ReadonlySet<string> = new Set(
  "src alt title width height border hspace vspace style class align id".split(" "),
);
/** Two of them open a paragraph at a line's beginning. */
const WIDE_BLANKS = "\u3000\u3000";

/**
 * Writes a tree of what most articles hold, in one walk: paragraphs, headings, lists and quotations of one line each, with
 * emphasis, and with links to and pictures from other sites. Null for all other trees. The result is that of cleaning, nesting,
 * joining of lines, showing of pictures and writing, one after the other, but many times as fast.
 *
 * @param addresses of no further use where this gives null
 */
export function writeCommonBody(
  tree: readonly HtmlNode[],
  addresses: Addresses,
  siteUrl: string,
): CommonBody | null {
  const walk = new Walk(tree, addresses, siteUrl);
  if (!walk.blocksOf(tree, false)) return null;
  const { html, text, isPlain } = walk.body;
  return { html, text, isPlain, blocks: walk.blocks, image: walk.image };
}

/** Each method tells whether all was common. */
class Walk {
  readonly body = new BodyWriter();
  readonly blocks: TextBlock[] = [];
  image: ArticleImage | null = null;

  readonly #tree: readonly HtmlNode[];
  readonly #addresses: Addresses;
  readonly #siteUrl: string;
  #headingName: ((level: number) => string) | null = null;
  /** Null until somebody asks. */
  #hasWideBlanks: boolean | null = null;
  /** The text of the block that is being written, in which a vertical tab stands for a line break. */
  #line = "";
  /** Whether that block shows anything, and whether it shows a picture. */
  #hasContent = false;
  #hasPicture = false;
  #isAfterImage = false;
  #isFirstPicture = true;

  constructor(tree: readonly HtmlNode[], addresses: Addresses, siteUrl: string) {
    this.#tree = tree;
    this.#addresses = addresses;
    this.#siteUrl = siteUrl;
  }

  /** Writes blocks with nothing but blanks between them. */
  blocksOf(nodes: readonly HtmlNode[], isSource: boolean): boolean {
    for (const node of nodes) {
      if (typeof node !== "string") {
        if (!this.#block(node, isSource)) return false;
      } else if (node.trim() === "") {
        this.body.addText(node);
      } else {
        return false;
      }
    }
    return true;
  }

  #block(element: HtmlElement, isSource: boolean): boolean {
    const { name, attributes, children } = element;
    if (attributes !== NO_ATTRIBUTES && (attributes["href"] !== undefined || isHidden(element))) {
      return false;
    }
    switch (name) {
      case "p":
        return this.#lineOf("p", element, "paragraph", isSource);
      case "center":
      case "div": {
        const isOfBlocks = children.some((node) => typeof node !== "string" && isBlock(node.name));
        return isOfBlocks
          ? this.#around("div", commonAttributes(element), children, isSource)
          : this.#lineOf("div", element, "paragraph", isSource);
      }
      case "ul":
        return attributes === NO_ATTRIBUTES && this.#list(children, isSource);
      case "blockquote":
        return (
          attributes === NO_ATTRIBUTES &&
          this.#around("blockquote", NO_ATTRIBUTES, children, isSource)
        );
      default: {
        const level = headingLevel(name);
        if (level === null) return false;
        this.#headingName ??= createHeadingNames(this.#tree);
        return this.#lineOf(this.#headingName(level), element, "heading", isSource);
      }
    }
  }

  /** Writes a block that holds others; nothing where they come to nothing. */
  #around(
    name: string,
    attributes: HtmlElement["attributes"],
    children: readonly HtmlNode[],
    isOuterSource: boolean,
  ): boolean {
    const { html, text, isPlain, tags } = this.body;
    this.body.open(name, attributes);
    if (!this.blocksOf(children, isOuterSource || attributes["class"] === "source")) return false;
    // To look into what was written would copy all of it.
    if (this.body.tags > tags + 1) this.body.close(name);
    else Object.assign(this.body, { html, text, isPlain, tags });
    return true;
  }

  #list(children: readonly HtmlNode[], isSource: boolean): boolean {
    this.body.open("ul", NO_ATTRIBUTES);
    let hasItems = false;
    for (const node of children) {
      if (typeof node === "string") {
        if (node.trim() !== "") return false;
        this.body.addText(node);
        continue;
      }
      hasItems = true;
      if (node.name !== "li" || node.attributes !== NO_ATTRIBUTES) return false;
      this.body.open("li", NO_ATTRIBUTES);
      this.#begin();
      if (!this.#inline(node.children, true, false)) return false;
      this.body.close("li");
      this.#end("paragraph", isSource);
    }
    this.body.close("ul");
    return hasItems;
  }

  /** Writes a block of one line; nothing where it shows nothing. */
  #lineOf(
    name: string,
    element: HtmlElement,
    kind: TextBlock["kind"],
    isOuterSource: boolean,
  ): boolean {
    const { html, text, isPlain, tags } = this.body;
    const attributes = commonAttributes(element);
    this.#begin();
    this.body.open(name, attributes);
    if (!this.#inline(element.children, true, false)) return false;
    if (this.#hasContent) {
      this.body.close(name);
      this.#end(kind, isOuterSource || attributes["class"] === "source");
    } else {
      Object.assign(this.body, { html, text, isPlain, tags });
    }
    return true;
  }

  #begin(): void {
    this.#line = "";
    this.#hasContent = false;
    this.#hasPicture = false;
  }

  #end(kind: TextBlock["kind"], isSource: boolean): void {
    const text = visibleBlanks(this.#line);
    if (text !== "") {
      this.blocks.push({ kind, text, isSource, isAfterImage: this.#isAfterImage });
      this.#isAfterImage = false;
    } else if (this.#hasPicture) {
      this.#isAfterImage = true;
    }
  }

  #inline(nodes: readonly HtmlNode[], canBreak: boolean, isInLink: boolean): boolean {
    for (const node of nodes) {
      if (typeof node !== "string") {
        if (!this.#inlineElement(node, canBreak, isInLink)) return false;
        continue;
      }
      if (node.includes("\n")) return false;
      this.body.addText(node);
      this.#line += node;
      this.#hasContent ||= node.trim() !== "";
    }
    return true;
  }

  #inlineElement(element: HtmlElement, canBreak: boolean, isInLink: boolean): boolean {
    const { name, attributes, children } = element;
    if (attributes !== NO_ATTRIBUTES && isHidden(element)) return false;
    switch (name) {
      case "strong":
      case "b":
      case "em":
      case "i":
        return (
          attributes === NO_ATTRIBUTES && this.#inside(name, NO_ATTRIBUTES, children, isInLink)
        );
      case "a": {
        const href = attributes["href"]?.trim() ?? "";
        return (
          !isInLink &&
          attributes["title"] === undefined &&
          isBare(element) &&
          this.#addresses.isElsewhere(href) &&
          this.#inside(name, linkAttributes(href), children, true)
        );
      }
      case "span":
        return (
          (attributes === NO_ATTRIBUTES ||
            (attributes["href"]?.trim().startsWith("#") !== true &&
              attributes["dir"] === undefined &&
              attributes["lang"] === undefined)) &&
          this.#inline(children, canBreak, isInLink)
        );
      case "br":
        // A line that such blanks begin is a paragraph of its own.
        this.#hasWideBlanks ??= textOf(this.#tree).includes(WIDE_BLANKS);
        if (!canBreak || !isBare(element) || this.#hasWideBlanks) return false;
        this.body.open("br", NO_ATTRIBUTES);
        this.#line += "\v";
        return true;
      case "img":
        return this.#picture(element);
      default:
        return false;
    }
  }

  /** Writes an element in a line, which has to show something. */
  #inside(
    name: string,
    attributes: HtmlElement["attributes"],
    children: readonly HtmlNode[],
    isInLink: boolean,
  ): boolean {
    const hadContent = this.#hasContent;
    this.#hasContent = false;
    this.body.open(name, attributes);
    const isCommon = this.#inline(children, false, isInLink) && this.#hasContent;
    this.body.close(name);
    this.#hasContent ||= hadContent;
    return isCommon;
  }

  #picture(element: HtmlElement): boolean {
    const { attributes } = element;
    for (const key in attributes) if (!IMAGE_ATTRIBUTES.has(key)) return false;
    const src = attributes["src"] ?? "";
    if (!this.#addresses.isElsewhere(src.trim()) || isPlaceholder(src)) return false;
    for (const image of cleanImage(element, this.#addresses)) {
      if (typeof image === "string") return false;
      this.image ??= leadImage([image], this.#siteUrl, []);
      const isNearTop = this.#isFirstPicture && isShort(this.body.text);
      this.body.write([isNearTop ? atOnce(image) : image]);
      this.#isFirstPicture = false;
      this.#hasContent = true;
      this.#hasPicture = true;
    }
    return true;
  }
}

/** Whether a picture below this text is near the top. */
function isShort(text: string): boolean {
  const first = countCharacters(withoutBlanks(text.slice(0, 2 * CHARACTERS_ABOVE)));
  return first < CHARACTERS_ABOVE && countCharacters(withoutBlanks(text)) < CHARACTERS_ABOVE;
}

function isBlock(name: string): boolean {
  return !/^(?:strong|b|em|i|a|span|br|img)$/.test(name);
}

/** Whether readers see nothing of an element, or a picture behind it. */
function isHidden(element: HtmlElement): boolean {
  return isInvisible(element) || backgroundAddress(element.attributes) !== undefined;
}

/** Whether an element keeps none of the attributes that all may keep. */
function isBare(element: HtmlElement): boolean {
  return Object.keys(commonAttributes(element)).length === 0;
}
