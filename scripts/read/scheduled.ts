import type { Moment } from "../../src/domain/moment.ts";
import { formatRfc3339 } from "../../src/domain/moment.ts";
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

/** A line about scheduled articles, since a mistyped date delays one without any error; null if there are none. */
export function describeScheduled(skipped: readonly SkippedFile[]): string | null {
  const due = scheduledArticles(skipped);
  const [next] = due;
  if (next === undefined) return null;
  return `${counted(due.length, "article")} scheduled: due next is ${printableLine(next.path)} at ${formatRfc3339(next.due)}`;
}
