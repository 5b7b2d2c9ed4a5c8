import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { isBlank, isElement, someElement, visitElements } from "./html-tree.ts";
import { htmlOfMath, isDrawnFormula, sourceOfMath, texOfScript } from "./math.ts";
import { firstWritten, lazyAddress, otherAddress } from "./written-address.ts";

/** A kind of element of which at least one was lost. */
export interface LostElement {
  readonly name: string;
  /** How many of the name stand before the first that was lost. */
  readonly before: number;
}

/**
 * The elements, each name once, that would have shown something and cannot be kept: drawings, formulas, pictures without an
 * `img`, scripts but for data, pictures, films and frames without an address, and fields to fill in.
 */
export function lostElements(written: readonly HtmlNode[]): readonly LostElement[] {
  const lost = new Map<string, LostElement>();
  const counts = new Map<string, number>();
  const hasFormulas = someElement(
    written,
    (element) => element.name === "math" || texOfScript(element) !== null,
  );
  visitElements(written, (element) => {
    const { name } = element;
    const before = counts.get(name) ?? 0;
    counts.set(name, before + 1);
    // In lists to choose from, options are lost with them.
    const isLostOption = name === "option" && !counts.has("select") && !counts.has("datalist");
    const isLostFormula = !hasFormulas && isDrawnFormula(element);
    const isLostHere = isLostFormula || isLostOption || isLost(element);
    if (!lost.has(name) && isLostHere) lost.set(name, { name, before });
  });
  return [...lost.values()];
}

/** Fields that are not seen, and boxes of task lists, whose text stays. */
const UNSEEN_FIELD = /^(?:hidden|checkbox|radio)$/i;
/** Kinds of scripts that are data for programs, such as JSON-LD. */
const DATA = /json|template|math\/tex/i;

/** Whether a script is code that may have shown something. */
function isProgram({ attributes, children }: HtmlElement): boolean {
  return !DATA.test(attributes["type"] ?? "") && !children.every(isBlank);
}

function isWithoutAddress(attributes: HtmlElement["attributes"]): boolean {
  const { src, srcset } = attributes;
  return (
    firstWritten(src, srcset, attributes["data-srcset"], lazyAddress(attributes)) === undefined &&
    otherAddress(attributes) === null
  );
}

function isLost(element: HtmlElement): boolean {
  const { name, attributes, children } = element;
  switch (name) {
    case "math":
      return htmlOfMath(element) === null && sourceOfMath(element) === null;
    case "svg":
    case "canvas":
      return true;
    case "picture":
      return !someElement(children, (child) => child.name === "img");
    case "select":
      return true;
    case "input":
      return !UNSEEN_FIELD.test(attributes["type"] ?? "");
    case "script":
      return attributes["src"] !== undefined || isProgram(element);
    case "iframe":
    case "embed":
      // With an address it becomes a link.
      return firstWritten(attributes["src"], lazyAddress(attributes)) === undefined;
    case "img":
      return isWithoutAddress(attributes) && firstWritten(attributes["alt"]) === undefined;
    case "video":
    case "audio":
      return isWithoutAddress(attributes) && !children.some((child) => isElement(child, "source"));
    default:
      return false;
  }
}
