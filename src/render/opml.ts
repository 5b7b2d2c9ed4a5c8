import type { Scope } from "../domain/scope.ts";
import { feedPath, listPath } from "../domain/links.ts";
import { SITE_SCOPE } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { phrasesFor } from "./phrases/phrases-for.ts";
import type { Xml } from "./xml.ts";
import { emptyElement, parentElement, textElement, xmlDocument } from "./xml.ts";

export interface OpmlScope {
  readonly scope: Scope;
  readonly title: string;
}

/**
 * The site's feeds as OPML 2.0 (http://opml.org/spec2.opml), from which readers import many at once. Categories and
 * tags have folders of their own, so that one can choose among them.
 */
export function renderOpml(site: Site, scopes: readonly OpmlScope[]): Uint8Array<ArrayBuffer> {
  const phrases = phrasesFor(site);
  const outlinesOf = (kind: Scope["kind"]): readonly Xml[] =>
    scopes.filter(({ scope }) => scope.kind === kind).map((titled) => outline(site, titled));
  return xmlDocument("opml", { version: "2.0" }, [
    parentElement("head", [
      textElement("title", site.title),
      textElement("ownerName", site.author ?? site.title),
      textElement("docs", "http://opml.org/spec2.opml"),
    ]),
    parentElement("body", [
      outline(site, { scope: SITE_SCOPE, title: site.title }),
      folder(phrases.categories, outlinesOf("category")),
      folder(phrases.tags, outlinesOf("tag")),
    ]),
  ]);
}

function folder(name: string, outlines: readonly Xml[]): Xml | null {
  return outlines.length === 0
    ? null
    : parentElement("outline", outlines, { text: name, title: name });
}

function outline(site: Site, { scope, title }: OpmlScope): Xml {
  return emptyElement("outline", {
    type: "rss",
    text: title,
    title,
    xmlUrl: site.url + feedPath(scope, "rss"),
    htmlUrl: site.url + listPath(scope),
    language: site.language,
    version: "RSS2",
  });
}
