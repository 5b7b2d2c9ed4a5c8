/** A text with values in the place of its `{name}`s; what has no value stays as it is. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  const known = piecesOfTexts.get(text);
  const pieces = known ?? text.split(/\{(\w+)\}/);
  if (known === undefined && piecesOfTexts.size < MOST_TEXTS) piecesOfTexts.set(text, pieces);
  let written = pieces[0] ?? "";
  for (let index = 1; index < pieces.length; index += 2) {
    const name = pieces[index] ?? "";
    written += `${values[name] ?? `{${name}}`}${pieces[index + 1] ?? ""}`;
  }
  return written;
}

/** Texts and names in turn. A page fills some ten of the site's few hundred phrases. */
const piecesOfTexts = new Map<string, readonly string[]>();
const MOST_TEXTS = 1000;
