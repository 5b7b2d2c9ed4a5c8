import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { inLineOrder } from "../diagnostics/diagnostic.ts";
import { findLines } from "../read/find-lines.ts";

/**
 * Diagnostics as people get them: with all lines that can be known, those of one file in their order.
 *
 * @param root the folder that their paths are relative to
 */
export function finishedDiagnostics(
  root: string,
  diagnostics: readonly Diagnostic[],
): readonly Diagnostic[] {
  return inLineOrder(findLines(root, diagnostics));
}
