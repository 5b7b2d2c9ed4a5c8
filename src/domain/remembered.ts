/** Longer texts are hardly asked for twice, and whoever asks for many of them should not fill an isolate. */
const LONGEST_TEXT = 200;

/**
 * A function of a text that keeps what it made of the first `most` texts: of words that nearly all pages and feeds share, such as
 * languages and the names of categories and authors.
 */
export function remembered<Value>(
  most: number,
  make: (text: string) => Value,
): (text: string) => Value {
  const known = new Map<string, Value>();
  let lastText: string | null = null;
  let lastValue: Value | undefined;
  return (text) => {
    // To hash a text takes longer than to compare it, and neighbours often have the same.
    if (text === lastText && lastValue !== undefined) return lastValue;
    const found = known.get(text);
    // A value that is `undefined` would be made each time.
    if (found !== undefined) {
      lastText = text;
      lastValue = found;
      return found;
    }
    const made = make(text);
    if (known.size < most && text.length <= LONGEST_TEXT) known.set(text, made);
    return made;
  };
}
