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

/** A piece of a template without its indent. */
interface Piece {
  readonly html: string;
  /** Null where it does not begin with a line break. */
  readonly behindLineBreak: string | null;
  readonly endsLine: boolean;
}

/** Pieces by template, whose own are the same array at every call. */
const piecesOfTemplates = new WeakMap<TemplateStringsArray, readonly Piece[]>();

/**
 * HTML from a template. Values are escaped for text and for quoted attributes. The indent of the source is dropped and
 * its line breaks stay; a line of its own that comes to nothing is dropped too.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  const pieces = piecesOf(strings);
  const [first] = pieces;
  let html = first?.html ?? "";
  // Kept beside `html`, since looking at the end of a growing string would join all of it each time.
  let isLineStart = html === "" || first?.endsLine === true;
  for (let index = 0; index < values.length; index += 1) {
    const content = htmlOf(values[index] ?? null);
    const next = pieces[index + 1];
    if (next === undefined) break;
    const { behindLineBreak } = next;
    const piece =
      content === "" && isLineStart && behindLineBreak !== null ? behindLineBreak : next.html;
    html += content + piece;
    if (piece !== "") isLineStart = next.endsLine;
    else if (content !== "") isLineStart = content.endsWith("\n");
  }
  return Markup.trusted(html);
}

function piecesOf(strings: TemplateStringsArray): readonly Piece[] {
  const known = piecesOfTemplates.get(strings);
  if (known !== undefined) return known;
  const last = strings.length - 1;
  const pieces = strings.map((piece, index): Piece => {
    const flat = piece.replaceAll(/\n\s*/g, "\n");
    const start = index === 0 && flat.startsWith("\n") ? 1 : 0;
    const html = flat.slice(start, index === last && flat.endsWith("\n") ? -1 : undefined);
    return {
      html,
      behindLineBreak: html.startsWith("\n") ? html.slice(1) : null,
      endsLine: html.endsWith("\n"),
    };
  });
  piecesOfTemplates.set(strings, pieces);
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

/** Matches all that has an entity, all forbidden characters and every surrogate. */
const SUSPECT =
  /[^\t\n\r\u0020\u0021\u0023-\u0025\u0028-\u003b\u003d\u003f-\u007e\u00a0-\ud7ff\ue000-\ufffd]/;

function escapeText(text: string): string {
  // Most texts are harmless, and one test is cheaper than two replacements.
  if (!SUSPECT.test(text)) return text;
  return withoutForbiddenCharacters(text).replaceAll(
    /[&<>"']/g,
    (character) => ENTITIES[character] ?? character,
  );
}
