import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { SourceFacts } from "../article/read-article.ts";
import type { SkipReason } from "../article/skip-reason.ts";
import type { Lookup } from "./lookups.ts";

/** What of an outcome stands in no row, as JSON. */
export interface OutcomeDetails {
  readonly lookups: readonly Lookup[];
  readonly diagnostics: readonly Diagnostic[];
  /** Null where the file is no article. */
  readonly facts: Omit<SourceFacts, "path"> | null;
  /** Why it is none. */
  readonly why: SkipReason | null;
}
