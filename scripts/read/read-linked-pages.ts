import { hasError } from "../diagnostics/diagnostic.ts";
import type { FileOutcome } from "./cache/file-outcome.ts";
import { createDeadLinkReport } from "./dead-links.ts";
import { linkedArticles, pathOf } from "./linked-articles.ts";
import type { PagesInput, ReadPages } from "./read-pages.ts";
import { readPages } from "./read-pages.ts";

/**
 * The site's own pages with what their links to articles lead to, without those that have an error because of one.
 *
 * @param unlinked as they were read when no article was known
 */
export function readLinkedPages(
  input: Omit<PagesInput, "findArticle">,
  unlinked: ReadPages,
  outcomes: readonly FileOutcome[],
): ReadPages {
  if (!unlinked.pages.some(({ links }) => links.length > 0)) return unlinked;
  const linked = linkedArticles(outcomes, unlinked.pages);
  const found = readPages({ ...input, findArticle: (reference) => pathOf(linked, reference) });
  const describe = createDeadLinkReport(linked, () => false, input.site.url);
  const faults = found.pages.flatMap(({ path, links }) =>
    links.filter((link) => link.path === null).flatMap((link) => describe(path, link)),
  );
  const erring = new Set(faults.filter((fault) => hasError([fault])).map(({ path }) => path));
  return {
    pages: found.pages.filter(({ path }) => !erring.has(path)),
    diagnostics: [...found.diagnostics, ...faults],
  };
}
