import type { ArticleImage } from "../../../src/domain/article.ts";
import type { Fault } from "../fault.ts";
import { createAddresses } from "./addresses.ts";
import { createReport } from "./body-report.ts";
import { bylineAuthors } from "./byline.ts";
import { cleanTree } from "./clean-tree.ts";
import { escapeStrayTags } from "./escape-stray-tags.ts";
import { parseHtml } from "./html-tree.ts";
import { lostElements } from "./lost-elements.ts";
import { leadImage } from "./lead-image.ts";
import { leadSummary } from "./lead-summary.ts";
import { renderLiquid } from "./liquid.ts";
import type { FindLocalFile, LocalFile } from "./local-file.ts";
import { renderMarkdown } from "./markdown.ts";
import { splitNavigationTail } from "./navigation-tail.ts";
import { fitNesting } from "./nesting.ts";
import { sanitize } from "./sanitize.ts";
import { sourceName } from "./source-name.ts";
import { textBlocks } from "./text-blocks.ts";
import { countCharacters, lostTexts, visibleTexts } from "./visible-text.ts";

/** A body as it stands in its file, and what must be known to read it. */
export interface BodyInput {
  /** The text after the front matter; CRLF and LF alike. */
  readonly source: string;
  readonly format: "markdown" | "html";
  /** The file, as faults name it. */
  readonly path: string;
  /** The line of the file where `source` begins; the first is 1. */
  readonly firstLine: number;
  /** An origin without a slash at the end. */
  readonly siteUrl: string;
  /** What relative links are relative to: the article's old permalink, or `siteUrl` with a slash. */
  readonly baseUrl: string;
  /** Finds images and other files that the article refers to on disk. */
  readonly findLocalFile: FindLocalFile;
  /** For `{{ page.title }}`. */
  readonly title: string;
}

/** A body that can stand in a page and in a feed, and what its text says about itself. */
export interface RenderedBody {
  /** Sanitized, with absolute addresses, XML characters only, and without `]]>`. */
  readonly html: string;
  readonly faults: readonly Fault[];
  /** The code in the share link at the end (`NW202201102241157038`). */
  readonly legacyCode: string | null;
  /** The newspaper in `（文章来源：厦门日报）`. */
  readonly source: string | null;
  /** Writers in the byline; photographers are not among them. */
  readonly authors: readonly string[];
  /** The lead, cut at the end of a sentence. */
  readonly summary: string;
  readonly image: ArticleImage | null;
  /** Visible characters, blanks apart. */
  readonly characterCount: number;
  /** Whether there are paragraphs and pictures only. */
  readonly isPlain: boolean;
  /** Files found on disk, which have to be served at their `publicPath`. */
  readonly localFiles: readonly LocalFile[];
}

/** Sanitized HTML has no `<` but at the beginning of a tag. */
const OTHER_ELEMENT = /<(?!\/?(?:p|br|img|a|strong|em|b|i|span|div|figure|figcaption)\b)/;

/**
 * Renders an article's body and reads what it says about itself. Markdown comes first and the sanitizer last: the other
 * way round it would delete autolinks. Text that gets lost on the way is a fault.
 */
export function renderBody(input: BodyInput): RenderedBody {
  const { siteUrl, baseUrl, title } = input;
  const report = createReport(input);
  const legal = report.legalCharacters(input.source.replaceAll(/\r\n?/g, "\n"));
  const { body, legacyCode } = splitNavigationTail(legal);
  const liquid = renderLiquid(body, { siteUrl, baseUrl, title });
  report.liquid(liquid.problems, body);

  const rendered = input.format === "html" ? liquid.text : renderMarkdown(liquid.text);
  const written = parseHtml(escapeStrayTags(rendered));
  const addresses = createAddresses(siteUrl, baseUrl, input.findLocalFile);
  const tree = fitNesting(cleanTree(written, addresses));
  const html = report.legalHtml(sanitize(tree).trim());
  report.addresses(addresses.problems);

  report.lostElements(lostElements(written));
  const texts = visibleTexts(parseHtml(html));
  report.lostTexts(lostTexts(visibleTexts(written), texts));
  const blocks = textBlocks(tree);
  const source = sourceName(blocks);
  return {
    html,
    faults: report.faults,
    legacyCode,
    source,
    authors: bylineAuthors(blocks),
    summary: leadSummary(blocks, source),
    image: leadImage(tree, siteUrl, addresses.localFiles),
    characterCount: countCharacters(texts),
    isPlain: !OTHER_ELEMENT.test(html),
    localFiles: addresses.localFiles,
  };
}
