import { remembered } from "../../domain/remembered.ts";

const MOST_TEXTS = 1000;

/** Texts and names in turn. A page fills some ten of the site's few hundred phrases. */
const piecesOf = remembered(MOST_TEXTS, (text) => text.split(/\{(\w+)\}/));

/** A text with values in the place of its `{name}`s; what has no value stays as it is. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  const pieces = piecesOf(text);
  let written = pieces[0] ?? "";
  for (let index = 1; index < pieces.length; index += 2) {
    const name = pieces[index] ?? "";
    written += `${values[name] ?? `{${name}}`}${pieces[index + 1] ?? ""}`;
  }
  return written;
}
