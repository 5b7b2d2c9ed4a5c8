/** Some files by name, and how many there are besides. */
export function nameSome(paths: readonly string[]): string {
  const [first = "", second] = paths;
  if (paths.length <= 2) return second === undefined ? first : `${first} and ${second}`;
  return `${first} and ${paths.length - 1} more`;
}
