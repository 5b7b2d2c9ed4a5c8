import type { Moment } from "../../src/domain/moment.ts";
import { formatRfc3339 } from "../../src/domain/moment.ts";
import { MOST_DUE_MOMENTS } from "../../src/store/release-contents.ts";
import { printableLine } from "../terminal/printable.ts";
import { counted } from "../terminal/counted.ts";
import type { SkippedFile } from "./read-articles.ts";

/** An article that is skipped until its date, which is in the future. */
export interface ScheduledArticle {
  readonly path: string;
  readonly due: Moment;
}

/** The scheduled articles, the one due next first. */
export function scheduledArticles(skipped: readonly SkippedFile[]): readonly ScheduledArticle[] {
  return skipped
    .flatMap(({ path, why }) => (why.reason === "future" ? [{ path, due: why.due }] : []))
    .toSorted((a, b) => a.due.epochSeconds - b.due.epochSeconds);
}

/** When the next scheduled articles become due, in seconds since 1970, each moment once. */
export function dueMoments(skipped: readonly SkippedFile[]): readonly number[] {
  const moments = scheduledArticles(skipped).map(({ due }) => due.epochSeconds);
  return [...new Set(moments)].slice(0, MOST_DUE_MOMENTS);
}

/**
 * A line about scheduled articles, since a mistyped date delays one without any error; null if there are none.
 *
 * @param hook what is called when one is due; null where somebody has to deploy then
 */
export function describeScheduled(
  skipped: readonly SkippedFile[],
  hook: string | null = null,
): string | null {
  const due = scheduledArticles(skipped);
  const [next] = due;
  if (next === undefined) return null;
  const called = hook === null ? "" : `, when the Worker calls ${hook}`;
  return `${counted(due.length, "article")} scheduled: due next is ${printableLine(next.path)} at ${formatRfc3339(next.due)}${called}`;
}
