import { posix } from "node:path";
import { percentDecoded } from "../../../src/domain/percent-decoded.ts";
import type { Identity } from "../../../src/domain/identity.ts";
import { identityOfCode, identityOfFile } from "../../../src/domain/identity.ts";
import { identitiesOfPermalink } from "../../../src/domain/jekyll-permalink.ts";
import { sharePath } from "../../../src/domain/links.ts";
import { isAnswered } from "../../../src/domain/routes.ts";
import type { ShareId } from "../../../src/domain/share-id.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import type { Site } from "../../../src/domain/site.ts";
import { redirectPath } from "../../../src/store/redirect-entry.ts";
import type { ArticleMeta } from "../front-matter/article-meta.ts";
import type { DateReading } from "../dates/article-date.ts";
import type { DiagnosticLog } from "../../diagnostics/diagnostic.ts";
import { jekyllPaths } from "./jekyll-paths.ts";

export interface AddressedArticle {
  readonly meta: ArticleMeta;
  readonly date: DateReading;
  readonly identity: Identity;
  /** The share id of the identity. */
  readonly id: ShareId;
  /** The paths that `jekyllAddresses` returned. */
  readonly jekyllAddresses: readonly string[];
  /** The path inside the source folder, without extension. */
  readonly path: string;
  /** The legacy code in its share link; null if there is none. */
  readonly linkedCode: string | null;
  /** The line of the file that holds a key of the front matter. */
  readonly lineOf: (key: string) => number;
}

/**
 * The percent-decoded old paths of an article that cannot be computed from its identity: Jekyll's address (`permalink`
 * or the default), `redirect_from`, and the share pages `/s/{id}` of the identities that it would have without an
 * explicit `id` or with the code of its share link.
 */
export function oldAddresses(
  article: AddressedArticle,
  site: Pick<Site, "url">,
  log: DiagnosticLog,
): readonly string[] {
  const { meta, identity, id } = article;
  const isComputed = (address: string): boolean =>
    identitiesOfPermalink(address).some(
      (candidate) =>
        // This is true most often, and much faster than the hash of a share id.
        (candidate.name === identity.name && candidate.day === identity.day) ||
        shareIdOf(candidate) === id,
    );
  const addresses = [
    // Jekyll's default address has a date in it, as none of the site's own has.
    ...article.jekyllAddresses.filter(
      (address) => meta.permalink === null || !isShadowed(address, "permalink", article, log),
    ),
    ...meta.redirectFrom.flatMap((written) => readRedirect(written, site, article, log)),
    ...formerIdentities(article)
      .map(shareIdOf)
      .filter((alias) => alias !== id)
      .map(sharePath),
  ];
  return [...Map.groupBy(addresses, redirectPath)].flatMap(([path, [address = ""]]) =>
    path === "" || isComputed(address.normalize("NFC")) ? [] : address.normalize("NFC"),
  );
}

/** Identities that the article may have had before; none if it has neither an `id` nor a second code. */
function formerIdentities({ meta, identity, path, linkedCode }: AddressedArticle): Identity[] {
  if (meta.id === null && (linkedCode === null || linkedCode === identity.name)) return [];
  const ofFile = identityOfFile(path, null, null);
  return linkedCode === null ? [ofFile] : [ofFile, identityOfCode(linkedCode)];
}

/** The percent-decoded paths that an article's page may have on the Jekyll site, the most likely first. */
export function jekyllAddresses(
  { meta, date, path }: Pick<AddressedArticle, "meta" | "date" | "path">,
  site: Pick<Site, "timeZone" | "url">,
): readonly string[] {
  const paths = jekyllPaths({
    categories: meta.jekyllCategories,
    slug: meta.slug,
    fileName: posix.basename(path),
    date,
    permalink: meta.permalink,
    timeZone: site.timeZone,
  });
  return meta.permalink === null ? paths : paths.map((address) => decodedPath(address, site.url));
}

function readRedirect(
  written: string,
  site: Pick<Site, "url">,
  article: AddressedArticle,
  log: DiagnosticLog,
): readonly string[] {
  const url = URL.parse(written, `${site.url}/`);
  if (url === null || url.origin !== site.url || url.search !== "" || url.pathname === "/") {
    log.warn(
      article.lineOf("redirect_from"),
      "redirect-impossible",
      `Cannot redirect from "${written}": it is not a path on this site`,
      "write a path such as /old/page.html",
    );
    return [];
  }
  const path = decodedPath(written, site.url);
  return isShadowed(path, "redirect_from", article, log) ? [] : [path];
}

/** Whether the site has an answer of its own at an old path; then it warns. */
function isShadowed(
  path: string,
  key: "permalink" | "redirect_from",
  { lineOf }: AddressedArticle,
  log: DiagnosticLog,
): boolean {
  if (!isAnswered(path)) return false;
  const what = `Cannot redirect from "${path}": the site itself answers there`;
  log.warn(lineOf(key), "redirect-shadowed", what, `take it out of ${key}`);
  return true;
}

function decodedPath(written: string, siteUrl: string): string {
  const pathname = URL.parse(written, `${siteUrl}/`)?.pathname ?? "/";
  return percentDecoded(pathname) ?? pathname;
}
