/** An element of a stored body, with where it stands in the HTML. Texts are plain strings, decoded. */
export interface BodyElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly BodyNode[];
  readonly start: number;
  readonly end: number;
}

export type BodyNode = BodyElement | string;

const PIECE = /<(?<slash>\/?)(?<name>[a-z][a-z\d]*)(?<written>[^>]*)>|[^<]+/g;
const ATTRIBUTE = /\s(?<name>[a-z][a-z-]*)(?:="(?<value>[^"]*)")?/g;
const ENTITY = /&(?<name>amp|lt|gt|quot);/g;
const CHARACTERS: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
const VOID = new Set(["br", "hr", "img", "source", "wbr"]);

/**
 * Reads the HTML of a stored body. It was written by our own program, so that every element is closed, no attribute holds `>`,
 * and nothing lies deeper than a hundred elements (`scripts/read/body/html`).
 */
export function readStoredBody(html: string): readonly BodyNode[] {
  interface Open {
    readonly name: string;
    readonly attributes: ReadonlyMap<string, string>;
    readonly children: BodyNode[];
    readonly start: number;
  }
  const root: Open = { name: "", attributes: new Map(), children: [], start: 0 };
  const open: Open[] = [root];
  for (const { 0: piece, index, groups = {} } of html.matchAll(PIECE)) {
    const { slash, name, written = "" } = groups;
    const innermost = open.at(-1) ?? root;
    const end = index + piece.length;
    if (name === undefined) {
      innermost.children.push(decoded(piece));
    } else if (slash === "/") {
      if (innermost.name !== name) continue;
      open.pop();
      open.at(-1)?.children.push({ ...innermost, end });
    } else if (VOID.has(name)) {
      innermost.children.push({
        name,
        attributes: attributesOf(written),
        children: [],
        start: index,
        end,
      });
    } else {
      open.push({ name, attributes: attributesOf(written), children: [], start: index });
    }
  }
  return root.children;
}

function attributesOf(written: string): ReadonlyMap<string, string> {
  const found = written.matchAll(ATTRIBUTE);
  return new Map(
    Array.from(found, ({ groups = {} }) => [groups["name"] ?? "", decoded(groups["value"] ?? "")]),
  );
}

function decoded(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(ENTITY, (entity, name: string) => CHARACTERS[name] ?? entity);
}
