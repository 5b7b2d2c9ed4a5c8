import { withoutForbiddenCharacters } from "../domain/xml-characters.ts";

/** A value in a `markup` template: text is escaped, lists are joined by line breaks, null is nothing. */
export type MarkupValue = Markup | string | number | null | readonly MarkupValue[];

/** A piece of HTML. It is an object, not a string, so that plain text cannot be taken for HTML. */
export class Markup {
  readonly #html: string;

  private constructor(html: string) {
    this.#html = html;
  }

  /**
   * Takes `html` unescaped. Nothing else gets past the escaping, so it must be our own, never an article's or a
   * setting's.
   */
  static trusted(html: string): Markup {
    return new Markup(html);
  }

  get html(): string {
    return this.#html;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Template pieces without their indent, by template: its pieces are the same array at every call. */
const outdentedPieces = new WeakMap<TemplateStringsArray, readonly string[]>();

/**
 * HTML from a template. Values are escaped for text and for quoted attributes. The indent of the source is dropped and
 * its line breaks stay; a line of its own that comes to nothing is dropped too.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const pieces = outdented(strings);
  let html = pieces[0] ?? "";
  // Kept beside `html`, since looking at the end of a growing string would join all of it each time.
  let isLineStart = html === "" || html.endsWith("\n");
  for (let index = 0; index < values.length; index += 1) {
    const content = htmlOf(values[index] ?? null);
    const next = pieces[index + 1] ?? "";
    const isEmptyLine = content === "" && isLineStart && next.startsWith("\n");
    const piece = isEmptyLine ? next.slice(1) : next;
    html += content + piece;
    if (piece !== "") isLineStart = piece.endsWith("\n");
    else if (content !== "") isLineStart = content.endsWith("\n");
  }
  return Markup.trusted(html);
}

function outdented(strings: TemplateStringsArray): readonly string[] {
  const known = outdentedPieces.get(strings);
  if (known !== undefined) return known;
  const last = strings.length - 1;
  const pieces = strings.map((piece, index) => {
    const flat = piece.replaceAll(/\n\s*/g, "\n");
    const start = index === 0 && flat.startsWith("\n") ? 1 : 0;
    const end = index === last && flat.endsWith("\n") ? -1 : undefined;
    return flat.slice(start, end);
  });
  outdentedPieces.set(strings, pieces);
  return pieces;
}

function htmlOf(value: MarkupValue): string {
  if (value === null) return "";
  if (typeof value === "string") return escapeText(value);
  if (typeof value === "number") return String(value);
  if (value instanceof Markup) return value.html;
  return value.map(htmlOf).join("\n");
}

/** Escapes a text as HTML for a document that is not ours, such as a feed. */
export function htmlText(text: string): string {
  return text.replaceAll(/[&<>]/g, (character) => ENTITIES[character] ?? character);
}

function escapeText(text: string): string {
  const clean = withoutForbiddenCharacters(text);
  // Most texts hold none of them, and a test is cheaper than a replacement that finds nothing.
  if (!/[&<>"']/.test(clean)) return clean;
  return clean.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
