import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { createElement, textOf, visitElements } from "./html-tree.ts";

/** MathML elements whose children stand in a row. */
const ROWS = new Set("math mrow mstyle mpadded mi mn mo ms mtext".split(" "));

/** The elements that HTML has for the scripts behind a base. */
const SCRIPTS: ReadonlyMap<string, readonly string[]> = new Map([
  ["msup", ["sup"]],
  ["msub", ["sub"]],
  ["msubsup", ["sub", "sup"]],
]);

/** Known results, since each caller asks again for every formula inside a formula. */
const written = new WeakMap<HtmlElement, readonly HtmlNode[] | null>();

/**
 * A formula in HTML; null if HTML cannot write it. A fraction or a root without its layout would be another number:
 * `<mfrac>` of 1 and 2 would read 12.
 */
export function htmlOfMath(formula: HtmlElement): readonly HtmlNode[] | null {
  const known = written.get(formula);
  if (known !== undefined) return known;
  const html = write(formula);
  written.set(formula, html);
  return html;
}

/** The formula in words or in TeX, as its author wrote it; null if neither stands beside it. */
export function sourceOfMath(formula: HtmlElement): string | null {
  const words = formula.attributes["alttext"];
  if (words !== undefined) return words;
  let source: string | null = null;
  visitElements([formula], ({ name, attributes, children }) => {
    const isTex = name === "annotation" && /tex/i.test(attributes["encoding"] ?? "");
    if (isTex) source ??= `$${textOf(children).trim()}$`;
  });
  return source;
}

const TEX_SCRIPT = /^math\/tex(;\s*mode=display)?/i;

/** The TeX that MathJax leaves in a script beside the formula that it drew; null for other elements. */
export function texOfScript({ name, attributes, children }: HtmlElement): string | null {
  const found = name === "script" ? TEX_SCRIPT.exec(attributes["type"] ?? "") : null;
  if (found === null) return null;
  const mark = found[1] === undefined ? "$" : "$$";
  return mark + textOf(children).trim() + mark;
}

const DRAWN = /(?:^|\s)(?:katex-html|MathJax(?:_Preview|_Display|_SVG|_CHTML)?|mjx-chtml)(?:\s|$)/;

/** Whether an element is a formula as KaTeX or MathJax drew it, whose source stands beside it. */
export function isDrawnFormula({ attributes: { class: classes } }: HtmlElement): boolean {
  return classes !== undefined && DRAWN.test(classes);
}

function write({ name, children }: HtmlElement): readonly HtmlNode[] | null {
  // MathML does not show blanks between elements.
  const parts = children.filter((node) => typeof node !== "string");
  if (ROWS.has(name)) return parts.length === 0 ? children : joined(parts.map(htmlOfMath));
  if (name === "semantics") return joined(parts.slice(0, 1).map(htmlOfMath));
  if (name === "mspace") return [" "];
  const scripts = SCRIPTS.get(name);
  return scripts === undefined ? null : scripted(parts, scripts);
}

function scripted(
  [base, ...scripts]: readonly HtmlElement[],
  names: readonly string[],
): readonly HtmlNode[] | null {
  if (base === undefined || scripts.length !== names.length) return null;
  return joined([
    htmlOfMath(base),
    ...scripts.map((script, index) => {
      const children = htmlOfMath(script);
      const name = names[index];
      return children === null || name === undefined ? null : [createElement(name, {}, children)];
    }),
  ]);
}

function joined(parts: readonly (readonly HtmlNode[] | null)[]): readonly HtmlNode[] | null {
  const known = parts.filter((part) => part !== null);
  return known.length === parts.length ? known.flat() : null;
}
