import { sharePath } from "../../src/domain/links.ts";
import type { Fault } from "./fault.ts";
import type { ArticleReport } from "./read-articles.ts";
import type { Removed } from "./read-removed.ts";
import { REMOVED_FILE } from "./read-removed.ts";

/** Leaves out what `removed.txt` names, also where the file is still there, and adds what is wrong with the list. */
export function withdrawArticles(report: ArticleReport, removed: Removed): ArticleReport {
  const paths = new Set(removed.paths);
  const withdrawn = report.articles.filter(({ id }) => paths.has(sharePath(id)));
  const faults = withdrawn.map(({ path, titleLine }): Fault => ({
    level: "warning",
    path,
    line: titleLine,
    code: "article-withdrawn",
    what: `The article is left out, because ${REMOVED_FILE} names it`,
    advice: `delete the file, or its line in ${REMOVED_FILE}`,
  }));
  return {
    ...report,
    articles: report.articles.filter(({ id }) => !paths.has(sharePath(id))),
    leftOut: [
      ...report.leftOut,
      ...withdrawn.map(({ path }) => ({ path, why: { reason: "withdrawn" } as const })),
    ],
    faults: [...report.faults, ...removed.faults, ...faults],
  };
}
