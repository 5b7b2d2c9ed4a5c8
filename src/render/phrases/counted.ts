import { filled } from "./filled.ts";
import type { Phrases } from "./simplified-chinese.ts";

/** A number with its noun, such as `1,234 articles`. */
export function counted({ articleCount, thousands }: Phrases, count: number): string {
  const text = count === 1 ? articleCount.one : articleCount.other;
  return filled(text, { count: grouped(count, thousands) });
}

/** A number with a mark between its thousands. */
export function grouped(count: number, mark: string): string {
  return String(count).replaceAll(/\B(?=(?:\d{3})+$)/g, mark);
}
