import { percentDecoded } from "../../../../src/domain/percent-decoded.ts";
import type { HtmlNode } from "./html-tree.ts";
import { textOf, visitElements } from "./html-tree.ts";

/** The prefix that keeps an article's ids apart from the page's own. */
const PREFIX = "s-";

/** Assigns ids to the places in an article that its own links lead to. */
export interface Anchors {
  /** The id for an element that the author named `name`; null if no link leads there or the name is taken. */
  readonly claim: (name: string | undefined) => string | null;
  /** The id for a heading without a name, made from its text as GitHub and kramdown do; null if no link leads there. */
  readonly claimHeading: (children: readonly HtmlNode[]) => string | null;
  /** The address of a link to `#name`. */
  readonly address: (reference: string) => string;
}

export function createAnchors(nodes: readonly HtmlNode[]): Anchors {
  const wanted = new Set<string>();
  visitElements(nodes, ({ attributes }) => {
    const href = attributes["href"]?.trim() ?? "";
    if (href.length > 1 && href.startsWith("#")) wanted.add(targetName(href));
  });
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

function targetName(reference: string): string {
  const name = reference.trim().slice(1);
  return percentDecoded(name) ?? name;
}

/** HTML ids may hold any character except blanks. */
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
