import { hash } from "node:crypto";
import { SEARCH_PATH } from "../domain/links.ts";
import type { Site } from "../domain/site.ts";
import type { Stylesheets } from "./stylesheet.ts";
import { stylesheetsOf } from "./stylesheet.ts";

/** What `style-src` names, by the stylesheets whose hashes it holds. */
const styleSources = new WeakMap<Stylesheets, string>();

/**
 * The `Content-Security-Policy` of every page: no script runs, and only our own stylesheets apply. `connect-src` lets
 * Lighthouse read robots.txt. Pictures may come from anywhere over TLS. Where the site's own address has no TLS, as in
 * a local preview, they may come without, because pages name pictures by that address. The only form is the one for searching.
 */
export function contentSecurityPolicy(site: Site): string {
  const media = site.url.startsWith("https:") ? "'self' https:" : "'self' https: http:";
  return [
    "default-src 'none'",
    "connect-src 'self'",
    `img-src ${media} data:`,
    `media-src ${media}`,
    `style-src ${styleSourcesOf(stylesheetsOf(site))}`,
    "base-uri 'none'",
    `form-action ${site.search === undefined ? "'none'" : site.url + SEARCH_PATH}`,
    "frame-ancestors 'none'",
    // Where the site's own address has no TLS, its pictures have none either.
    ...(site.url.startsWith("https:") ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

function styleSourcesOf(sheets: Stylesheets): string {
  const { plainArticle, richArticle, list } = sheets;
  const known =
    styleSources.get(sheets) ?? [plainArticle, richArticle, list].map(hashSource).join(" ");
  styleSources.set(sheets, known);
  return known;
}

/** CSP 3, section 2.3.1: the hash of the element's text in UTF-8, in base64. */
function hashSource(text: string): string {
  return `'sha256-${hash("sha256", text, "base64")}'`;
}
