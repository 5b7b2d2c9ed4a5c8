import { join } from "node:path";
import { readFileSync } from "node:fs";
import type { Table } from "../config/config-file.ts";
import { textOf } from "./jekyll-config.ts";

/** Where a Jekyll site was, as its settings, a `CNAME` and its repository say. */
export interface SitePlace {
  /** Its origin, if a Worker can take it over; null if nobody says one, or it is a provider's. */
  readonly origin: string | null;
  /** The path that all its addresses begin with; empty for none. */
  readonly basePath: string;
  /** Other places where it is or was. */
  readonly formerUrls: readonly string[];
  /** `site.url` and `site.baseurl`, with which ids in its feeds begin, whether or not anything is there; null where nobody says them. */
  readonly idsBeginWith: string | null;
  /** Who says where it was, for people; null where nobody does. */
  readonly said: string | null;
  /** The host that was found and belongs to a provider. */
  readonly providersHost: string | null;
  /** The settings' `url` where no site can be there, and why; null for any other. */
  readonly unusable: { readonly url: string; readonly why: string } | null;
}

/** What themes have in their settings before anybody writes his own there. */
const SAMPLE_HOST =
  /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|(?:www\.)?example\.(?:com|org|net)|.+\.example|(?:www\.)?your-?\w*(?:-\w+)*\.(?:com|org|net|io)|(?:your-?)?(?:user)?-?name\.github\.io)$/;

/** Hosts that nobody but their provider can lead to a Worker. */
const PROVIDERS =
  /(?:^|\.)(?:github\.io|gitlab\.io|netlify\.app|netlify\.com|vercel\.app|now\.sh|pages\.dev|herokuapp\.com|surge\.sh|web\.app|firebaseapp\.com|onrender\.com|render\.com)$/;

/** Finds out where a Jekyll site was. GitHub Pages is what counts where the settings say nothing. */
export function findSitePlace(root: string, config: Table): SitePlace {
  const said = textOf(config["url"]);
  const written = readUrl(said);
  // What a template writes before a path is what is in the settings, be it anybody's address or not.
  const begin = written ?? readHttp(said) ?? withScheme(said);
  const domain = domainOf(root);
  const pages = githubPages(root, config);
  const host = written ?? domain ?? pages?.url ?? null;
  const basePath = basePathOf(config, written, domain === null ? (pages?.path ?? "") : "");
  const own = [written, domain].find((url) => url !== null && !isProviders(url)) ?? null;
  // With and without `www.` a host is the same to Offprint.
  const bare = (url: URL | null): string => url?.host.replace(/^www\./, "") ?? "";
  const before = [written, domain, host].filter((url) => url !== null && bare(url) !== bare(own));
  const formerUrls = new Set(before.map((url) => (url?.origin ?? "") + basePath));
  return {
    origin: own === null ? null : `https://${own.host}`,
    basePath,
    formerUrls: [...formerUrls],
    idsBeginWith:
      begin !== null
        ? begin.origin + basePathOf(config, begin, "")
        : host === null
          ? null
          : host.origin + basePath,
    said:
      host === null
        ? null
        : written !== null
          ? "_config.yml"
          : domain !== null
            ? "CNAME"
            : (pages?.said ?? null),
    providersHost: own === null ? (host?.host ?? null) : null,
    unusable: said === null || written !== null ? null : { url: said, why: faultOf(said) },
  };
}

/** The owner and name of a site's repository, as its settings or `.git/config` say. */
export function findRepository(
  root: string,
  config: Table,
): { readonly owner: string; readonly name: string; readonly said: string } | null {
  const fromConfig = textOf(config["repository"]);
  const fromGit = /^\[remote "origin"\][^[]*?^\s*url\s*=\s*(\S+)/m.exec(
    readOptional(join(root, ".git/config")),
  )?.[1];
  for (const [written, said] of [
    [fromConfig, "repository"],
    [fromGit, ".git/config"],
  ] as const) {
    const [, owner, name] =
      /^(?:(?:https:\/\/|git@|ssh:\/\/git@)(?:[^@/]*@)?github\.com[:/])?([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(
        written ?? "",
      ) ?? [];
    if (owner !== undefined && name !== undefined) return { owner, name, said };
  }
  return null;
}

function githubPages(
  root: string,
  config: Table,
): { readonly url: URL; readonly path: string; readonly said: string } | null {
  const repository = findRepository(root, config);
  if (repository === null) return null;
  const { owner, name, said } = repository;
  const host = `${owner.toLowerCase()}.github.io`;
  const isOwners = name.toLowerCase() === host;
  return { url: new URL(`https://${host}`), path: isOwners ? "" : `/${name}`, said };
}

function isProviders({ hostname }: URL): boolean {
  return PROVIDERS.test(hostname);
}

function readUrl(written: string | null): URL | null {
  const url = readHttp(written);
  return url === null || SAMPLE_HOST.test(url.hostname) ? null : url;
}

function readHttp(written: string | null): URL | null {
  const url = URL.parse(written ?? "");
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}

/** A host that somebody wrote without `https://`. */
function withScheme(written: string | null): URL | null {
  const bare = /^(?:\/\/)?([\w-]+(?:\.[\w-]+)+(?:[:/].*)?)$/.exec(written ?? "")?.[1];
  return bare === undefined ? null : readUrl(`https://${bare}`);
}

function faultOf(written: string): string {
  if (readHttp(written) !== null) {
    return "is a sample, which nobody can have; write a domain of your own";
  }
  const meant = withScheme(written);
  return `is no address; write ${meant === null ? "one that begins with https://" : meant.origin} if that is where the site is`;
}

/** Where GitHub Pages shows a site that has a domain of its own. */
function domainOf(root: string): URL | null {
  const [line = ""] = readOptional(join(root, "CNAME")).trim().split(/\s+/);
  return /^[\w-]+(?:\.[\w-]+)+$/.test(line) ? readUrl(`https://${line}`) : null;
}

/**
 * @param ofPages what GitHub Pages takes where the settings say nothing at all
 */
function basePathOf(config: Table, written: URL | null, ofPages: string): string {
  const said = textOf(config["baseurl"]);
  const inUrl = written?.pathname ?? "/";
  const isSilent = !Object.hasOwn(config, "baseurl") && written === null;
  const path = inUrl + (isSilent ? ofPages : `/${said ?? ""}`);
  const clean = path.split("/").filter(Boolean).join("/");
  return clean === "" || /[\s?#]/.test(clean) ? "" : `/${clean}`;
}

function readOptional(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It is not there, or no file.
    return "";
  }
}
