import type { ArticleImage } from "../../../src/domain/article.ts";
import type { ArticleLink, FindArticle } from "../files/article-link.ts";
import { collectArticleLinks } from "../files/article-link.ts";
import {
  forbiddenCharacters,
  withoutForbiddenCharacters,
} from "../../../src/domain/xml-characters.ts";
import type { Recording } from "../../../src/domain/recording.ts";
import type { FindLocalFile, LocalFile } from "../files/local-file.ts";
import type { Addresses } from "./links/addresses.ts";
import { createAddresses } from "./links/addresses.ts";
import { writeCommonBody } from "./common-body.ts";
import type { MediaHosts, MediaSettings } from "./links/media-settings.ts";
import { USUAL_MEDIA } from "./links/media-settings.ts";
import type { BodyReport } from "./body-report.ts";
import { chineseLines } from "./html/chinese-lines.ts";
import { cleanTree } from "./html/clean-tree.ts";
import { escapeStrayTags } from "./html/escape-stray-tags.ts";
import { foreignElements } from "./html/foreign-elements.ts";
import { parseHtml } from "./html/html-tree.ts";
import { parseRegularHtml } from "./html/regular-html.ts";
import { bodyRecordings } from "./facts/body-recordings.ts";
import { leadImage } from "./facts/lead-image.ts";
import { renderLiquid } from "./liquid/liquid.ts";
import { lostElements } from "./html/lost-elements.ts";
import type { MarkdownOptions } from "./markdown/markdown-document.ts";
import { renderMarkdown } from "./markdown/markdown.ts";
import { fitNesting } from "./html/nesting.ts";
import { showPictures } from "./show-pictures.ts";
import type { TextBlock } from "./html/text-blocks.ts";
import { textBlocks } from "./html/text-blocks.ts";
import {
  countCharacters,
  lostTexts,
  visibleText,
  visibleTexts,
  withoutBlanks,
} from "./html/visible-text.ts";
import type { WrittenBody } from "./html/write-body.ts";
import { writeBody } from "./html/write-body.ts";

/** A body as it stands in its file, and what is needed to render it. */
export interface BodyInput {
  /** The text after the front matter, with CRLF or LF line ends. */
  readonly source: string;
  readonly format: "markdown" | "html";
  /** The line of the file where `source` begins; the first is 1. */
  readonly firstLine: number;
  /** An origin without a slash at the end. */
  readonly siteUrl: string;
  /** The base of relative links: the absolute URL of the article's old permalink, or `siteUrl` with a slash. */
  readonly baseUrl: string;
  /** Finds on disk the images and other files that the article refers to. */
  readonly findLocalFile: FindLocalFile;
  /** The value of `{{ page.title }}`. */
  readonly title: string;
  readonly markdown: MarkdownOptions;
  /** The folder of the article's file, from the folder of `wrangler.toml`. */
  readonly folder: string;
  /** Where the site was before: origins, with a path where it was below one. */
  readonly formerUrls: readonly string[];
  readonly findArticle: FindArticle;
  readonly media?: MediaSettings;
  /** Hosts that articles of the site name with https, once they are known. */
  readonly httpsSeen?: ReadonlySet<string>;
}

/** A rendered body, fit for pages and feeds. */
export interface BodyContent {
  /** Sanitized HTML with absolute addresses, only characters that XML allows, and no `]]>`. */
  readonly html: string;
  readonly image: ArticleImage | null;
  readonly recordings: readonly Recording[];
  /** The number of visible characters, without blanks. */
  readonly characterCount: number;
  /** Whether the body holds only paragraphs, pictures, links and simple emphasis. */
  readonly isPlain: boolean;
  /** Files on disk that must be served at their `publicPath`. */
  readonly localFiles: readonly LocalFile[];
  readonly mediaHosts: MediaHosts;
  /** Its links to other articles, and to what may be one. */
  readonly links: readonly ArticleLink[];
}

/** A body with its text blocks, from which summary, source and authors are taken. */
export interface RenderedText extends BodyContent {
  readonly blocks: readonly TextBlock[];
}

/**
 * Renders text with Liquid, Markdown and HTML in it. What the writer at the end does not know cannot leave this
 * function. Text that gets lost on the way is reported.
 *
 * @param text the body, without characters that XML forbids and without its navigation tail
 */
export function renderMarkup(
  text: string,
  {
    format,
    siteUrl,
    baseUrl,
    title,
    markdown: options,
    findLocalFile,
    folder,
    formerUrls,
    findArticle,
    media = USUAL_MEDIA,
    httpsSeen = new Set(),
  }: BodyInput,
  report: BodyReport,
): RenderedText {
  const articles = collectArticleLinks(findArticle);
  const liquid = renderLiquid(text, {
    format,
    siteUrl,
    baseUrl,
    title,
    findArticle: (reference, mark, index) =>
      articles.find(reference, mark, () => report.lineOfIndex(text, index)),
    ignore: articles.ignore,
  });
  report.liquid(liquid.problems, text);

  const markdown = format === "markdown" ? renderMarkdown(liquid.text, options) : null;
  report.markdown(markdown?.problems ?? []);
  const source = markdown?.html ?? liquid.text;
  const written = parseRegularHtml(source) ?? parseHtml(escapeStrayTags(source));
  const newAddresses = (): Addresses =>
    createAddresses({
      siteUrl,
      baseUrl,
      findLocalFile,
      folder,
      formerUrls,
      articles,
      media,
      httpsSeen,
      lineOf: report.lineOfReference,
    });
  const usual = newAddresses();
  const common = writeCommonBody(written, usual, siteUrl);
  if (common !== null && isLegal(common, text)) {
    report.addresses(usual.problems);
    return {
      html: common.html.trim(),
      blocks: common.blocks,
      image: common.image,
      recordings: [],
      characterCount: countCharacters(withoutBlanks(common.text)),
      isPlain: common.isPlain,
      localFiles: [],
      mediaHosts: usual.mediaHosts(),
      links: articles.found(),
    };
  }
  const addresses = newAddresses();
  const tree = fitNesting(chineseLines(cleanTree(written, addresses)));
  const { localFiles } = addresses;
  const body = writeBody(showPictures(tree, { siteUrl, localFiles }));
  const trimmed = body.html.trim();
  const html = report.legalHtml(trimmed);
  report.addresses(addresses.problems);

  report.lostElements(lostElements(written));
  report.foreignElements(foreignElements(written));
  const shown = html === trimmed ? body.text : withoutForbiddenCharacters(body.text);
  const seen = withoutBlanks(shown);
  // Where all is as it was, nothing has to be looked for.
  const isWhole = visibleText(written) === shown;
  report.lostTexts(isWhole ? [] : lostTexts(visibleTexts(written), seen));
  return {
    html,
    blocks: textBlocks(tree),
    image: leadImage(tree, siteUrl, localFiles),
    recordings: bodyRecordings(tree, siteUrl, localFiles),
    characterCount: countCharacters(seen),
    isPlain: body.isPlain,
    localFiles,
    mediaHosts: addresses.mediaHosts(),
    links: articles.found(),
  };
}

/** Whether feeds may hold all of a body: only a number in the text may stand for what they may not. */
function isLegal({ html }: WrittenBody, source: string): boolean {
  return !source.includes("&#") || (!html.includes("\r") && forbiddenCharacters(html).length === 0);
}
