/** A text with its percent-encoding undone; null where that is none of UTF-8 (`%zz`, `%ff`), which nothing of ours is. */
export function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
