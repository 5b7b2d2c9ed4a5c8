import { percentDecoded } from "../../../src/domain/percent-decoded.ts";
import {
  forbiddenCharacters,
  withoutForbiddenCharacters,
} from "../../../src/domain/xml-characters.ts";
import type { DiagnosticLog } from "../../diagnostics/diagnostic.ts";
import { createLineFinder } from "../../diagnostics/line-at.ts";
import { describeRefusal } from "../files/follow-file.ts";
import { missingAdvice } from "../files/local-file.ts";
import { describePictureFault } from "../files/describe-picture-fault.ts";
import type { PictureFault } from "../files/local-picture.ts";
import type { AddressProblem } from "./links/addresses.ts";
import type { LostElement } from "./html/lost-elements.ts";
import type { LiquidProblem } from "./liquid/liquid.ts";
import type { MarkdownProblem } from "./markdown/markdown-document.ts";

/** Reports the problems of one body, with their lines, to the diagnostic log. */
export interface BodyReport {
  /** Removes characters that no feed may hold from the source. */
  readonly legalCharacters: (source: string) => string;
  /** Removes those that came from references such as `&#11;`, and escapes `]]>`, which XML 1.0 2.4 forbids in text. */
  readonly legalHtml: (html: string) => string;
  /** The line of the file that holds a reference, or an index of a source. */
  readonly lineOfReference: (reference: string) => number;
  readonly lineOfIndex: (source: string, index: number) => number;
  readonly liquid: (problems: readonly LiquidProblem[], source: string) => void;
  readonly markdown: (problems: readonly MarkdownProblem[]) => void;
  readonly addresses: (problems: readonly AddressProblem[]) => void;
  /** Elements, such as drawings and frames, that readers will miss. */
  readonly lostElements: (elements: readonly LostElement[]) => void;
  /** Names of elements that are no HTML, as editors and Word write them. */
  readonly foreignElements: (names: readonly string[]) => void;
  readonly lostTexts: (texts: readonly string[]) => void;
}

const EXCERPT_CHARACTERS = 48;
/** Per kind and file; whoever has read so many knows what is wrong with the others. */
const MOST_FAULTS = 50;
/** How much of the beginning of a lost text is searched for in the source. */
const SEARCHED_CHARACTERS = 12;

/** What stands before an address in Markdown and HTML, since a short address may also be a part of a word. */
const BEFORE_ADDRESS = ["(", "<", '"', "'", "=", ": "];

/** The message about a piece of the source, and the advice; the keys are the codes of the diagnostics. */
const FAULTS: Readonly<
  Record<
    | `liquid-${LiquidProblem["kind"]}`
    | MarkdownProblem["kind"]
    | Exclude<AddressProblem["kind"], "file-refused">,
    readonly [what: (piece: string) => string, advice: string]
  >
> = {
  "liquid-unsupported": [
    (mark) =>
      `The template "${mark}" cannot be carried out here: nothing is shown in its place, and text between its marks stays`,
    "write what it stands for in its place",
  ],
  "liquid-loop": [
    (mark) =>
      `The template "${mark}" cannot be carried out here: nothing is shown in its place, nor of what is in it`,
    "write what it stands for in its place",
  ],
  "liquid-malformed": [
    (mark) => `The template mark "${mark}" is not well-formed and stays as text`,
    "surround it with {% raw %} and {% endraw %} if it is text",
  ],
  "liquid-in-code": [
    (mark) => `The template "${mark}" stands in code and stays as text`,
    "surround the code with {% raw %} and {% endraw %}, or Jekyll will carry it out",
  ],
  "footnote-missing": [
    (mark) => `The footnote "${mark}" is named but written nowhere, and its mark stays as text`,
    "write it on a line of its own as [^name]: text, or delete the mark",
  ],
  "footnote-unused": [
    (mark) => `The footnote "${mark}" is named nowhere and was left out`,
    "write its mark [^name] where it belongs, or delete it",
  ],
  "list-misplaced": [
    (list) => `The attribute list "${list}" stands behind text and stays as text`,
    "put it right behind a link, a picture or emphasis, or on a line of its own under a block",
  ],
  "extension-as-text": [
    (mark) => `The mark "${mark}" is none that is known here, or has no end, and stays as text`,
    "write {::comment}, {::nomarkdown} or {::options}, or delete it",
  ],
  "tag-as-text": [
    (tag) =>
      `The tag "${tag}" stays as text: it ends nothing, or would tear a line of text or hide its rest`,
    "put it between backticks if it is a word; else delete it, or begin a line with its element",
  ],
  "file-missing": [
    (reference) => `The file "${reference}" is neither beside the article nor in the site's folder`,
    "add the file, or correct the path",
  ],
  "file-unserved": [
    (reference) =>
      `The name "${reference}" does not end as those of pictures, recordings and films do, and no such file is served`,
    "give the file the extension of its kind, such as .jpg or .mp3, and write that name",
  ],
  "picture-broken": pictureFault("broken"),
  "picture-heic": pictureFault("heic"),
  "picture-too-large": pictureFault("too-large"),
  "picture-cut-off": pictureFault("cut-off"),
  "picture-still": pictureFault("still"),
  "media-dropped": [
    (reference) => `What is at "${reference}" was skipped: no reader can load it from there`,
    "put the file beside the article and write its name",
  ],
  "media-insecure": [
    (reference) =>
      `What is at "${reference}" has no https as far as is known here; browsers ask for it by https, and readers of feeds may not see it`,
    `write https where it opens so, or name its host in the setting "https_hosts"; else put the file beside the article`,
  ],
  "embedded-damaged": [
    (reference) =>
      `The file in "${reference}" is damaged: it is left out, and of a picture its description shown`,
    "put the file beside the article and write its name",
  ],
  "embedded-script": [
    (reference) =>
      `The drawing in "${reference}" holds a script or other documents: it is left out`,
    "save it as a PNG, or without them, beside the article and write its name",
  ],
  "embedded-too-large": [
    (reference) => `The file in "${reference}" is larger than 25 MiB: it is left out`,
    "save it smaller beside the article and write its name",
  ],
  "embedded-unknown": [
    (reference) =>
      `The file in "${reference}" is too long for a text, and of no type that can be served: it is left out`,
    "save it as PNG, JPEG, GIF, WebP or AVIF beside the article and write its name",
  ],
  "link-dropped": [
    (reference) => `The link to "${reference}" cannot be followed from a feed; its text stays`,
    "use an http, https, mailto or tel address",
  ],
};
/** The advice for a missing file whose reference holds `?` or `#`, which end a file name. */
const ESCAPE_ADVICE = "add the file, or write %3F for ? and %23 for # in its name";

/**
 * @param body the text after the front matter, unchanged
 * @param firstLine the line of the file where `body` begins
 */
export function createReport(body: string, firstLine: number, log: DiagnosticLog): BodyReport {
  const lineAt = createLineFinder(body, firstLine);
  const lineOf = (...spellings: readonly string[]): number => {
    const index = spellings.map((text) => body.indexOf(text)).find((found) => found !== -1);
    return lineAt(index ?? 0);
  };
  /** The line of a start tag of this name, before which there are so many others in the source. */
  const lineOfTag = (name: string, before: number): number => {
    const tag = new RegExp(String.raw`<${name.replaceAll(".", String.raw`\.`)}(?=[\s/>])`, "gi");
    const indexes = Array.from(body.matchAll(tag), ({ index }) => index);
    return lineAt(indexes[before] ?? indexes[0] ?? 0);
  };
  /** Reports the first faults of each kind, and how many more there are. */
  const report = <Code extends string, Fault>(
    faults: readonly Fault[],
    codeOf: (fault: Fault) => Code,
    describe: (
      fault: Fault,
      code: Code,
    ) => readonly [line: number, what: string, advice: string, subject?: string],
  ): void => {
    const counts = new Map<Code, number>();
    for (const fault of faults) {
      const code = codeOf(fault);
      const count = (counts.get(code) ?? 0) + 1;
      counts.set(code, count);
      if (count > MOST_FAULTS) continue;
      const [line, what, advice, subject] = describe(fault, code);
      log.warn(line, code, what, advice, subject);
    }
    for (const [code, count] of counts) {
      if (count <= MOST_FAULTS) continue;
      const more = count - MOST_FAULTS;
      const what = `The same is wrong in ${more} more ${more === 1 ? "place" : "places"}`;
      log.warn(firstLine, code, what, "look at the places that are named");
    }
  };
  /** By reference, where to search next: a reference that is reported again is its next mention in the text. */
  const mentioned = new Map<string, number>();
  const lineOfReference = (reference: string): number => {
    // Markdown percent-encodes addresses that authors write plainly.
    const plain = percentDecoded(reference) ?? reference;
    const spellings = [reference, plain, plain.replaceAll(" ", "%20")];
    const from = mentioned.get(reference) ?? 0;
    const found = BEFORE_ADDRESS.flatMap((mark) =>
      spellings.map((text) => body.indexOf(mark + text, from)),
    ).filter((index) => index !== -1);
    if (found.length === 0) return lineOf(...spellings);
    const index = Math.min(...found);
    mentioned.set(reference, index + 1);
    return lineAt(index);
  };
  return {
    lineOfReference,
    lineOfIndex: (source, index) => createLineFinder(source, firstLine)(index),
    legalCharacters(source) {
      const characters = forbiddenCharacters(source);
      if (characters.length === 0) return source;
      const lineIn = createLineFinder(source, firstLine);
      const found = Map.groupBy(characters, ({ name }) => name);
      for (const [name, [first, ...others]] of found) {
        const count = others.length === 0 ? "" : ` (${others.length + 1} times)`;
        const what = `The character ${name}${count} is not allowed in feeds and was taken out`;
        log.warn(lineIn(first?.index ?? 0), "illegal-character", what, "delete it");
      }
      return withoutForbiddenCharacters(source);
    },
    legalHtml(html) {
      const [first] = forbiddenCharacters(html);
      if (first !== undefined) {
        const what = `A reference to the character ${first.name} is not allowed in feeds and was taken out`;
        log.warn(firstLine, "illegal-character", what, "delete it");
      }
      const legal = first === undefined ? html : withoutForbiddenCharacters(html);
      return legal.replaceAll("\r", "\n").replaceAll("]]>", "]]&gt;");
    },
    liquid(problems, source) {
      const lineIn = createLineFinder(source, firstLine);
      report(
        problems,
        ({ kind }) => `liquid-${kind}` as const,
        ({ mark, name, index }, code) => {
          const [what, advice] = FAULTS[code];
          return [lineIn(index), what(excerpt(mark)), advice, excerpt(name)];
        },
      );
    },
    markdown(problems) {
      report(
        problems,
        ({ kind }) => kind,
        ({ mark }, code) => {
          const [what, advice] = FAULTS[code];
          return [lineOf(mark), what(excerpt(mark)), advice];
        },
      );
    },
    addresses(problems) {
      report(
        problems,
        ({ kind }) => kind,
        (problem) => {
          const { kind, reference } = problem;
          const line = lineOfReference(reference);
          if (kind === "file-refused") {
            const [why, advice] = describeRefusal(problem.refusal);
            return [line, `The file "${excerpt(reference)}" is not served: it ${why}`, advice];
          }
          const [what, usual] = FAULTS[kind];
          if (kind !== "file-missing") return [line, what(excerpt(reference)), usual];
          const advice = problem.near === null ? usual : missingAdvice(problem.near);
          const fitting = /[?#]/.test(reference) ? ESCAPE_ADVICE : advice;
          return [line, what(excerpt(reference)), fitting];
        },
      );
    },
    lostElements(elements) {
      for (const { name, before } of elements) {
        const what = `A <${name}> cannot stand in a feed and was skipped`;
        const advice = "put a picture or a link in its place";
        log.warn(lineOfTag(name, before), "element-lost", what, advice, `<${name}>`);
      }
    },
    foreignElements(names) {
      report(
        names,
        () => "markup-unknown",
        (name) => {
          const what = `<${name}> is no HTML: its text stays, and a link or picture where it has an address`;
          const advice = "write in HTML or Markdown what it stands for, if readers need more";
          return [lineOfTag(name, 0), what, advice, `<${name}>`];
        },
      );
    },
    lostTexts(texts) {
      report(
        texts,
        () => "text-lost",
        (text) => {
          const what = `The text "${excerpt(text)}" got lost`;
          const advice = "look at the markup around it: a tag may not be closed";
          return [lineOf(text.slice(0, SEARCHED_CHARACTERS)), what, advice];
        },
      );
    },
  };
}

function pictureFault(
  fault: PictureFault,
): readonly [what: (reference: string) => string, advice: string] {
  const [what, advice] = describePictureFault(fault);
  return [(reference) => `The picture "${reference}" ${what}`, advice];
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length <= EXCERPT_CHARACTERS ? line : `${line.slice(0, EXCERPT_CHARACTERS)}…`;
}
