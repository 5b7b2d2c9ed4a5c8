import type { Addresses } from "../links/addresses.ts";
import type { Anchors } from "./anchors.ts";
import { createAnchors } from "./anchors.ts";
import { standIn } from "./foreign-elements.ts";
import {
  BODY_ELEMENTS,
  DROPPED_ELEMENTS,
  RENAMED_ELEMENTS,
  isKnownElement,
} from "./html-elements.ts";
import { createHeadingNames, headingLevel } from "./heading-levels.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import {
  NO_ATTRIBUTES,
  addTo,
  createElement,
  isBlank,
  isElement,
  isTextParagraph,
  someElement,
} from "./html-tree.ts";
import { cleanImage, cleanSource } from "./images.ts";
import { htmlOfMath, sourceOfMath, texOfScript } from "./math.ts";
import { playerPage } from "../links/player-page.ts";
import { withoutLazyTwins } from "./lazy-twins.ts";
import { rubyPairs } from "./ruby-pairs.ts";
import { isInvisible } from "./visible-text.ts";
import { bestCandidate } from "./srcset.ts";
import { backgroundAddress, firstWritten, lazyAddress, otherAddress } from "./written-address.ts";

/** Elements that load another document, and the attribute that holds its address. */
const EMBEDDED: Readonly<Record<string, string>> = {
  iframe: "src",
  embed: "src",
  frame: "src",
  object: "data",
};

/** Attributes by name; null for one that is left out. */
type Attributes = Readonly<Record<string, string | null>>;

/** The tools that cleaning one article needs. */
interface Cleaning {
  readonly addresses: Addresses;
  readonly anchors: Anchors;
  readonly headingName: (level: number) => string;
}

/**
 * Reduces a tree to the visible elements that newspapers need and makes addresses absolute. Headings begin at `h2`,
 * frames and players become links, and lazy images become ordinary ones. The writer checks the result.
 */
export function cleanTree(nodes: readonly HtmlNode[], addresses: Addresses): readonly HtmlNode[] {
  return cleanNodes(nodes, {
    addresses,
    anchors: createAnchors(nodes),
    headingName: createHeadingNames(nodes),
  });
}

function cleanNodes(nodes: readonly HtmlNode[], cleaning: Cleaning): readonly HtmlNode[] {
  const cleaned: HtmlNode[] = [];
  for (const node of withoutLazyTwins(nodes)) {
    if (typeof node === "string" || isTextParagraph(node)) cleaned.push(node);
    else addTo(cleaned, cleanElement(node, cleaning));
  }
  return cleaned;
}

function cleanElement(element: HtmlElement, cleaning: Cleaning): readonly HtmlNode[] {
  const { name, attributes } = element;
  const embedded = EMBEDDED[name];
  if (embedded !== undefined) return cleanEmbedded(element, attributes[embedded], cleaning);
  if (name === "video" || name === "audio") return cleanFilm(element, cleaning);
  if (name === "math") return htmlOfMath(element) ?? [sourceOfMath(element) ?? ""];
  const tex = texOfScript(element);
  if (tex !== null) return [tex];
  if (DROPPED_ELEMENTS.has(name) || isInvisible(element)) return [];
  if (name === "img" || name === "image") return cleanImage(element, cleaning.addresses);
  if (name === "picture") return cleanPicture(element, cleaning);
  if (name === "a") return cleanLink(element, cleaning);
  if (!isKnownElement(name)) {
    return cleanNodes([...standIn(element), ...element.children], cleaning);
  }
  const level = headingLevel(name);
  if (level !== null) {
    const { anchors, headingName } = cleaning;
    const id = anchors.claim(attributes["id"]) ?? anchors.claimHeading(element.children);
    return rebuilt(headingName(level), { id, ...commonAttributes(element) }, element, cleaning);
  }
  const kept = RENAMED_ELEMENTS.get(name) ?? (BODY_ELEMENTS.has(name) ? name : null);
  const id = cleaning.anchors.claim(attributes["id"] ?? attributes["name"]);
  const common = commonAttributes(element);
  const isNeeded = (id ?? common["dir"] ?? common["lang"] ?? null) !== null;
  if (kept === null || (kept === "span" && !isNeeded)) {
    return cleanContent(element, cleaning);
  }
  const own = ownAttributes(kept, element, cleaning);
  const content = kept === "ruby" ? { ...element, children: rubyPairs(element.children) } : element;
  return rebuilt(kept, { id, ...common, ...own }, content, cleaning);
}

function rebuilt(
  name: string,
  attributes: Attributes,
  element: HtmlElement,
  cleaning: Cleaning,
): readonly HtmlNode[] {
  return [createElement(name, attributes, cleanContent(element, cleaning))];
}

/** The content of an element, and where it has none the picture behind it, which is then all that readers see of it. */
function cleanContent(
  { attributes, children }: HtmlElement,
  cleaning: Cleaning,
): readonly HtmlNode[] {
  const content = cleanNodes(children, cleaning);
  const background = backgroundAddress(attributes);
  if (background === undefined || !content.every(isEmpty)) return content;
  return cleanImage(createElement("img", { src: background }), cleaning.addresses);
}

const SHOWN_WITHOUT_TEXT = new Set(["img", "video", "audio", "hr"]);

/** Whether a node shows nothing, such as a paragraph with a line break in it. */
function isEmpty(node: HtmlNode): boolean {
  if (typeof node === "string") return node.trim() === "";
  return !SHOWN_WITHOUT_TEXT.has(node.name) && node.children.every(isEmpty);
}

/** Replaces a frame by a paragraph with a link, since a frame would load what the reader did not ask for. */
function cleanEmbedded(
  element: HtmlElement,
  reference: string | undefined,
  cleaning: Cleaning,
): readonly HtmlNode[] {
  const inside = element.name === "object" ? cleanNodes(element.children, cleaning) : [];
  const hasContent = !inside.every(isBlank);
  // An object's fallback content that shows media or a link needs no further link.
  const standsForItself = someElement(inside, (node) =>
    isElement(node, "a", "img", "video", "audio"),
  );
  if (standsForItself || (hasContent && firstWritten(reference) === undefined)) return inside;
  const { attributes } = element;
  const other = otherAddress(attributes);
  const written = firstWritten(reference, lazyAddress(attributes), other?.address) ?? "";
  // Of some films only the picture on the cover is known.
  if (written === other?.address && other.isPicture) {
    return [...cleanImage(createElement("img", { src: written }), cleaning.addresses), ...inside];
  }
  const address = cleaning.addresses.media(written)?.address;
  if (address === undefined || address.startsWith("data:")) return inside;
  const page = playerPage(address);
  const title = attributes["title"]?.trim() ?? "";
  const isLabel = hasContent && inside.every((node) => typeof node === "string");
  const label = isLabel ? inside : [title === "" ? page : title];
  const paragraph = createElement("p", {}, [createElement("a", linkAttributes(page), label)]);
  return isLabel ? [paragraph] : [...inside, paragraph];
}

function cleanFilm(element: HtmlElement, cleaning: Cleaning): readonly HtmlNode[] {
  const { name, attributes } = element;
  const { media } = cleaning.addresses;
  const sources = sourcesOf(element, "src", cleaning);
  const source = media(firstWritten(attributes["src"], lazyAddress(attributes)) ?? "");
  if (source === null && sources.length === 0) return [];
  const own = {
    src: source?.address ?? null,
    poster: name === "video" ? (media(attributes["poster"] ?? "")?.address ?? null) : null,
    controls: "",
    preload: "none",
  };
  return [createElement(name, own, source === null ? sources : [])];
}

function cleanPicture(element: HtmlElement, cleaning: Cleaning): readonly HtmlNode[] {
  const sources = sourcesOf(element, "srcset", cleaning);
  const fallback = bestCandidate(sources.at(-1)?.attributes["srcset"]);
  const children = withoutLazyTwins(element.children);
  // Some loaders make the image themselves.
  const images =
    children.some((child) => isElement(child, "img")) || fallback === undefined
      ? children
      : [...children, createElement("img", element.attributes)];
  const content = images.flatMap((child) =>
    isElement(child, "img")
      ? cleanImage(child, cleaning.addresses, fallback)
      : cleanNodes([child], cleaning),
  );
  const image = content.find((node) => isElement(node, "img"));
  if (image === undefined || sources.length === 0) return content;
  return [createElement("picture", {}, [...sources, image])];
}

function sourcesOf(
  { children }: HtmlElement,
  kind: "src" | "srcset",
  { addresses }: Cleaning,
): readonly HtmlElement[] {
  return children
    .filter((child) => isElement(child, "source"))
    .flatMap((source) => cleanSource(source, kind, addresses) ?? []);
}

function cleanLink(element: HtmlElement, cleaning: Cleaning): readonly HtmlNode[] {
  const { attributes } = element;
  const id = cleaning.anchors.claim(attributes["id"] ?? attributes["name"]);
  const href = attributes["href"]?.trim() ?? "";
  const isInside = href.length > 1 && href.startsWith("#");
  const address = isInside ? cleaning.anchors.address(href) : cleaning.addresses.link(href);
  if (address !== null && href !== "#") {
    const own = isInside ? { href: address } : linkAttributes(address);
    const rest = {
      title: attributes["title"] === "" ? null : (attributes["title"] ?? null),
      ...commonAttributes(element),
    };
    return rebuilt("a", { id, ...own, ...rest }, element, cleaning);
  }
  if (id !== null) return rebuilt("span", { id }, element, cleaning);
  return cleanNodes(element.children, cleaning);
}

/** The attributes of a link to an address. */
export function linkAttributes(address: string): Readonly<Record<"href" | "rel", string>> {
  return { href: address, rel: "nofollow noopener" };
}

const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;
const CENTERED_CLASS = /(?:^|\s)(?:center|text-center|aligncenter|align-center)(?:\s|$)/;
/** What readers and pages look for. */
const KEPT_CLASS = /(?:^|\s)(footnotes|footnote|reversefootnote|toc)(?=\s|$)/;

/** The attributes that all elements may keep. */
export function commonAttributes({
  name,
  attributes,
}: HtmlElement): Readonly<Record<string, string>> {
  if (attributes === NO_ATTRIBUTES && name !== "center") return NO_ATTRIBUTES;
  const common: Record<string, string> = {};
  const { dir = "", lang = "", class: classes = "", style = "", align = "" } = attributes;
  if (/^(?:ltr|rtl|auto)$/i.test(dir)) common["dir"] = dir.toLowerCase();
  if (LANGUAGE.test(lang)) common["lang"] = lang;
  const styled = /text-align\s*:\s*(center|right)/i.exec(style)?.[1];
  const aligned = /^(?:center|right)$/i.exec(align)?.[0];
  const centered = name === "center" || CENTERED_CLASS.test(classes) ? "center" : undefined;
  const alignment = (styled ?? aligned ?? centered)?.toLowerCase();
  const kept = KEPT_CLASS.exec(classes)?.[1];
  if (/(?:^|\s)em_media(?:\s|$)/.test(classes)) common["class"] = "source";
  else if (kept !== undefined) common["class"] = kept;
  else if (alignment !== undefined && name !== "a") common["class"] = `align-${alignment}`;
  return common;
}

const SPAN = /^(?:[2-9]|[1-9]\d{1,2})$/;
const NUMBER = /^-?\d{1,6}$/;
/** Attributes that elements keep if their values match. */
const KEPT_ATTRIBUTES: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  th: { scope: /^(?:row|col|rowgroup|colgroup)$/, colspan: SPAN, rowspan: SPAN },
  td: { colspan: SPAN, rowspan: SPAN },
  ol: { start: NUMBER, type: /^[1aAiI]$/ },
  li: { value: NUMBER },
  abbr: { title: /\S/ },
  dfn: { title: /\S/ },
};
/** Elements that scroll sideways on a phone must be reachable by keyboard (WCAG 2.2, 2.1.1). */
const REACHABLE = { tabindex: "0" };

function ownAttributes(
  name: string,
  { attributes }: HtmlElement,
  { addresses }: Cleaning,
): Attributes {
  const own: Record<string, string> = {};
  for (const [key, pattern] of Object.entries(KEPT_ATTRIBUTES[name] ?? {})) {
    const value = attributes[key]?.trim() ?? "";
    if (pattern.test(value)) own[key] = value;
  }
  const flag = (key: string): string | null => (attributes[key] === undefined ? null : "");
  switch (name) {
    case "ol":
      return { ...own, reversed: flag("reversed") };
    case "details":
      return { open: flag("open") };
    case "table":
      return REACHABLE;
    case "pre":
      // Code runs from left to right even in a right-to-left article, also in feeds.
      return { ...languageClass(attributes), ...REACHABLE, dir: "ltr" };
    case "code":
      return languageClass(attributes);
    case "blockquote":
    case "q":
    case "del":
    case "ins":
      return { cite: addresses.citation(attributes["cite"] ?? "") };
    default:
      return own;
  }
}

function languageClass(attributes: HtmlElement["attributes"]): Attributes {
  const language = /(?:^|\s)lang(?:uage)?-([\w+#.-]+)/.exec(attributes["class"] ?? "")?.[1];
  return language === undefined ? {} : { class: `language-${language}` };
}
