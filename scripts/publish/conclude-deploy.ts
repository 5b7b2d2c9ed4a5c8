import type { Result } from "../../src/domain/result.ts";
import { counted } from "../terminal/counted.ts";
import type { Interruption } from "../terminal/interruption.ts";
import type { IO } from "../terminal/io.ts";
import type { FolderOutcome } from "./deploy-folder.ts";
import type { PublishFailure } from "./describe-failure.ts";
import { describeFailure } from "./describe-failure.ts";
import { EXIT, exitCodeOf } from "./exit-codes.ts";
import { countRemovals, describeRemovals } from "./link-guard.ts";
import { REMOVED_FILE } from "../removed/read-removed.ts";

/** Says how a deploy ended, and gives the exit code. */
export function concludeDeploy(
  result: Result<FolderOutcome, PublishFailure>,
  { exitCode }: Pick<Interruption, "exitCode">,
  { say, warn }: Pick<IO, "say" | "warn">,
): number {
  if (!result.ok) {
    warn(describeFailure(result.failure));
    return exitCode ?? exitCodeOf(result.failure);
  }
  if (exitCode !== null) return exitCode;
  const { outcome, errors } = result.value;
  for (const line of describeOutcome(outcome)) say(line);
  if (errors === 0) return 0;
  warn(`${counted(errors, "error")} in articles: those are skipped`);
  return EXIT.articleErrors;
}

function describeOutcome(outcome: FolderOutcome["outcome"]): readonly string[] {
  switch (outcome.kind) {
    case "nothing-new":
      return [`Nothing to deploy: release ${outcome.release} and its code are live`];
    case "values-lost":
      return [
        `KV has lost ${counted(outcome.values, "value")} of the live release ${outcome.release}; nothing was done, as --dry-run says: a deploy uploads them`,
      ];
    case "repaired":
      return [
        `Repaired: KV had lost ${counted(outcome.values, "value")} of the live release ${outcome.release}, which are there again; readers see them within a minute. Nothing else to deploy`,
      ];
    case "removals-planned":
      return [
        ...describeRemovals(outcome.removals),
        `Nothing was done, as --dry-run says: ${countRemovals(outcome.removals)} would go into ${REMOVED_FILE}`,
      ];
    case "planned":
      return [
        ...(outcome.writes > outcome.mostWrites
          ? [
              `It takes ${outcome.writes} writes, and one run may make ${outcome.mostWrites}: the rest follows when you run it again`,
            ]
          : []),
        "Nothing was done, as --dry-run says",
      ];
    case "previewed":
      return [`Look at it: ${outcome.url ?? "(the Worker has no preview addresses)"}`];
    case "deployed":
      return [];
  }
}
