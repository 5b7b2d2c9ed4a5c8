import { posix } from "node:path";
import type { DiagnosticLog } from "../../diagnostics/diagnostic.ts";
import { HeaderReader, readLanguage, readSummary, readTitle } from "./article-meta.ts";
import type { FrontMatter } from "./front-matter.ts";
import type { WrittenImage } from "./header-fields.ts";

/** What the front matter of a page says. */
export interface PageMeta {
  readonly title: string;
  readonly summary: string | null;
  readonly image: WrittenImage | null;
  /** A BCP 47 tag; null if it is missing. */
  readonly language: string | null;
  readonly permalink: string | null;
  readonly redirectFrom: readonly string[];
  /** Where every page links to it; null where none does. */
  readonly nav: PageNav | null;
}

/** A link in the head or at the foot of every page. */
export interface PageNav {
  readonly place: "header" | "footer";
  /** Links with a smaller one come first. */
  readonly order: number;
}

/** Reads the values of a page's front matter; problems go to the log. */
export function readPageMeta(
  frontMatter: FrontMatter,
  pathInSite: string,
  log: DiagnosticLog,
): PageMeta {
  const header = new HeaderReader(frontMatter, log);
  const { dir, name } = posix.parse(pathInSite);
  const called = name === "index" ? posix.basename(dir) : name;
  return {
    title: readTitle(header, called) ?? called,
    summary: readSummary(header),
    image: header.read("image") ?? header.read("header"),
    language: readLanguage(header),
    permalink: header.read("permalink"),
    redirectFrom: header.read("redirect_from") ?? [],
    nav: readNav(header),
  };
}

function readNav(header: HeaderReader): PageNav | null {
  const written = header.read("nav");
  const order = Number(header.read("nav_order") ?? Number.POSITIVE_INFINITY);
  switch (written) {
    case null:
    case "false":
      return null;
    case "true":
    case "header":
      return { place: "header", order };
    case "footer":
      return { place: "footer", order };
    default: {
      const what = `Cannot read "nav": "${written}" is no place for a link`;
      header.warn("nav", "field-unreadable", what, "write header or footer; the key was ignored");
      return null;
    }
  }
}
