import type { Addresses } from "../links/addresses.ts";
import type { Anchors } from "./anchors.ts";
import { createAnchors } from "./anchors.ts";
import { BODY_ELEMENTS, DROPPED_ELEMENTS, RENAMED_ELEMENTS } from "./html-elements.ts";
import { createHeadingNames, headingLevel } from "./heading-levels.ts";
import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { someElement } from "./html-tree.ts";
import { cleanImage, cleanSource } from "./images.ts";
import { htmlOfMath } from "./math.ts";
import { playerPage } from "../links/player-page.ts";
import { isInvisible } from "./visible-text.ts";

const EMBEDDED: Readonly<Record<string, string>> = {
  iframe: "src",
  embed: "src",
  frame: "src",
  object: "data",
};
/** What an object shows in its place, or a link to it. */
const STANDS_FOR_ITSELF = new Set(["a", "img", "video", "audio"]);
const FILMS = new Set(["video", "audio"]);

/** What cleaning an article needs. */
interface Cleaning {
  readonly addresses: Addresses;
  readonly anchors: Anchors;
  readonly headingName: (level: number) => string;
}

/**
 * The tree with the elements that newspapers need, addresses made absolute, and nothing that is invisible: headings
 * begin at `h2`, frames and players become links, lazy images real ones. It prepares what the sanitizer then checks.
 */
export function cleanTree(nodes: readonly HtmlNode[], addresses: Addresses): readonly HtmlNode[] {
  return cleanNodes(nodes, {
    addresses,
    anchors: createAnchors(nodes),
    headingName: createHeadingNames(nodes),
  });
}

function cleanNodes(nodes: readonly HtmlNode[], cleaning: Cleaning): readonly HtmlNode[] {
  return nodes.flatMap((node) => (typeof node === "string" ? node : cleanElement(node, cleaning)));
}

function cleanElement(element: HtmlElement, cleaning: Cleaning): readonly HtmlNode[] {
  const { name, attributes } = element;
  const embedded = EMBEDDED[name];
  if (embedded !== undefined) return cleanEmbedded(element, attributes[embedded], cleaning);
  if (FILMS.has(name)) return cleanFilm(element, cleaning);
  if (name === "math") return htmlOfMath(element) ?? [attributes["alttext"] ?? ""];
  if (DROPPED_ELEMENTS.has(name) || isInvisible(element)) return [];
  if (name === "img" || name === "image") return cleanImage(element, cleaning.addresses);
  if (name === "picture") return cleanPicture(element, cleaning);
  if (name === "a") return cleanLink(element, cleaning);
  const level = headingLevel(name);
  if (level !== null) {
    const id =
      cleaning.anchors.claim(attributes["id"]) ?? cleaning.anchors.claimHeading(element.children);
    const heading = cleaning.headingName(level);
    return [rebuilt(heading, withId(id, commonAttributes(element)), element, cleaning)];
  }
  const kept = RENAMED_ELEMENTS.get(name) ?? (BODY_ELEMENTS.has(name) ? name : null);
  const id = cleaning.anchors.claim(attributes["id"] ?? attributes["name"]);
  const common = withId(id, commonAttributes(element));
  const isNeeded = id !== null || common["dir"] !== undefined || common["lang"] !== undefined;
  if (kept === null || (kept === "span" && !isNeeded)) {
    return cleanNodes(element.children, cleaning);
  }
  const own = ownAttributes(kept, element, cleaning);
  return [rebuilt(kept, { ...common, ...own }, element, cleaning)];
}

function rebuilt(
  name: string,
  attributes: Readonly<Record<string, string>>,
  { children }: HtmlElement,
  cleaning: Cleaning,
): HtmlElement {
  return { name, attributes, children: cleanNodes(children, cleaning) };
}

/** A paragraph with a link: a frame would load what the reader did not ask for. */
function cleanEmbedded(
  element: HtmlElement,
  reference: string | undefined,
  cleaning: Cleaning,
): readonly HtmlNode[] {
  const inside = element.name === "object" ? cleanNodes(element.children, cleaning) : [];
  const hasContent = inside.some((node) => typeof node !== "string" || node.trim() !== "");
  const standsForItself = someElement(inside, ({ name }) => STANDS_FOR_ITSELF.has(name));
  if (standsForItself || (hasContent && reference === undefined)) return inside;
  const { attributes } = element;
  const written = reference ?? attributes["data-src"] ?? attributes["data-lazy-src"] ?? "";
  const address = cleaning.addresses.media(written)?.address;
  if (address === undefined || address.startsWith("data:")) return inside;
  const page = playerPage(address);
  const title = attributes["title"]?.trim() ?? "";
  const isLabel = hasContent && inside.every((node) => typeof node === "string");
  const link = {
    name: "a",
    attributes: linkAttributes(page),
    children: isLabel ? inside : [title === "" ? page : title],
  };
  return [...(isLabel ? [] : inside), { name: "p", attributes: {}, children: [link] }];
}

function cleanFilm(element: HtmlElement, cleaning: Cleaning): readonly HtmlNode[] {
  const { name, attributes } = element;
  const sources = element.children.flatMap((child) =>
    typeof child !== "string" && child.name === "source"
      ? cleanSource(child, "src", cleaning.addresses)
      : [],
  );
  const source = cleaning.addresses.media(attributes["src"] ?? attributes["data-src"] ?? "");
  if (source === null && sources.length === 0) return [];
  const poster = name === "video" ? cleaning.addresses.media(attributes["poster"] ?? "") : null;
  return [
    {
      name,
      attributes: {
        ...(source === null ? {} : { src: source.address }),
        ...(poster === null ? {} : { poster: poster.address }),
        controls: "",
        preload: "none",
      },
      children: source === null ? sources : [],
    },
  ];
}

function cleanPicture(element: HtmlElement, cleaning: Cleaning): readonly HtmlNode[] {
  const sources = element.children.flatMap((child) =>
    typeof child !== "string" && child.name === "source"
      ? cleanSource(child, "srcset", cleaning.addresses)
      : [],
  );
  const content = cleanNodes(element.children, cleaning);
  const image = content.find((node) => typeof node !== "string" && node.name === "img");
  if (image === undefined || sources.length === 0) return content;
  return [{ name: "picture", attributes: {}, children: [...sources, image] }];
}

function cleanLink(element: HtmlElement, cleaning: Cleaning): readonly HtmlNode[] {
  const { attributes } = element;
  const id = cleaning.anchors.claim(attributes["id"] ?? attributes["name"]);
  const href = attributes["href"]?.trim() ?? "";
  const isInside = href.length > 1 && href.startsWith("#");
  const address = isInside ? cleaning.anchors.address(href) : cleaning.addresses.link(href);
  if (address !== null && href !== "#") {
    const title = attributes["title"] ?? "";
    const own = isInside ? { href: address } : linkAttributes(address);
    const rest = { ...own, ...(title === "" ? {} : { title }), ...commonAttributes(element) };
    return [rebuilt("a", withId(id, rest), element, cleaning)];
  }
  if (id !== null) return [rebuilt("span", { id }, element, cleaning)];
  return cleanNodes(element.children, cleaning);
}

function linkAttributes(address: string): Readonly<Record<string, string>> {
  return { href: address, rel: "nofollow noopener" };
}

const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;
const CENTERED_CLASS = /(?:^|\s)(?:center|text-center|aligncenter|align-center)(?:\s|$)/;
const KEPT_CLASS = /(?:^|\s)(footnotes|footnote-ref|footnote-backref)(?=\s|$)/;

function commonAttributes({ name, attributes }: HtmlElement): Readonly<Record<string, string>> {
  const common: Record<string, string> = {};
  const { dir = "", lang = "" } = attributes;
  if (/^(?:ltr|rtl|auto)$/i.test(dir)) common["dir"] = dir.toLowerCase();
  if (LANGUAGE.test(lang)) common["lang"] = lang;
  const classes = attributes["class"] ?? "";
  const styled = /text-align\s*:\s*(center|right)/i.exec(attributes["style"] ?? "")?.[1];
  const aligned = /^(?:center|right)$/i.exec(attributes["align"] ?? "")?.[0];
  const centered = name === "center" || CENTERED_CLASS.test(classes) ? "center" : undefined;
  const alignment = (styled ?? aligned ?? centered)?.toLowerCase();
  const kept = KEPT_CLASS.exec(classes)?.[1];
  if (/(?:^|\s)em_media(?:\s|$)/.test(classes)) common["class"] = "source";
  else if (kept !== undefined) common["class"] = kept;
  else if (alignment !== undefined && name !== "a") common["class"] = `align-${alignment}`;
  return common;
}

function ownAttributes(
  name: string,
  { attributes }: HtmlElement,
  { addresses }: Cleaning,
): Readonly<Record<string, string>> {
  switch (name) {
    case "th":
      return {
        ...matching(attributes, "scope", /^(?:row|col|rowgroup|colgroup)$/),
        ...matching(attributes, "colspan", SPAN),
        ...matching(attributes, "rowspan", SPAN),
      };
    case "td":
      return { ...matching(attributes, "colspan", SPAN), ...matching(attributes, "rowspan", SPAN) };
    case "ol":
      return {
        ...matching(attributes, "start", /^-?\d{1,6}$/),
        ...matching(attributes, "type", /^[1aAiI]$/),
        ...(attributes["reversed"] === undefined ? {} : { reversed: "" }),
      };
    case "li":
      return matching(attributes, "value", /^-?\d{1,6}$/);
    case "abbr":
    case "dfn":
      return matching(attributes, "title", /\S/);
    case "table":
      return REACHABLE;
    case "pre":
      // Code runs from left to right in an article that does not, in feeds as well.
      return { ...languageClass(attributes), ...REACHABLE, dir: "ltr" };
    case "code":
      return languageClass(attributes);
    case "blockquote":
    case "q":
    case "del":
    case "ins": {
      const cite = addresses.citation(attributes["cite"] ?? "");
      return cite === null ? {} : { cite };
    }
    case "details":
      return attributes["open"] === undefined ? {} : { open: "" };
    default:
      return {};
  }
}

/** What scrolls sideways on a phone must be reachable by keyboard (WCAG 2.2, 2.1.1). */
const REACHABLE = { tabindex: "0" };

function languageClass(attributes: HtmlElement["attributes"]): Readonly<Record<string, string>> {
  const language = /(?:^|\s)lang(?:uage)?-([\w+#.-]+)/.exec(attributes["class"] ?? "")?.[1];
  return language === undefined ? {} : { class: `language-${language}` };
}

const SPAN = /^(?:[2-9]|[1-9]\d{1,2})$/;

function matching(
  attributes: Readonly<Record<string, string>>,
  name: string,
  pattern: RegExp,
): Readonly<Record<string, string>> {
  const value = attributes[name]?.trim() ?? "";
  return pattern.test(value) ? { [name]: value } : {};
}

function withId(
  id: string | null,
  attributes: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return id === null ? attributes : { id, ...attributes };
}
