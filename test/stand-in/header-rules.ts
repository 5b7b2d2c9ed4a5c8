/** A rule of a `_headers` file: a path, or an address, and what it does to headers. */
interface HeaderRule {
  readonly pattern: RegExp;
  readonly isAddress: boolean;
  readonly removed: readonly string[];
  readonly set: readonly (readonly [name: string, value: string])[];
}

/**
 * Does to headers what a `_headers` file says for an address, as Static Assets do: rules in their order, in each first what it
 * takes away; a header that two rules set has both values (https://developers.cloudflare.com/workers/static-assets/headers/).
 * Of patterns it knows `*`, which a value may repeat as `:splat`.
 */
export function applyHeaderRules(
  file: string,
  { hostname, pathname }: URL,
  headers: Headers,
): void {
  const known = new Set<string>();
  for (const { pattern, isAddress, removed, set } of rulesIn(file)) {
    const match = pattern.exec(isAddress ? `https://${hostname}${pathname}` : pathname);
    if (match === null) continue;
    for (const name of removed) headers.delete(name);
    for (const [name, written] of set) {
      const value = written.replaceAll(":splat", () => match[1] ?? "");
      if (known.has(name.toLowerCase())) headers.append(name, value);
      else headers.set(name, value);
      known.add(name.toLowerCase());
    }
  }
}

function rulesIn(file: string): readonly HeaderRule[] {
  const blocks = file.split(/^(?=\/|https:)/m).filter((block) => block.trim() !== "");
  return blocks.map((block) => {
    const [address = "", ...lines] = block.split("\n").map((line) => line.trim());
    const written = lines.filter((line) => line !== "");
    // What is longer is left out by wrangler.
    if (lines.some((line) => line.length > 2000)) throw new Error("a line is too long");
    const escaped = address.split("*").map((part) => RegExp.escape(part));
    return {
      pattern: new RegExp(`^${escaped.join("(.*)")}$`),
      isAddress: address.startsWith("https:"),
      removed: written.filter((line) => line.startsWith("! ")).map((line) => line.slice(2)),
      set: written
        .filter((line) => !line.startsWith("! "))
        .map((line) => [line.replace(/:.*$/s, ""), line.replace(/^[^:]*:/, "").trim()] as const),
    };
  });
}
