const MOST_CHARACTERS = 400;
/** The end says what is wrong with the value that is quoted before. */
const LAST_CHARACTERS = 150;

/** A text of a message: where something very long is quoted, the middle is left out. */
export function shortened(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  const first = text.slice(0, MOST_CHARACTERS - LAST_CHARACTERS).replace(/[\uD800-\uDBFF]$/, "");
  return `${first}…${text.slice(-LAST_CHARACTERS).replace(/^[\uDC00-\uDFFF]/, "")}`;
}
