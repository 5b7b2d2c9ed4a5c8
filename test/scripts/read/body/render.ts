import type { RenderedBody } from "../../../../scripts/read/body/render-body.ts";
import type { BodyInput } from "../../../../scripts/read/body/render-markup.ts";
import { renderBody } from "../../../../scripts/read/body/render-body.ts";

/** Renders a body as the article `articles/a.md` of a site at `https://paper.example`. */
export function render(source: string, input: Partial<BodyInput> = {}): RenderedBody {
  return renderBody({
    source,
    format: "markdown",
    path: "articles/a.md",
    firstLine: 5,
    siteUrl: "https://paper.example",
    baseUrl: "https://paper.example/news/2022/01/10/a.html",
    findLocalFile: () => null,
    title: "题目",
    ...input,
  });
}
