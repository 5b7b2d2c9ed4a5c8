import { percentDecoded } from "../../../../src/domain/percent-decoded.ts";
import type { HtmlNode } from "./html-tree.ts";
import { textOf } from "./html-tree.ts";

/** Keeps an article's ids apart from the page's own. */
const PREFIX = "s-";

/** The places inside an article that its own links lead to. */
export interface Anchors {
  /** The id for an element that the author called `name`; null where no link leads there or the name is taken. */
  readonly claim: (name: string | undefined) => string | null;
  /** The id for a heading without name, as GitHub and kramdown make it from the text. */
  readonly claimHeading: (children: readonly HtmlNode[]) => string | null;
  /** The address of a link to `#name`. */
  readonly address: (reference: string) => string;
}

export function createAnchors(nodes: readonly HtmlNode[]): Anchors {
  const wanted = new Set<string>();
  collectTargets(nodes, wanted);
  const slugs = new Map<string, number>();
  const claim = (name: string | undefined): string | null =>
    name !== undefined && wanted.delete(name) ? anchorId(name) : null;
  return {
    claim,
    claimHeading(children) {
      if (wanted.size === 0) return null;
      const slug = headingSlug(textOf(children));
      const count = slugs.get(slug) ?? 0;
      slugs.set(slug, count + 1);
      return claim(count === 0 ? slug : `${slug}-${count}`);
    },
    address: (reference) => `#${encodeURIComponent(anchorId(targetName(reference)))}`,
  };
}

function collectTargets(nodes: readonly HtmlNode[], targets: Set<string>): void {
  for (const node of nodes) {
    if (typeof node === "string") continue;
    const href = node.attributes["href"]?.trim() ?? "";
    if (href.length > 1 && href.startsWith("#")) targets.add(targetName(href));
    collectTargets(node.children, targets);
  }
}

function targetName(reference: string): string {
  const name = reference.trim().slice(1);
  return percentDecoded(name) ?? name;
}

/** HTML ids may hold anything but blanks. */
function anchorId(name: string): string {
  return PREFIX + name.replaceAll(/\s+/g, "-");
}

function headingSlug(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}_\- ]/gu, "")
    .replaceAll(" ", "-");
}
