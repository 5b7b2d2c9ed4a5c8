/** A text with its percent-encoding decoded; null where it is malformed or not UTF-8 (`%zz`, `%ff`). */
export function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
