/** A block of code in a document of Markdown, between fences. */
export interface CodeBlock {
  /** Such as `sh`; empty where none is named. */
  readonly language: string;
  /** Without the indent of its fences, and without a line's end at its own. */
  readonly text: string;
}

/** The blocks of code in a document, in its order. */
export function codeBlocks(document: string): readonly CodeBlock[] {
  return [...document.matchAll(/^( *)```(\w*)\n([^]*?)\n\1```$/gm)].map(
    ([, indent = "", language = "", text = ""]) => ({
      language,
      text: text.replaceAll(new RegExp(`^ {0,${indent.length}}`, "gm"), ""),
    }),
  );
}
