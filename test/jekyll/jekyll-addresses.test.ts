import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { usualAddresses } from "../usual-addresses.ts";
import { openJekyllSite } from "./open-jekyll-site.ts";
import { JEKYLL_SETTINGS, makeJekyllPosts } from "./jekyll-posts.ts";

/*
 * Where Jekyll 4.3.1 writes each post under each setting (`ask-jekyll.ts` has asked it), against where the Worker leads from
 * every spelling of that address.
 */
const EXPECTED = v.parse(
  v.array(v.array(v.string())),
  JSON.parse(readFileSync(join(import.meta.dirname, "expected/jekyll-addresses.json"), "utf8")),
);
const POSTS = makeJekyllPosts();

/**
 * Posts that share an address with another one, which may have had it only if its date had been quoted as theirs are: who
 * reads a date cannot see the quotes, so that all three count alike and the first of them has the address.
 */
const QUOTED_DATES: ReadonlySet<string> = new Set([
  "_posts/2022-12-31-evening.md",
  "city/_posts/2022-02-03-hash-#1-and-@-sign.md",
]);

/** All addresses at which GitHub Pages serves a file. */
function spellingsOf(file: string): readonly string[] {
  const bare = file.replace(/(?:\/index)?\.html$/, "");
  const encoded = bare.split("/").map(encodeURIComponent).join("/");
  const lowerCase = encoded.replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
  const plain = encodeURI(bare).replaceAll("?", "%3F").replaceAll("#", "%23");
  return [
    ...[encoded, lowerCase, plain].flatMap((path) => [path, `${path}/`]),
    `${encoded}.html`,
    `${encoded}/index.html`,
  ];
}

describe("Jekyll's addresses", () => {
  it("were asked for every post and setting", () => {
    expect(EXPECTED.map((files) => files.length)).toEqual(JEKYLL_SETTINGS.map(() => POSTS.length));
  });

  it.each(JEKYLL_SETTINGS.map((setting, index) => [setting.permalink, setting.timeZone, index]))(
    "lead in one hop, however they are spelled, with the permalink %s in %s",
    async (permalink, timeZone, index) => {
      const { articles, ask } = openJekyllSite(POSTS, usualAddresses(permalink), timeZone);
      const files = EXPECTED[index] ?? [];
      // Jekyll overwrites a post by another of the same address, so that nobody can say whose it is.
      const claims = Map.groupBy(POSTS, (_, at) => files[at] ?? "");
      const astray: unknown[] = [];
      for (const [file, posts] of claims) {
        const ids = posts.map(({ path }) => articles.get(path)?.id);
        for (const spelling of spellingsOf(file)) {
          const redirect = await ask(spelling);
          if (redirect?.kind === "article" && ids.includes(redirect.id)) continue;
          if (redirect !== null && posts.every(({ path }) => QUOTED_DATES.has(path))) continue;
          astray.push([spelling, posts.map(({ path }) => path), redirect]);
        }
      }
      expect(astray).toEqual([]);
    },
  );
});
