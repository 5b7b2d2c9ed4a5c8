import type { DiagnosticLog } from "../../diagnostics/diagnostic.ts";
import { createReport } from "./body-report.ts";
import { bylineAuthors } from "./facts/byline-authors.ts";
import { leadSummary } from "./facts/lead-summary.ts";
import { setNewspaperLines } from "./facts/newspaper-lines.ts";
import { splitNavigationTail } from "./facts/navigation-tail.ts";
import { webAddress } from "./links/addresses.ts";
import { readPlainBody } from "./plain-body.ts";
import type { BodyContent, BodyInput } from "./render-markup.ts";
import { renderMarkup } from "./render-markup.ts";
import { sourceName } from "./facts/source-name.ts";

/** A rendered body and the facts that its text states about the article. */
export interface RenderedBody extends BodyContent {
  /** The legacy code in the share link at the end (`NW202201102241157038`). */
  readonly legacyCode: string | null;
  /** The original's address under the text, http or https; null if there is none. */
  readonly sourceUrl: string | null;
  /** The newspaper named as the source, as in `（文章来源：厦门日报）`. */
  readonly source: string | null;
  /** The writers in the byline, without photographers. */
  readonly authors: readonly string[];
  /** The lead, cut at the end of a sentence. */
  readonly summary: string;
}

/** Renders an article's body and extracts the facts in its text; problems go to the log. */
export function renderBody(input: BodyInput, log: DiagnosticLog): RenderedBody {
  const report = createReport(input.source, input.firstLine, log);
  const { source: written } = input;
  const lines = written.includes("\r") ? written.replaceAll(/\r\n?/g, "\n") : written;
  const legal = report.legalCharacters(lines);
  const { body, legacyCode, sourceAddress } = splitNavigationTail(legal);
  const text = readPlainBody(body) ?? renderMarkup(body, input, report);
  const { blocks, ...content } = text;
  const source = sourceName(blocks);
  return {
    ...content,
    html: setNewspaperLines(content.html),
    legacyCode,
    sourceUrl: sourceAddress === null ? null : webAddress(sourceAddress),
    source,
    authors: bylineAuthors(blocks),
    summary: leadSummary(blocks, source),
  };
}
