/** Lines below each other, and lists of them; what is false, since there is nothing to say, is left out. */
export function joinLines(...parts: readonly (string | readonly string[] | false)[]): string {
  return parts.flatMap((part) => (part === false ? [] : part)).join("\n");
}
