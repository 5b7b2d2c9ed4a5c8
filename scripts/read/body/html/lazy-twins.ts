import type { HtmlElement, HtmlNode } from "./html-tree.ts";
import { isBlank, someElement, textOf, visitElements } from "./html-tree.ts";
import { isPlaceholder, lazyAddress } from "./written-address.ts";

const MEDIA = ["img", "iframe", "video", "audio"];

/**
 * The nodes without pictures and frames that a `<noscript>` beside them repeats: loaders write each of them twice, once for
 * their script and once for readers without it, and here no script runs. Of a picture in a link that `<noscript>` repeats
 * without the link, the repetition goes.
 */
export function withoutLazyTwins(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  if (!nodes.some(isForReaders)) return nodes;
  const written = nodes.filter((node) => !isBlank(node));
  const forReaders = written.map(isForReaders);
  const twins = new Set<HtmlNode>();
  for (const [index, node] of written.entries()) {
    if (typeof node === "string" || forReaders[index] !== true) continue;
    const shown = soleMedia(node);
    const place = [index - 1, index + 1].find((beside) => {
      const neighbour = written[beside];
      return (
        neighbour !== undefined &&
        forReaders[beside] !== true &&
        !twins.has(neighbour) &&
        isTwin(neighbour, shown)
      );
    });
    const twin = place === undefined ? undefined : written[place];
    if (twin !== undefined) twins.add(isLinked(twin) && !isLinked(node) ? node : twin);
  }
  return nodes.filter((node) => !twins.has(node));
}

/** Whether a node is a `<noscript>`, or holds one and nothing else. */
function isForReaders(node: HtmlNode): boolean {
  let inner: HtmlNode | undefined = node;
  while (inner !== undefined && typeof inner !== "string" && inner.name !== "noscript") {
    // One element has at most two blank texts beside it.
    if (inner.children.length > 3) return false;
    inner = soleContent(inner.children);
  }
  return inner !== undefined && typeof inner !== "string";
}

/** The only node that is not blank; undefined if there is none, or more. */
function soleContent(nodes: readonly HtmlNode[]): HtmlNode | undefined {
  let sole: HtmlNode | undefined;
  for (const node of nodes) {
    if (isBlank(node)) continue;
    if (sole !== undefined) return undefined;
    sole = node;
  }
  return sole;
}

/** Whether a picture is in a link and has an address that is known. */
function isLinked(node: HtmlNode): boolean {
  return (
    someElement([node], (element) => element.name === "a") &&
    someElement([node], ({ attributes }) => lazyAddress(attributes) !== undefined)
  );
}

/** Whether a node is only the lazy form of `shown`: it waits for a script, or has the same address in some attribute. */
function isTwin(node: HtmlNode, shown: HtmlElement | null): boolean {
  if (shown === null || typeof node === "string") return false;
  const lazy = soleMedia(node);
  if (lazy === null || lazy.name !== shown.name) return false;
  const { attributes } = lazy;
  const address = shown.attributes["src"]?.trim() ?? "";
  return (
    isPlaceholder(attributes["src"]) ||
    lazyAddress(attributes) !== undefined ||
    Object.values(attributes).some((value) => isSameFile(value, address))
  );
}

/** Whether two addresses name one picture, perhaps in another size or from another server. */
function isSameFile(one: string, other: string): boolean {
  const name = fileName(one);
  return name.length >= SHORTEST_NAME && name === fileName(other);
}

/** Shorter names (`1.jpg`) say little. */
const SHORTEST_NAME = 8;
const LONGEST_ADDRESS = 2000;

function fileName(address: string): string {
  if (address.length > LONGEST_ADDRESS) return address;
  const path = address.trim().replace(/[?#].*$/s, "");
  return path.slice(path.lastIndexOf("/") + 1).replace(/-\d{2,4}x\d{2,4}(?=\.\w+$)/, "");
}

/** The picture or frame that is all that an element shows; null if there is none, or more. */
function soleMedia(element: HtmlElement): HtmlElement | null {
  const media: HtmlElement[] = [];
  visitElements([element], (inner) => {
    if (MEDIA.includes(inner.name)) media.push(inner);
  });
  return media.length === 1 && textOf([element]).trim() === "" ? (media[0] ?? null) : null;
}
