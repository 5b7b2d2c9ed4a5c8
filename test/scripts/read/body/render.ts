import { MARKDOWN } from "../../../markdown-options.ts";
import { failed } from "../../../../src/domain/result.ts";
import type { Diagnostic } from "../../../../scripts/diagnostics/diagnostic.ts";
import { createDiagnosticLog } from "../../../../scripts/diagnostics/diagnostic.ts";
import type { RenderedBody } from "../../../../scripts/read/body/render-body.ts";
import type { BodyInput } from "../../../../scripts/read/body/render-markup.ts";
import { renderBody } from "../../../../scripts/read/body/render-body.ts";

/** Renders a body as the article `articles/a.md` of a site at `https://paper.example`. */
export function render(
  source: string,
  input: Partial<BodyInput> = {},
): RenderedBody & { readonly diagnostics: readonly Diagnostic[] } {
  const log = createDiagnosticLog("articles/a.md");
  const body: BodyInput = {
    source,
    format: "markdown",
    firstLine: 5,
    siteUrl: "https://paper.example",
    baseUrl: "https://paper.example/news/2022/01/10/a.html",
    findLocalFile: () => failed({ reason: "missing" }),
    title: "题目",
    markdown: MARKDOWN,
    folder: "articles",
    formerUrls: [],
    findArticle: () => null,
    ...input,
  };
  return { ...renderBody(body, log), diagnostics: log.diagnostics };
}
