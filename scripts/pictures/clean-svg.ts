import { Parser } from "htmlparser2";
import { escapeAttribute, escapeHtml } from "../read/body/html/html-tree.ts";

/** Elements that draw; all others go with what is in them: scripts, foreign objects, metadata, links. */
const ELEMENTS: ReadonlySet<string> = new Set(
  `svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc style image marker
   mask pattern clipPath linearGradient radialGradient stop filter switch view a
   animate animateMotion animateTransform mpath set
   feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
   feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology
   feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence`
    .trim()
    .split(/\s+/),
);
/** Elements of which only the content stays. */
const UNWRAPPED: ReadonlySet<string> = new Set(["a"]);
const NAMESPACES = ' xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const REFERENCES: ReadonlySet<string> = new Set(["href", "xlink:href"]);
const EMBEDDED_PICTURE = /^data:image\/(?:png|jpe?g|gif|webp|avif);base64,([a-z\d+/=\s]+)$/i;
/** Addresses in styles and attributes that lead out of the drawing, and what runs in old browsers. */
const LEADING_OUT = /url\(\s*["']?(?!["']?#)|@import|expression\(|javascript:|-moz-binding|\\/i;
/** What an animation may not change. */
const ATTRIBUTE_NAME = /^(?:xlink:)?href$|^on/i;
const NAME = /^[a-z][\w:.-]*$/i;

/**
 * A drawing with nothing in it that runs, leads elsewhere or tells who made it. Pictures that are embedded in it are made
 * anew too.
 *
 * @param remake a picture made anew, as the address of its data; null where it cannot be
 */
export async function cleanSvg(
  svg: string,
  remake: (picture: Uint8Array) => Promise<string | null>,
): Promise<string | null> {
  /** Text, and the bytes of embedded pictures. */
  const parts: (string | Uint8Array)[] = [];
  const open: { readonly name: string; readonly isKept: boolean }[] = [];
  /** How many of the open elements are left out. */
  let dropped = 0;
  let style = "";
  let hasRoot = false;
  const add = (text: string): void => {
    if (dropped === 0 && open.length > 0) parts.push(text);
  };
  const parser = new Parser(
    {
      onopentag(written, attributes) {
        const name = written.replace(/^svg:/, "");
        const isRoot = open.length === 0;
        const isKept = ELEMENTS.has(name) && (isRoot ? name === "svg" && !hasRoot : true);
        open.push({ name, isKept });
        if (!isKept || changesReference(attributes)) {
          open[open.length - 1] = { name, isKept: false };
          dropped += 1;
          return;
        }
        if (isRoot) hasRoot = true;
        if (dropped > 0 || UNWRAPPED.has(name)) return;
        parts.push(`<${name}`);
        if (isRoot) parts.push(NAMESPACES);
        for (const [key, value] of Object.entries(attributes)) addAttribute(parts, key, value);
        parts.push(">");
      },
      ontext(text) {
        // A reference to a character divides a text, so that only the whole of it can be judged.
        if (open.at(-1)?.name === "style") style += text;
        else if (open.length > 0) add(escapeHtml(text));
      },
      onclosetag() {
        const closed = open.pop();
        if (closed === undefined) return;
        if (closed.name === "style") {
          if (closed.isKept && !LEADING_OUT.test(style)) add(escapeHtml(style));
          style = "";
        }
        if (!closed.isKept) dropped -= 1;
        else if (dropped === 0 && !UNWRAPPED.has(closed.name)) parts.push(`</${closed.name}>`);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(svg);
  if (!hasRoot) return null;
  const texts: string[] = [];
  for (const part of parts) {
    texts.push(typeof part === "string" ? part : ((await remake(part)) ?? ""));
  }
  return texts.join("");
}

function addAttribute(parts: (string | Uint8Array)[], key: string, value: string): void {
  const isNamespace = key === "xmlns" || key.startsWith("xmlns:");
  if (!NAME.test(key) || isNamespace || /^on/i.test(key) || key === "xml:base") return;
  // What editors of drawings keep for themselves, such as the path of the file.
  if (key.includes(":") && !/^(?:xlink:href|xml:(?:lang|space))$/.test(key)) return;
  if (!REFERENCES.has(key)) {
    if (!LEADING_OUT.test(value)) parts.push(` ${key}="${escapeAttribute(value)}"`);
    return;
  }
  if (value.startsWith("#")) {
    parts.push(` ${key}="${escapeAttribute(value)}"`);
    return;
  }
  const data = EMBEDDED_PICTURE.exec(value)?.[1];
  if (data !== undefined) parts.push(` ${key}="`, Buffer.from(data, "base64"), '"');
}

/** Whether an animation sets an address, or what runs. */
function changesReference(attributes: Readonly<Record<string, string>>): boolean {
  return ATTRIBUTE_NAME.test(attributes["attributeName"]?.trim() ?? "");
}
