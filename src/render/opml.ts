import type { FeedView } from "../domain/feed-view.ts";
import type { Scope } from "../domain/scope.ts";
import { feedPath, listPath } from "../domain/links.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { feedLanguage } from "./feed-head.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import type { Phrases } from "./phrases/simplified-chinese.ts";
import type { Xml } from "./xml.ts";
import { emptyElement, parentElement, textElement, xmlDocument } from "./xml.ts";

export interface OpmlScope {
  readonly scope: Scope;
  readonly title: string;
}

/**
 * The site's feeds as OPML 2.0 (http://opml.org/spec2.opml), from which readers import many at once. Categories and
 * tags have folders of their own, so that one can choose among them; so have the other feeds that the settings ask for.
 */
export function renderOpml(site: Site, scopes: readonly OpmlScope[]): Uint8Array<ArrayBuffer> {
  const phrases = phrasesFor(site);
  const whole = { scope: SITE_SCOPE, title: site.title };
  const titlesOf = (kind: Scope["kind"]): readonly OpmlScope[] =>
    scopes.filter(({ scope }) => scope.kind === kind);
  const [categories, tags] = [titlesOf("category"), titlesOf("tag")];
  const asked = new Set(site.opml);
  const authors = asked.has("authors") ? titlesOf("author") : [];
  const languages = asked.has("languages") ? titlesOf("language") : [];
  const variant = (view: keyof Phrases["variants"]): Xml | null =>
    asked.has(view)
      ? folder(phrases.variants[view], outlines(site, [whole, ...categories, ...tags], view))
      : null;
  return xmlDocument("opml", { version: "2.0" }, [
    parentElement("head", [
      textElement("title", site.title),
      textElement("ownerName", site.author ?? site.title),
      textElement("docs", "http://opml.org/spec2.opml"),
    ]),
    parentElement("body", [
      outline(site, whole, "texts"),
      folder(phrases.categories, outlines(site, categories, "texts")),
      folder(phrases.tags, outlines(site, tags, "texts")),
      folder(phrases.authors, outlines(site, authors, "texts")),
      folder(phrases.languages, outlines(site, languages, "texts")),
      variant("summaries"),
      variant("digest"),
    ]),
  ]);
}

function outlines(site: Site, scopes: readonly OpmlScope[], view: FeedView): readonly Xml[] {
  return scopes.map((titled) => outline(site, titled, view));
}

function folder(name: string, content: readonly Xml[]): Xml | null {
  return content.length === 0
    ? null
    : parentElement("outline", content, { text: name, title: name });
}

function outline(site: Site, { scope, title }: OpmlScope, view: FeedView): Xml {
  return emptyElement("outline", {
    type: "rss",
    text: title,
    title,
    xmlUrl: site.url + feedPath(scope, "rss", null, view),
    htmlUrl: site.url + listPath(scope),
    language: feedLanguage({ site, topic: scope }),
    version: "RSS2",
  });
}
