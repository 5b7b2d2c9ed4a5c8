import { createRequire } from "node:module";
import type { DiagnosticLog } from "../../diagnostics/diagnostic.ts";
import { createReport } from "./body-report.ts";
import { bylineAuthors } from "./facts/byline-authors.ts";
import { leadSummary } from "./facts/lead-summary.ts";
import { splitNavigationTail } from "./facts/navigation-tail.ts";
import { readPlainBody } from "./plain-body.ts";
import type * as markup from "./render-markup.ts";
import type { BodyContent, BodyInput } from "./render-markup.ts";
import { sourceName } from "./facts/source-name.ts";

/** A body, and what its text says about itself. */
export interface RenderedBody extends BodyContent {
  /** The code in the share link at the end (`NW202201102241157038`). */
  readonly legacyCode: string | null;
  /** The newspaper in `（文章来源：厦门日报）`. */
  readonly source: string | null;
  /** Writers in the byline; photographers are not among them. */
  readonly authors: readonly string[];
  /** The lead, cut at the end of a sentence. */
  readonly summary: string;
}

const require = createRequire(import.meta.url);

/** Loads the parsers when the first article needs them: that takes longer than all else, in every thread that reads. */
const loadMarkup = (): typeof markup => require("./render-markup.ts") as typeof markup;

/** Renders an article's body and reads what it says about itself; what is wrong with it goes to the log. */
export function renderBody(input: BodyInput, log: DiagnosticLog): RenderedBody {
  const report = createReport(input.source, input.firstLine, log);
  const legal = report.legalCharacters(input.source.replaceAll(/\r\n?/g, "\n"));
  const { body, legacyCode } = splitNavigationTail(legal);
  const text = readPlainBody(body) ?? loadMarkup().renderMarkup(body, input, report);
  const { blocks, ...content } = text;
  const source = sourceName(blocks);
  return {
    ...content,
    legacyCode,
    source,
    authors: bylineAuthors(blocks),
    summary: leadSummary(blocks, source),
  };
}
