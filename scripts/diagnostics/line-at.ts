/** The number of the line that holds the character at `index`; `text` begins on line `firstLine`. */
export function lineAt(text: string, index: number, firstLine = 1): number {
  let line = firstLine;
  for (let at = text.indexOf("\n"); at !== -1 && at < index; at = text.indexOf("\n", at + 1)) {
    line += 1;
  }
  return line;
}

/** Does what `lineAt` does, for many characters of one text: the line ends are found only once, and only if asked for. */
export function createLineFinder(text: string, firstLine: number): (index: number) => number {
  let ends: readonly number[] | null = null;
  return (index) => {
    ends ??= Array.from(text.matchAll(/\n/g), (end) => end.index);
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    return firstLine + low;
  };
}
