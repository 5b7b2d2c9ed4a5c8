import { posix } from "node:path";
import type { Article, ArticleHeader } from "../../../src/domain/article.ts";
import type { Identity } from "../../../src/domain/identity.ts";
import { identityOfFile, readFileName } from "../../../src/domain/identity.ts";
import { sharePath } from "../../../src/domain/links.ts";
import { shareIdOf } from "../../../src/domain/share-id.ts";
import type { Site } from "../../../src/domain/site.ts";
import { codeOfFileName, readArticleMeta, readVisibility } from "../front-matter/article-meta.ts";
import type { ArticleLink, FindArticle } from "../files/article-link.ts";
import type { FindLocalFile, LocalFile } from "../files/local-file.ts";
import { headerAuthors } from "../body/header-authors.ts";
import type { MediaHosts, MediaSettings } from "../body/links/media-settings.ts";
import { USUAL_MEDIA } from "../body/links/media-settings.ts";
import { renderBody } from "../body/render-body.ts";
import { secureImage } from "./secure-image.ts";
import { secureRecordings } from "./secure-recordings.ts";
import { withImageAbove } from "./with-image-above.ts";
import type { BodyInput } from "../body/render-markup.ts";
import type { Diagnostic, DiagnosticLog } from "../../diagnostics/diagnostic.ts";
import { createDiagnosticLog, hasError } from "../../diagnostics/diagnostic.ts";
import { lineAt } from "../../diagnostics/line-at.ts";
import { LFS_ADVICE, LFS_POINTER, isLfsPointer } from "../files/lfs-pointer.ts";
import type { FoundFile } from "../files/find-articles.ts";
import type { CategoryNames } from "../../../src/domain/category-names.ts";
import { NO_CATEGORY_NAMES } from "../../../src/domain/category-names.ts";
import type { FrontMatter, SplitText } from "../front-matter/front-matter.ts";
import { parseFrontMatter, splitFrontMatter } from "../front-matter/front-matter.ts";
import { findHeaderRecordings } from "../front-matter/find-header-recordings.ts";
import { writtenRecordings } from "../front-matter/written-recordings.ts";
import { findHeaderImage } from "../front-matter/find-header-image.ts";
import { pageLineBreaks } from "../../headline/page-line-breaks.ts";
import type { AddressSettings } from "../old-urls/address-settings.ts";
import { formerEntryId } from "../old-urls/former-entry-id.ts";
import { jekyllAddresses, oldAddresses } from "../old-urls/old-addresses.ts";
import type { SkipReason } from "./skip-reason.ts";
import { articleRecordings } from "./article-recordings.ts";
import { likelyEncoding } from "./likely-encoding.ts";
import { languageAgainstSite } from "./language-against-site.ts";

/** What the bundler needs to know of an article besides what readers see. */
export interface SourceFacts {
  /** The file's path as diagnostics name it. */
  readonly path: string;
  /** The line of the file that holds the title. */
  readonly titleLine: number;
  readonly identity: Identity;
  /**
   * Old paths that it certainly had and that cannot be computed from its identity, percent-decoded and NFC; `/s/{id}` for
   * its former ids.
   */
  readonly redirects: readonly string[];
  /** Old paths that it may have had, the most likely first. */
  readonly guessedRedirects: readonly string[];
  /** Files on disk that it refers to and that the site must serve. */
  readonly localFiles: readonly LocalFile[];
  /** The hosts of pictures and films that it shows of other sites. */
  readonly mediaHosts: MediaHosts;
  /** Its links to other articles, and to what may be one, with the articles that they led to when it was read. */
  readonly links: readonly ArticleLink[];
}

/** An article without its body. */
export type SourceArticle = ArticleHeader & SourceFacts;

/** An article with its body. */
export type ParsedArticle = Article & SourceFacts;

/** What a file was read as. */
export type ReadResult<Read> =
  | { readonly kind: "article"; readonly article: Read }
  | { readonly kind: "skipped"; readonly why: SkipReason };

export type ReadOutcome = ReadResult<ParsedArticle> & {
  readonly diagnostics: readonly Diagnostic[];
};

/** The settings of a site that influence how its articles are read. */
export type ReadingSite = Pick<Site, "url" | "timeZone" | "language">;

export interface ReadContext {
  readonly site: ReadingSite;
  readonly splitNames: boolean;
  /** None by default. */
  readonly categoryNames?: CategoryNames;
  readonly markdown: BodyInput["markdown"];
  readonly addresses: AddressSettings;
  readonly media?: MediaSettings;
  /** Articles dated later are scheduled and skipped until then. */
  readonly nowEpochSeconds: number;
  readonly findLocalFile: FindLocalFile;
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** In UTF-16 units, without embedded pictures. The parsers need five hundred times as much memory as the text. */
const LONGEST_TEXT = 1_000_000;
const EMBEDDED_DATA = /;base64,[a-z0-9+/=]+/gi;

/**
 * Reads the bytes of one file as an article.
 *
 * @param findArticle finds the articles that it links to, once they are known
 * @param httpsSeen hosts that articles name with https, once they are known
 */
export function readArticle(
  bytes: Uint8Array,
  found: FoundFile,
  context: ReadContext,
  findArticle: FindArticle = () => null,
  httpsSeen: ReadonlySet<string> = new Set(),
): ReadOutcome {
  const log = createDiagnosticLog(found.path);
  const { diagnostics } = log;
  const skip = (why: SkipReason): ReadOutcome => ({ kind: "skipped", why, diagnostics });
  const path = found.pathInSource.replace(/\.[^./]+$/, "");
  const name = posix.basename(path);

  if (name.startsWith("_")) {
    const what = `The file was skipped, because its name begins with "_"`;
    log.warn(1, "skipped", what, "rename it if it is an article");
    return skip({ reason: "template" });
  }
  const opened = openText(bytes, log);
  if (opened === null) return skip({ reason: "error" });
  const { text, header, headerLine, body, bodyLine } = opened;
  if (header === null && isUndatedPost(found, name)) return skip({ reason: "undated" });
  if (header === null && !isArticleName(name)) {
    const what = "The file was skipped, because it has no front matter";
    const advice = "write front matter if it is an article, else move it out of the source folder";
    log.warn(1, "skipped", what, advice);
    return skip({ reason: "no-front-matter" });
  }
  if (header === null && body.trim() === "") {
    // An editor or a script that broke off leaves such a file, which must not take the place of its article.
    const advice = "write the article, or delete the file; it was skipped";
    log.error(1, "file-empty", "The file is empty", advice);
    return skip({ reason: "error" });
  }
  if (header === null) {
    const what = "The file has no front matter; its name was taken for date and title";
    log.warn(1, "front-matter-missing", what, "write title and date between two lines of ---");
  }
  const frontMatter = parseFrontMatter(header ?? "", headerLine, log);
  if (frontMatter === null) return skip({ reason: "error" });
  if ((frontMatter.values["date"] ?? null) === null && isUndatedPost(found, name)) {
    return skip({ reason: "undated" });
  }
  const visibility = readVisibility(frontMatter, found.pathInSource, log);
  if (visibility !== "public") return skip({ reason: visibility });

  const source = { found, path, text, body, bodyLine, frontMatter };
  const article = parseArticle(source, { ...context, httpsSeen }, findArticle, log);
  if (article === null || hasError(diagnostics)) return skip({ reason: "error" });
  if (article.published.epochSeconds > context.nowEpochSeconds) {
    return skip({ reason: "future", due: article.published });
  }
  return { kind: "article", article, diagnostics };
}

/** The text of a file, split at its front matter; null, with an error in the log, where it cannot be read. */
export function openText(
  bytes: Uint8Array,
  log: DiagnosticLog,
): (SplitText & { readonly text: string }) | null {
  if (isLfsPointer(bytes)) {
    log.error(1, "lfs-pointer", `The file is ${LFS_POINTER}`, LFS_ADVICE);
    return null;
  }
  const text = decodeText(bytes, log);
  if (text === null) return null;
  if (text.length > LONGEST_TEXT && text.replaceAll(EMBEDDED_DATA, "").length > LONGEST_TEXT) {
    const what = "The article has more than a million characters";
    log.error(1, "too-long", what, "cut it into several; the file was skipped");
    return null;
  }
  const split = splitFrontMatter(text);
  if (split.ok) return { ...split.value, text };
  const what = "The front matter has no end";
  log.error(1, "front-matter-unclosed", what, "write a line of --- after it");
  return null;
}

interface ArticleText {
  readonly found: FoundFile;
  /** The path inside the source folder, without extension. */
  readonly path: string;
  readonly text: string;
  readonly body: string;
  readonly bodyLine: number;
  readonly frontMatter: FrontMatter;
}

function parseArticle(
  { found, path, text, body, bodyLine, frontMatter }: ArticleText,
  {
    site,
    splitNames,
    categoryNames = NO_CATEGORY_NAMES,
    markdown,
    addresses: settings,
    media = USUAL_MEDIA,
    findLocalFile,
    nowEpochSeconds,
    httpsSeen,
  }: ReadContext & { readonly httpsSeen: ReadonlySet<string> },
  findArticle: FindArticle,
  log: DiagnosticLog,
): ParsedArticle | null {
  const { pathInSource } = found;
  const { values, lineOf } = frontMatter;
  const { timeZone, language: siteLanguage, url: siteUrl } = site;
  const metaContext = {
    pathInSource: pathInSite(found),
    splitNames,
    categoryNames,
    timeZone,
    nowEpochSeconds,
  };
  const meta = readArticleMeta(frontMatter, metaContext, log);
  const { date } = meta;
  if (date === null) return null;

  const pathFromRoot = posix.join(found.folder.fromRoot, pathInSource);
  const document = { meta, date, path, file: found.path, pathFromRoot };
  const entryId = formerEntryId(document, settings);
  const addresses = jekyllAddresses(document, site, settings, log, lineOf);
  const rendered = renderBody(
    {
      source: body,
      format: /\.html?$/i.test(pathInSource) ? "html" : "markdown",
      firstLine: bodyLine,
      siteUrl,
      baseUrl: baseUrlOf([...addresses.certain, ...addresses.guessed][0] ?? "/", siteUrl),
      findLocalFile,
      title: meta.title ?? "",
      markdown,
      folder: posix.dirname(found.path),
      formerUrls: settings.formerUrls,
      findArticle,
      media,
      httpsSeen,
    },
    log,
  );
  const imageLine = lineOf(Object.hasOwn(values, "image") ? "image" : "header");
  const headerImage =
    meta.image &&
    findHeaderImage(secureImage(meta.image, media), siteUrl, findLocalFile, (...fault) => {
      log.warn(imageLine, ...fault);
    });
  const sound = findHeaderRecordings(
    secureRecordings(writtenRecordings(values), media),
    { url: siteUrl, formerUrls: settings.formerUrls },
    findLocalFile,
    (key, ...fault) => {
      log.warn(lineOf(key), ...fault);
    },
  );
  const recordings = articleRecordings(sound.recordings, rendered.recordings);
  const isEmpty = rendered.characterCount === 0 && rendered.image === null;
  if (isEmpty && recordings.length === 0) {
    log.warn(bodyLine, "body-empty", "The article has no text", "write some, or delete the file");
  }

  const linkedCode = rendered.legacyCode;
  const { idPrefix, language: folderLanguage } = found.folder;
  const identity = identityOfFile(path, meta.id, linkedCode, idPrefix);
  const fileCode = codeOfFileName(posix.basename(path));
  if (fileCode !== null && linkedCode !== null && fileCode !== linkedCode) {
    const what = `The share link's code ${linkedCode} is not the file's, ${fileCode}; the file's counts`;
    const line = lineAt(text, text.indexOf(linkedCode));
    log.warn(line, "codes-differ", what, "correct the share link or the file name");
  }
  const id = shareIdOf(identity);
  const title = meta.title ?? firstSentence(rendered.summary) ?? meta.slug;
  const origins = { url: siteUrl, formerUrls: settings.formerUrls };
  const language =
    meta.language ??
    folderLanguage ??
    languageAgainstSite(meta.title ?? "", rendered.html, siteLanguage);
  const signed = [...new Set(meta.authors.flatMap(headerAuthors))];
  const html = withImageAbove(rendered, headerImage, siteUrl, media);
  const old = { meta, path, identity, id, linkedCode, jekyllAddresses: addresses };
  return {
    id,
    entryId,
    title,
    titleBreaks: pageLineBreaks(title),
    published: date.moment,
    updated: meta.updated,
    categories: meta.categories,
    tags: meta.tags,
    language: language === siteLanguage ? null : language,
    authors: signed.length > 0 ? signed : rendered.authors,
    source: rendered.source,
    sourceUrl: rendered.sourceUrl,
    summary: meta.summary ?? rendered.summary,
    image: headerImage?.image ?? rendered.image,
    ...(recordings.length === 0 ? {} : { recordings }),
    characterCount: rendered.characterCount,
    isPlain: rendered.isPlain,
    body: Buffer.from(absoluteFragments(html, siteUrl + sharePath(id))),
    path: found.path,
    titleLine: lineOf("title"),
    identity,
    ...oldAddresses({ ...old, lineOf }, origins, log),
    mediaHosts: rendered.mediaHosts,
    localFiles: [...rendered.localFiles, headerImage?.localFile ?? [], ...sound.localFiles].flat(),
    links: rendered.links,
  };
}

/** The path with the folders before the source folder from which Jekyll takes categories. */
function pathInSite({ folder: { categories }, pathInSource }: FoundFile): string {
  return categories.length === 0 ? pathInSource : [...categories, "_posts", pathInSource].join("/");
}

/** The longest base of relative links, percent-encoded, since every such link grows by its length. */
const LONGEST_BASE_PATH = 1000;

/** `new URL` with a base would take a path that begins with two slashes for a host. */
function baseUrlOf(path: string, siteUrl: string): string {
  const encoded = encodeURI(path.toWellFormed());
  return siteUrl + (encoded.length > LONGEST_BASE_PATH ? "/" : encoded);
}

/** Makes links such as `#fn1` lead to the share page, since a feed reader has no page that they could stand in. */
function absoluteFragments(html: string, shareUrl: string): string {
  return html.includes(' href="#')
    ? html.replaceAll(/(<a(?: [^>]*)? href=")#/g, `$1${shareUrl}#`)
    : html;
}

/** The text without byte order mark and with `\n` line ends; null, with an error in the log, if it is not UTF-8. */
function decodeText(bytes: Uint8Array, log: DiagnosticLog): string | null {
  try {
    return decoder.decode(bytes).replaceAll("\r\n", "\n");
  } catch {
    const readable = new TextDecoder().decode(bytes);
    const line = lineAt(readable, readable.indexOf("\uFFFD"));
    log.error(line, "not-utf8", ...describeEncoding(bytes, readable));
    return null;
  }
}

/** Advice that can be followed in vain, but not to the harm of the file: a wrong encoding takes the bytes of most others. */
function describeEncoding(
  bytes: Uint8Array,
  readable: string,
): readonly [what: string, advice: string] {
  const broken = readable.match(/\uFFFD/g)?.length ?? 0;
  const whole = readable.match(/[^\0-\x7F\uFFFD]/g)?.length ?? 0;
  if (whole > broken * WHOLE_FOR_EACH_BROKEN) {
    const what = `The file is UTF-8, but for ${broken === 1 ? "one place" : `${broken} places`} from this line on`;
    return [what, "write the characters there again; do not convert the file"];
  }
  if (UTF_16_MARKS.has(bytes.slice(0, 2).join(" "))) {
    return ["The file is UTF-16", "save it as UTF-8 in the program that wrote it"];
  }
  const encoding = likelyEncoding(bytes);
  if (encoding === null) {
    return ["The file is not UTF-8", "save it as UTF-8 in the program that wrote it"];
  }
  const { name, beginning } = encoding;
  return [
    `The file is not UTF-8; it looks like ${name}, in which it begins “${beginning}”`,
    `if that is right, save it as UTF-8, or run iconv -f ${name} -t utf-8 on it into a new file, and look at that before it takes the place of this one`,
  ];
}

/** In UTF-8 that is damaged in places there are so many whole characters for each damaged one. */
const WHOLE_FOR_EACH_BROKEN = 10;
const UTF_16_MARKS: ReadonlySet<string> = new Set(["255 254", "254 255"]);

/** Whether a file name holds a date or a legacy code, so that the file is an article even without front matter. */
function isArticleName(name: string): boolean {
  return readFileName(name).day !== null || codeOfFileName(name) !== null;
}

/** Whether Jekyll ignores a file because it is in `_posts` and has no date in its name. */
function isUndatedPost({ folder, pathInSource }: FoundFile, name: string): boolean {
  const folders = [posix.basename(folder.fromRoot), ...pathInSource.split("/").slice(0, -1)];
  return folders.includes("_posts") && !isArticleName(name);
}

function firstSentence(summary: string): string | null {
  const sentence = /^.*?[。！？!?](?:[”’」』）)]*)|^.+/s.exec(summary)?.[0].trim() ?? "";
  return sentence === "" ? null : sentence;
}
