import { percentDecoded } from "../../../src/domain/percent-decoded.ts";
import {
  forbiddenCharacters,
  withoutForbiddenCharacters,
} from "../../../src/domain/xml-characters.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { AddressProblem } from "./links/addresses.ts";
import { lineAt } from "./line-at.ts";
import type { LiquidProblem } from "./liquid/liquid.ts";

/** Gathers what is wrong with one body and finds the lines. */
export interface BodyReport {
  readonly diagnostics: readonly Diagnostic[];
  /** Takes characters out of the source that no feed may hold. */
  readonly legalCharacters: (source: string) => string;
  /** The same for what references such as `&#11;` became, and XML 1.0 2.4: `]]>` may stand nowhere in text. */
  readonly legalHtml: (html: string) => string;
  readonly liquid: (problems: readonly LiquidProblem[], source: string) => void;
  readonly addresses: (problems: readonly AddressProblem[]) => void;
  /** Pictures and embedded things that readers will miss. */
  readonly lostElements: (names: readonly string[]) => void;
  readonly lostTexts: (texts: readonly string[]) => void;
}

const EXCERPT_CHARACTERS = 24;

/** What stands before an address in Markdown and HTML; `x` alone is in many words. */
const BEFORE_ADDRESS = ["(", "<", '"', "'", "=", ": "];

const LIQUID_FAULTS = {
  unsupported: {
    code: "liquid-unsupported",
    what: (mark: string) =>
      `The template "${mark}" cannot be carried out here and was left out; text between its marks stays`,
    advice: "write what it stands for in its place",
  },
  malformed: {
    code: "liquid-malformed",
    what: (mark: string) => `The template mark "${mark}" is not well-formed and stays as text`,
    advice: "surround it with {% raw %} and {% endraw %} if it is text",
  },
  "in-code": {
    code: "liquid-in-code",
    what: (mark: string) => `The template "${mark}" stands in code and stays as text`,
    advice: "surround the code with {% raw %} and {% endraw %}, or Jekyll will carry it out",
  },
} satisfies Record<
  LiquidProblem["kind"],
  { code: string; what: (mark: string) => string; advice: string }
>;

export function createReport(input: {
  readonly source: string;
  readonly path: string;
  readonly firstLine: number;
}): BodyReport {
  const { path, firstLine } = input;
  const diagnostics: Diagnostic[] = [];
  const warn = (line: number, code: string, what: string, advice: string): void => {
    diagnostics.push({ level: "warning", path, line, what, advice, code });
  };
  const lineOf = (...spellings: readonly string[]): number => {
    const index = spellings.map((text) => input.source.indexOf(text)).find((found) => found !== -1);
    return index === undefined ? firstLine : lineAt(input.source, index, firstLine);
  };
  /** Where the last mention of a reference ended: the same one again is the next in the text. */
  const mentioned = new Map<string, number>();
  const lineOfReference = (reference: string): number => {
    // Markdown percent-encodes what authors write plainly.
    const plain = percentDecoded(reference) ?? reference;
    const spellings = [reference, plain, plain.replaceAll(" ", "%20")];
    const from = mentioned.get(reference) ?? 0;
    const found = BEFORE_ADDRESS.flatMap((mark) =>
      spellings.map((text) => input.source.indexOf(mark + text, from)),
    ).filter((index) => index !== -1);
    if (found.length === 0) return lineOf(...spellings);
    const index = Math.min(...found);
    mentioned.set(reference, index + 1);
    return lineAt(input.source, index, firstLine);
  };
  return {
    diagnostics,
    legalCharacters(source) {
      const characters = forbiddenCharacters(source);
      if (characters.length === 0) return source;
      const found = Map.groupBy(characters, ({ name }) => name);
      for (const [name, [first, ...others]] of found) {
        const count = others.length === 0 ? "" : ` (${others.length + 1} times)`;
        const what = `The character ${name}${count} is not allowed in feeds and was taken out`;
        warn(lineAt(source, first?.index ?? 0, firstLine), "illegal-character", what, "delete it");
      }
      return withoutForbiddenCharacters(source);
    },
    legalHtml(html) {
      const [first] = forbiddenCharacters(html);
      if (first !== undefined) {
        const what = `A reference to the character ${first.name} is not allowed in feeds and was taken out`;
        warn(firstLine, "illegal-character", what, "delete it");
      }
      const legal = first === undefined ? html : withoutForbiddenCharacters(html);
      return legal.replaceAll("\r", "\n").replaceAll("]]>", "]]&gt;");
    },
    liquid(problems, source) {
      for (const { kind, mark, index } of problems) {
        const { code, what, advice } = LIQUID_FAULTS[kind];
        warn(lineAt(source, index, firstLine), code, what(excerpt(mark)), advice);
      }
    },
    addresses(problems) {
      for (const { kind, reference } of problems) {
        const line = lineOfReference(reference);
        const shown = excerpt(reference);
        if (kind === "file-missing") {
          const what = `The file "${shown}" is neither beside the article nor in the site's folder`;
          const advice = /[?#]/.test(reference)
            ? "add the file, or write %3F for ? and %23 for # in its name"
            : "add the file, or correct the path";
          warn(line, "file-missing", what, advice);
        } else if (kind === "picture-broken") {
          const what = `The file "${shown}" cannot be read as a picture; readers see a broken one`;
          warn(line, "picture-broken", what, "save it anew as JPEG or PNG");
        } else if (kind === "link-to-source") {
          const what = `The link to "${shown}" leads nowhere: files of articles are not served`;
          warn(line, "link-to-source", what, "write the address of the page, such as /s/…");
        } else if (kind === "media-dropped") {
          const what = `What is at "${shown}" was skipped: no reader can load it from there`;
          const advice = "put the file beside the article and write its name";
          warn(line, "media-dropped", what, advice);
        } else {
          const what = `The link to "${shown}" cannot be followed from a feed; its text stays`;
          warn(line, "link-dropped", what, "use an http, https, mailto or tel address");
        }
      }
    },
    lostElements(names) {
      for (const name of names) {
        const what = `A <${name}> cannot stand in a feed and was skipped`;
        warn(
          lineOf(`<${name}`, `<${name.toUpperCase()}`),
          "element-lost",
          what,
          "put a picture or a link in its place",
        );
      }
    },
    lostTexts(texts) {
      for (const text of texts) {
        const what = `The text "${excerpt(text)}" got lost`;
        const advice = "look at the markup around it: a tag may not be closed";
        warn(lineOf(text.slice(0, EXCERPT_CHARACTERS / 2)), "text-lost", what, advice);
      }
    },
  };
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length <= EXCERPT_CHARACTERS * 2 ? line : `${line.slice(0, EXCERPT_CHARACTERS * 2)}…`;
}
