import type { BodyInput } from "../scripts/read/body/render-markup.ts";

/** How Markdown is read where the settings say nothing. */
export const MARKDOWN: BodyInput["markdown"] = {
  typographic: true,
  parsesBlockHtml: false,
  hasHeadingIds: true,
  firstFootnote: 1,
  backlink: "↩",
};
