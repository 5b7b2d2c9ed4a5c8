import { createAddresses } from "./links/addresses.ts";
import type { BodyReport } from "./body-report.ts";
import { cleanTree } from "./html/clean-tree.ts";
import { escapeStrayTags } from "./html/escape-stray-tags.ts";
import { parseHtml } from "./html/html-tree.ts";
import { leadImage } from "./facts/lead-image.ts";
import { renderLiquid } from "./liquid/liquid.ts";
import { lostElements } from "./html/lost-elements.ts";
import { renderMarkdown } from "./markdown/markdown.ts";
import { fitNesting } from "./html/nesting.ts";
import type { BodyInput, RenderedText } from "./render-body.ts";
import { sanitize } from "./html/sanitize.ts";
import { textBlocks } from "./html/text-blocks.ts";
import { countCharacters, lostTexts, visibleTexts } from "./html/visible-text.ts";

/** Sanitized HTML has no `<` but at the beginning of a tag. */
const OTHER_ELEMENT = /<(?!\/?(?:p|br|img|a|strong|em|b|i|span|div|figure|figcaption)\b)/;

/**
 * Renders text with Liquid, Markdown and HTML in it. Markdown comes first and the sanitizer last: the other way round it
 * would delete autolinks. Text that gets lost on the way is a fault.
 *
 * @param text without characters that XML forbids, and without the navigation tail
 */
export function renderMarkup(
  text: string,
  { format, siteUrl, baseUrl, title, findLocalFile }: BodyInput,
  report: BodyReport,
): RenderedText {
  const liquid = renderLiquid(text, { siteUrl, baseUrl, title });
  report.liquid(liquid.problems, text);

  const rendered = format === "html" ? liquid.text : renderMarkdown(liquid.text);
  const written = parseHtml(escapeStrayTags(rendered));
  const addresses = createAddresses(siteUrl, baseUrl, findLocalFile);
  const tree = fitNesting(cleanTree(written, addresses));
  const html = report.legalHtml(sanitize(tree).trim());
  report.addresses(addresses.problems);

  report.lostElements(lostElements(written));
  const texts = visibleTexts(parseHtml(html));
  report.lostTexts(lostTexts(visibleTexts(written), texts));
  return {
    html,
    blocks: textBlocks(tree),
    image: leadImage(tree, siteUrl, addresses.localFiles),
    characterCount: countCharacters(texts),
    isPlain: !OTHER_ELEMENT.test(html),
    localFiles: addresses.localFiles,
  };
}
