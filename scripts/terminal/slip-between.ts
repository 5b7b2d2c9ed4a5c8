/** How a text that was written with one slip differs from the one that was meant. */
export interface Slip {
  readonly kind: "other-character" | "missing-or-extra" | "swapped";
  /** The characters that differ, of both texts. */
  readonly characters: string;
}

/** The one slip by which a text became another; null if they are the same, or differ by more than that. */
export function slipBetween(written: string, meant: string): Slip | null {
  if (written === meant || Math.abs(written.length - meant.length) > 1) return null;
  const shorter = Math.min(written.length, meant.length);
  let start = 0;
  while (start < shorter && written[start] === meant[start]) start += 1;
  let end = 0;
  while (end < shorter - start && written.at(-1 - end) === meant.at(-1 - end)) end += 1;
  const [is, was] = [written, meant].map((text) => text.slice(start, text.length - end));
  const characters = `${is}${was}`;
  if (characters.length === 1) return { kind: "missing-or-extra", characters };
  if (is?.length === 1) return { kind: "other-character", characters };
  const isSwapped = is?.length === 2 && is[0] === was?.[1] && is[1] === was?.[0];
  return isSwapped ? { kind: "swapped", characters } : null;
}
