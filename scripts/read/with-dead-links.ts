import { hasError } from "../diagnostics/diagnostic.ts";
import type { FileOutcome } from "./cache/file-outcome.ts";
import { linksOf } from "./cache/file-outcome.ts";
import type { DescribeDeadLink } from "./dead-links.ts";
import type { ArticleLink } from "./files/article-link.ts";
import { withChanges } from "./with-changes.ts";

/** The outcomes with what is wrong with their links; an article is skipped if that is an error. */
export function withDeadLinks(
  outcomes: readonly FileOutcome[],
  createReport: () => DescribeDeadLink,
): readonly FileOutcome[] {
  const isDead = ({ path }: ArticleLink): boolean => path === null;
  if (!outcomes.some((outcome) => linksOf(outcome).some(isDead))) return outcomes;
  const describe = createReport();
  return outcomes.map((outcome) => {
    const faults = linksOf(outcome)
      .filter(isDead)
      .flatMap((link) => describe(outcome.path, link));
    if (faults.length === 0) return outcome;
    const diagnostics = [...outcome.diagnostics, ...faults];
    if (!hasError(faults)) return withChanges<FileOutcome, "diagnostics">(outcome, { diagnostics });
    const result = { kind: "skipped", why: { reason: "error" } } as const;
    return withChanges<FileOutcome, "diagnostics" | "result">(outcome, { diagnostics, result });
  });
}
