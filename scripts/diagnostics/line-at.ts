/** The line that holds the character at `index`, where `firstLine` is the line that `text` begins on. */
export function lineAt(text: string, index: number, firstLine = 1): number {
  let line = firstLine;
  for (let at = text.indexOf("\n"); at !== -1 && at < index; at = text.indexOf("\n", at + 1)) {
    line += 1;
  }
  return line;
}
