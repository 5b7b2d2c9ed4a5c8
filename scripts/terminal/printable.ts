/**
 * What could write elsewhere on a terminal, or let a line be read as another: control characters but the line break, the
 * marks that turn the direction of writing, and the two other ends of lines of Unicode.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A text whose control characters are seen and not carried out, in JSON's spelling, so that JSON stays what it was. */
export function printable(text: string): string {
  return text.replaceAll(
    UNSEEN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A printable text on one line. */
export function printableLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, (blanks) => (/[\r\n]/.test(blanks) ? " " : blanks)));
}
