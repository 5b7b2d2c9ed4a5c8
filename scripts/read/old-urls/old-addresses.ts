import { percentDecoded } from "../../../src/domain/percent-decoded.ts";
import type { Identity } from "../../../src/domain/identity.ts";
import { identityOfCode, identityOfFile } from "../../../src/domain/identity.ts";
import { listIdentities } from "../../../src/domain/jekyll-permalink.ts";
import { sharePath } from "../../../src/domain/links.ts";
import { pathBelow } from "../../../src/domain/path-below.ts";
import { plainPath } from "../../../src/domain/plain-path.ts";
import { isAnswered } from "../../../src/domain/routes.ts";
import type { ShareId } from "../../../src/domain/share-id.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import type { Site } from "../../../src/domain/site.ts";
import type { ArticleMeta } from "../front-matter/article-meta.ts";
import type { DiagnosticLog } from "../../diagnostics/diagnostic.ts";
import { nearestName } from "../../terminal/nearest-name.ts";
import type { AddressSettings } from "./address-settings.ts";
import type { JekyllDocument } from "./jekyll-document.ts";
import { jekyllPost, permalinksOf } from "./jekyll-document.ts";
import type { JekyllPaths } from "./jekyll-paths.ts";
import { jekyllPaths } from "./jekyll-paths.ts";
import { PLACEHOLDER_NAMES, readTemplate } from "./permalink.ts";

export interface AddressedArticle {
  readonly meta: ArticleMeta;
  readonly identity: Identity;
  /** The share id of the identity. */
  readonly id: ShareId;
  /** What `jekyllAddresses` returned. */
  readonly jekyllAddresses: JekyllPaths;
  /** The path inside the source folder, without extension. */
  readonly path: string;
  /** The legacy code in its share link; null if there is none. */
  readonly linkedCode: string | null;
  /** The line of the file that holds a key of the front matter. */
  readonly lineOf: (key: string) => number;
}

/** Percent-decoded paths in NFC. */
export interface OldAddresses {
  /** Those that the article certainly had. */
  readonly redirects: readonly string[];
  /** Those that it may have had, the most likely first; they are another's if that certainly had them. */
  readonly guessedRedirects: readonly string[];
}

/**
 * The old paths of an article that cannot be computed from its identity: Jekyll's addresses (`permalink`, of the front matter
 * or the settings), `redirect_from`, and the share pages `/s/{id}` of the identities that it would have without an explicit
 * `id` or with the code of its share link.
 */
export function oldAddresses(
  article: AddressedArticle,
  origins: Origins,
  log: DiagnosticLog,
): OldAddresses {
  const { meta, identity, id } = article;
  const seen = new Set([""]);
  const isComputed = (address: string): boolean =>
    listIdentities(address).some(
      (candidate) =>
        // This is true most often, and much faster than the hash of a share id.
        (candidate.name === identity.name && candidate.day === identity.day) ||
        shareIdOf(candidate) === id,
    );
  const stored = (
    key: "permalink" | "redirect_from",
    addresses: readonly string[],
  ): readonly string[] =>
    addresses.flatMap((address) => {
      const path = plainPath(address);
      if (seen.has(path) || isComputed(path) || isShadowed(address, key, article, log)) return [];
      seen.add(path);
      return address.normalize("NFC");
    });
  const former = formerIdentities(article)
    .map((before) => shareIdOf(before))
    .filter((alias) => alias !== id);
  return {
    redirects: [
      ...stored("permalink", article.jekyllAddresses.certain),
      ...stored(
        "redirect_from",
        meta.redirectFrom.flatMap((written) => readRedirect(written, origins, article, log)),
      ),
      ...stored("redirect_from", former.map(sharePath)),
    ],
    guessedRedirects: stored("permalink", article.jekyllAddresses.guessed),
  };
}

/** Identities that the article may have had before; none if it has neither an `id` nor a second code. */
function formerIdentities({ meta, identity, path, linkedCode }: AddressedArticle): Identity[] {
  if (meta.id === null && (linkedCode === null || linkedCode === identity.name)) return [];
  const ofFile = identityOfFile(path, null, null);
  return linkedCode === null ? [ofFile] : [ofFile, identityOfCode(linkedCode)];
}

/** Where the site is and was. */
export interface Origins {
  /** The origin of the site now. */
  readonly url: string;
  readonly formerUrls: readonly string[];
}

/** The percent-decoded paths that an article's page had or may have had on the Jekyll site, those in use now first. */
export function jekyllAddresses(
  document: JekyllDocument,
  site: Pick<Site, "timeZone" | "url">,
  settings: AddressSettings,
  log: DiagnosticLog,
  lineOf: (key: string) => number,
): JekyllPaths {
  const { meta } = document;
  const post = jekyllPost(document, site.timeZone);
  if (meta.permalink === null) return jekyllPaths(post, permalinksOf(post, document, settings));
  const permalink = readTemplate(meta.permalink);
  if (!permalink.ok) {
    const { placeholder } = permalink.failure;
    const near = nearestName(placeholder.slice(1), PLACEHOLDER_NAMES);
    const advice = near === null ? "write the address itself" : `did you mean ":${near}"?`;
    const what = `Jekyll knows no placeholder "${placeholder}", so that the permalink is no address`;
    log.warn(lineOf("permalink"), "permalink-unknown", what, advice);
    return { certain: [], guessed: [] };
  }
  const { certain, guessed } = jekyllPaths(post, [permalink.value]);
  const decoded = (paths: readonly string[]): readonly string[] =>
    paths.map((address) => decodedPath(address, site.url));
  return { certain: decoded(certain), guessed: decoded(guessed) };
}

function readRedirect(
  written: string,
  origins: Origins,
  article: AddressedArticle,
  log: DiagnosticLog,
): readonly string[] {
  const path = pathAtSite(written, origins);
  if (path === null || plainPath(path) === "") {
    log.warn(
      article.lineOf("redirect_from"),
      "redirect-impossible",
      `Cannot redirect from "${written}": it is not a path on this site`,
      "write a path such as /old/page.html",
    );
    return [];
  }
  return [path];
}

/** The percent-decoded path of an address of the site; null where it is none, or says more than a path. */
function pathAtSite(written: string, { url, formerUrls }: Origins): string | null {
  const parsed = URL.parse(written, `${url}/`);
  if (parsed === null || parsed.search !== "") return null;
  const path = pathBelow(parsed.href, [url, ...formerUrls]);
  return path === null ? null : decodedPath(path, url);
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
