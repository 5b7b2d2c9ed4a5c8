/** Joins lines and lists of lines by line breaks, and drops whatever is false. */
export function joinLines(...parts: readonly (string | readonly string[] | false)[]): string {
  return parts.flatMap((part) => (part === false ? [] : part)).join("\n");
}
