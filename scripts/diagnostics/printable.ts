/** Control characters and those that turn the direction of writing: with them, a name could write anywhere on a terminal. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A text on one line, in which control characters are seen and not carried out. */
export function printable(text: string): string {
  return text
    .replaceAll(/\s+/g, (blanks) => (/[\r\n]/.test(blanks) ? " " : blanks))
    .replaceAll(CONTROL, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`);
}
