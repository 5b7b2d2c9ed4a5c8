import { posix } from "node:path";
import type { SitePage } from "../../../src/domain/site-page.ts";
import { encodedPath } from "../../../src/domain/links.ts";
import { isRouted } from "../../../src/domain/routes.ts";
import type { Diagnostic, DiagnosticLog } from "../../diagnostics/diagnostic.ts";
import { createDiagnosticLog, hasError, warningAt } from "../../diagnostics/diagnostic.ts";
import { pageLineBreaks } from "../../headline/page-line-breaks.ts";
import { renderBody } from "../body/render-body.ts";
import type { ArticleLink, FindArticle } from "../files/article-link.ts";
import type { FoundFile } from "../files/find-articles.ts";
import type { LocalFile } from "../files/local-file.ts";
import { readVisibility } from "../front-matter/article-meta.ts";
import { findHeaderImage } from "../front-matter/find-header-image.ts";
import { parseFrontMatter } from "../front-matter/front-matter.ts";
import type { PageNav } from "../front-matter/page-meta.ts";
import { readPageMeta } from "../front-matter/page-meta.ts";
import { collectionPageAddresses } from "../old-urls/collection-page-addresses.ts";
import { pageAddress } from "../old-urls/page-address.ts";
import type { ReadContext } from "./read-article.ts";
import { openText } from "./read-article.ts";
import { languageAgainstSite } from "./language-against-site.ts";

/** A page of the site's own, with what the bundler needs to know of it. */
export interface ParsedPage extends SitePage {
  /** The file's path as diagnostics name it. */
  readonly path: string;
  /** The path from the root of the Jekyll site. */
  readonly pathInSite: string;
  /** Old paths that lead to it, percent-decoded and NFC. */
  readonly aliases: readonly string[];
  readonly nav: PageNav | null;
  readonly localFiles: readonly LocalFile[];
  /** Its links to articles, and to what may be one. */
  readonly links: readonly ArticleLink[];
}

/** The page of a file; null where it has an error or is not shown. */
export interface PageOutcome {
  readonly page: ParsedPage | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a page's reading depends on besides its file. */
export type PageContext = Omit<ReadContext, "splitNames" | "nowEpochSeconds"> & {
  readonly findArticle: FindArticle;
};

/** Percent-encoded; longer ones open nowhere, and the manifest holds all of them. */
const LONGEST_ADDRESS = 2000;
const EMPTY_ADVICE = "write some (templates are not carried out), or exclude it";
/** Of a page whose lists are not made: with less, such as a heading, it would be about nothing. */
const FEWEST_CHARACTERS = 50;
/** A name whose browsers take what is there for anything but a page. */
const OTHER_KIND = /\.(?:xml|json|txt|css|js|svg|csv|ics|webmanifest)$/i;

/** Reads the bytes of one file as a page of the site's own. Of a page that is not served only the reason is told. */
export function readPage(bytes: Uint8Array, found: FoundFile, context: PageContext): PageOutcome {
  const log = createDiagnosticLog(found.path);
  const page = parsePage(bytes, found, context, log);
  if ("refused" in page) return { page: null, diagnostics: page.refused };
  return { page: hasError(log.diagnostics) ? null : page, diagnostics: log.diagnostics };
}

interface RefusedPage {
  readonly refused: readonly Diagnostic[];
}

function parsePage(
  bytes: Uint8Array,
  { path, pathInSource, folder }: FoundFile,
  { site, addresses, markdown, findLocalFile, findArticle }: PageContext,
  log: DiagnosticLog,
): ParsedPage | RefusedPage {
  const opened = openText(bytes, log);
  if (opened === null) return { refused: log.diagnostics };
  const { header, headerLine, body, bodyLine } = opened;
  const frontMatter = parseFrontMatter(header ?? "", headerLine, log);
  if (frontMatter === null) return { refused: log.diagnostics };
  if (readVisibility(frontMatter, pathInSource, log) !== "public") return { refused: [] };
  const meta = readPageMeta(frontMatter, pathInSource, log);
  const style = addresses.permalinks[0]?.written ?? "date";
  const inCollection =
    meta.permalink === null
      ? collectionPageAddresses(path, pathInSource, addresses, site.timeZone)
      : [];
  const [address = pageAddress(pathInSource, meta.permalink, site.url, style), ...formerAddresses] =
    inCollection;
  const refuse = (
    ...fault: readonly [code: string, what: string, advice: string]
  ): RefusedPage => ({
    refused: [warningAt(path, frontMatter.lineOf("permalink"), ...fault)],
  });
  if (isRouted(address)) {
    const what = `The page cannot be at "${address}": the site itself answers there`;
    return refuse("page-shadowed", what, "write another permalink, or exclude it");
  }
  if (OTHER_KIND.test(address)) {
    const what = `The page cannot be at "${address}": only web pages are served`;
    return refuse("page-impossible", what, "write another permalink, or exclude it");
  }
  if (encodedPath(address).length > LONGEST_ADDRESS) {
    const what = `The page's address would have more than ${LONGEST_ADDRESS} characters`;
    return refuse("page-impossible", what, "write a short permalink, or exclude it");
  }
  const rendered = renderBody(
    {
      source: body,
      format: /\.html?$/i.test(pathInSource) ? "html" : "markdown",
      firstLine: bodyLine,
      siteUrl: site.url,
      baseUrl: site.url + encodedPath(address),
      findLocalFile,
      folder: posix.dirname(path),
      formerUrls: addresses.formerUrls,
      findArticle,
      markdown,
      title: meta.title,
    },
    log,
  );
  if (rendered.characterCount === 0 && rendered.image === null) {
    return refuse("body-empty", "The page has no text, and is not served", EMPTY_ADVICE);
  }
  const isList = log.diagnostics.some(({ code }) => code === "liquid-loop");
  if (isList && rendered.characterCount < FEWEST_CHARACTERS) {
    const what = `The page has next to no text but what templates list, and is not served`;
    return refuse("page-of-lists", what, "write the list itself, or exclude the page");
  }
  const headerImage =
    meta.image &&
    findHeaderImage(meta.image, site.url, findLocalFile, (...fault) => {
      log.warn(frontMatter.lineOf("image"), ...fault);
    });
  const language =
    meta.language ??
    folder.language ??
    languageAgainstSite(meta.title, rendered.html, site.language);
  return {
    address,
    title: meta.title,
    titleBreaks: pageLineBreaks(meta.title),
    language: language === site.language ? null : language,
    summary: meta.summary ?? rendered.summary,
    image: headerImage?.image ?? rendered.image,
    isPlain: rendered.isPlain,
    body: Buffer.from(rendered.html),
    path,
    pathInSite: pathInSource,
    aliases: [
      ...formerAddresses,
      ...meta.redirectFrom.map((written) => pageAddress("", written, site.url, style)),
    ],
    nav: meta.nav,
    links: rendered.links,
    localFiles: [...rendered.localFiles, headerImage?.localFile ?? []].flat(),
  };
}
