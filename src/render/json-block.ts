import { withoutForbiddenCharacters } from "../domain/xml-characters.ts";
import { Markup } from "./markup.ts";

declare const brand: unique symbol;

/**
 * A value in JSON, for a block of data in a page. Only this file makes one. Parts that many pages share are kept as such, and a
 * text is put between two of them: `JSON.stringify` would walk through all of it for each page.
 */
export type Json = string & { readonly [brand]: "Json" };

/** Matches all that JSON escapes, what could close the block, all forbidden characters and every surrogate. */
const SUSPECT = /[^\u0020\u0021\u0023-\u003b\u003d-\u005b\u005d-\u007e\u00a0-\ud7ff\ue000-\ufffd]/;

/** `<` is escaped so that no text can close the block or open a comment in it (HTML, section 4.12.1.3). */
export function jsonText(text: string): Json {
  if (!SUSPECT.test(text)) return `"${text}"` as Json;
  return withoutForbiddenCharacters(JSON.stringify(text)).replaceAll("<", "\\u003c") as Json;
}

/** An object of schema.org; members that are undefined are left out. Their names need no escaping. */
export function jsonObject(
  type: string,
  members: Readonly<Record<string, Json | number | undefined>>,
): Json {
  let json = `{"@type":"${type}"`;
  for (const name in members) {
    const value = members[name];
    if (value !== undefined) json += `,"${name}":${value}`;
  }
  return `${json}}` as Json;
}

export function jsonArray(items: readonly Json[]): Json {
  return `[${items.join(",")}]` as Json;
}

/** An object as a block of a page. It is data, which no browser runs. */
export function jsonBlock(object: Json): Markup {
  return Markup.trusted(
    `<script type="application/ld+json">{"@context":"https://schema.org",${object.slice(1)}</script>`,
  );
}
