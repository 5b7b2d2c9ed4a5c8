import { createHash } from "node:crypto";
import { posix } from "node:path";
import { percentDecoded } from "../../../../src/domain/percent-decoded.ts";
import { pathBelow } from "../../../../src/domain/path-below.ts";
import { plainPath } from "../../../../src/domain/plain-path.ts";
import { isAnswered } from "../../../../src/domain/routes.ts";
import type { ArticleLinks, ArticleReference } from "../../files/article-link.ts";
import { datedAddress } from "./dated-address.ts";
import { createSecureAddresses } from "./https-hosts.ts";
import type { MediaHosts, MediaSettings } from "./media-settings.ts";
import { referrerPolicy } from "./media-settings.ts";
import { isPlainAddress } from "../../files/plain-address.ts";
import type { EmbeddedFault } from "../../files/embedded-file.ts";
import { decodeEmbedded, isLongEmbedded } from "../../files/embedded-file.ts";
import type { RefusedFile } from "../../files/follow-file.ts";
import type { FindLocalFile, LocalFile, LocalReference } from "../../files/local-file.ts";
import { firstFound, isLostPicture, isServedFile } from "../../files/local-file.ts";
import type { PictureFault } from "../../files/local-picture.ts";

/** A reference that readers cannot use, as written in the article, with entities resolved. */
export type AddressProblem =
  | {
      readonly kind:
        | "file-unserved"
        | `picture-${PictureFault}`
        | "link-dropped"
        | "media-dropped"
        | "media-insecure";
      readonly reference: string;
    }
  /** `near` is the name of a file that is called so except for capitals. */
  | { readonly kind: "file-missing"; readonly reference: string; readonly near: string | null }
  /** The article holds the file itself; of the reference only its beginning is there. */
  | { readonly kind: EmbeddedFault["reason"]; readonly reference: string }
  /** The file is there, but may not be published. */
  | { readonly kind: "file-refused"; readonly reference: string; readonly refusal: RefusedFile };

/** Makes the addresses of one article absolute and collects its problems and its files on disk. */
export interface Addresses {
  /** Whether a reference leads to another site and is written as it will be: a link to it asks for nothing and changes nothing. */
  readonly isElsewhere: (reference: string) => boolean;
  /** The address of a link; null if it may not be followed. */
  readonly link: (reference: string) => string | null;
  /** The address of an image, video or the like, with the file if it is the site's; null if there is none. */
  readonly media: (
    reference: string,
  ) => { readonly address: string; readonly file: LocalFile | null } | null;
  /** The address of a quotation's origin, which readers never see; null if there is none. */
  readonly citation: (reference: string) => string | null;
  /** The referrer policy of a picture. */
  readonly referrerPolicy: (address: string) => string;
  readonly mediaHosts: () => MediaHosts;
  readonly problems: readonly AddressProblem[];
  readonly localFiles: readonly LocalFile[];
}

/** References that name no file: those with a scheme or a host, a bare query or fragment, or nothing. */
const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]*:|[\\/]{2}|#|\?|$)/i;
/** The address of an empty frame, which a script would have filled. */
const NOTHING = /^about:/i;
const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i;
/** What programs do not show or play from a text, however short it is; many write `jpg`, which is no type. */
const NEEDS_FILE = /^data:(?:(?:audio|video)\/|image\/(?:avif|bmp|jpg)[;,])/i;
/** So many characters of an embedded file are shown in reports, and searched for. */
const EMBEDDED_BEGINNING = 80;
/** Hexadecimal digits of a hash by which a file is named. */
const NAME_DIGITS = 20;
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
/** Longer ones open nowhere. */
const LONGEST_WEB_ADDRESS = 2000;
/** RFC 3986 3.3 and 3.4 allow none of these, but URL parsers let some of them through. */
const NOT_IN_ADDRESSES = /[\s"<>[\]\\^`{|}]/g;

const NOT_IN_ADDRESS = new RegExp(NOT_IN_ADDRESSES.source);

/** Files of articles by the extensions that nothing else has. */
const ARTICLE_FILE = /\.(?:md|markdown|mkdown|mkdn|mkd)$/i;

export interface AddressContext {
  /** The origin of the site, without a slash at the end. */
  readonly siteUrl: string;
  /** The base of relative links. */
  readonly baseUrl: string;
  readonly findLocalFile: FindLocalFile;
  /** The folder of the article's file, from the folder of `wrangler.toml`. */
  readonly folder: string;
  /** Where the site was: origins, with a path where it was below one. */
  readonly formerUrls: readonly string[];
  readonly articles: ArticleLinks;
  readonly media: MediaSettings;
  /** Hosts that articles of the site name with https. */
  readonly httpsSeen: ReadonlySet<string>;
  /** The line of a reference in the article's file. */
  readonly lineOf: (reference: string) => number;
}

export function createAddresses({
  siteUrl,
  baseUrl,
  findLocalFile,
  folder,
  formerUrls,
  articles,
  media: settings,
  httpsSeen,
  lineOf,
}: AddressContext): Addresses {
  const problems: AddressProblem[] = [];
  const secureAddresses = createSecureAddresses(settings, httpsSeen);
  const localFiles = new Map<string, LocalFile>();

  let last: { readonly reference: string; readonly url: URL | null } | null = null;
  /** Each reference is asked for several times, one after the other. */
  const parse = (reference: string): URL | null => {
    if (last?.reference !== reference) last = { reference, url: URL.parse(reference, baseUrl) };
    return last.url;
  };

  const own = [siteUrl, ...formerUrls];
  const isElsewhere = (reference: string): boolean =>
    isPlainAddress(reference) && pathBelow(reference, own) === null;

  /** The site's file that a reference names; null if it names none, which is a problem where one was meant. */
  const findFile = (reference: string, isMedia: boolean): LocalFile | null => {
    const written = localReference(reference, siteUrl);
    const isMeant = written !== null && (isMedia || isServedFile(written.path));
    const published = publishedFile(reference);
    const references = [isMeant ? written : null, published].filter((local) => local !== null);
    const found = firstFound(references.map((local) => () => findLocalFile(local)));
    if (found.ok) {
      localFiles.set(found.value.publicPath, found.value);
      return found.value;
    }
    const { failure } = found;
    if (isMeant) {
      problems.push(
        failure.reason === "missing"
          ? missingFile(reference, written.path, failure.near ?? null)
          : { kind: "file-refused", reference, refusal: failure },
      );
    }
    return null;
  };
  /** The file to which a reference led on the Jekyll site: below a former address of it, or beside the article's page there. */
  const publishedFile = (reference: string): LocalReference | null => {
    const address = parse(reference);
    const below = address === null ? null : pathBelow(address.href, own);
    const path = below?.replace(/[?#].*$/s, "").replace(/^\//, "") ?? "";
    return isServedFile(path) ? { base: "site", path: percentDecoded(path) ?? path } : null;
  };

  const findArticle = (
    kind: ArticleReference["kind"],
    target: string,
    reference: string,
  ): string | null => {
    const path = articles.find({ kind, target, isStrict: false }, reference, () =>
      lineOf(reference),
    );
    const fragment = /#.*$/s.exec(reference)?.[0] ?? "";
    return path === null ? null : siteUrl + path + encodeURI(percentDecoded(fragment) ?? "");
  };
  /** The share page of the article that an address of the site leads to; null for all other addresses. */
  const articleAt = (address: string, reference: string): string | null => {
    const written = pathBelow(address, own)?.replace(/[?#].*$/s, "");
    // A fragment or a query alone leads to this article.
    if (written === undefined || /^[#?]/.test(reference)) return null;
    const path = percentDecoded(written) ?? written;
    const plain = plainPath(path);
    return plain === "" || isAnswered(path) ? null : findArticle("address", plain, reference);
  };

  const reportFault = (reference: string, { picture }: LocalFile): void => {
    const fault = picture?.fault ?? null;
    if (fault !== null) problems.push({ kind: `picture-${fault}`, reference });
  };
  const lost = (reference: string, file: LocalFile): null => {
    reportFault(reference, file);
    return null;
  };
  /** A file that the article holds, with an address of its own; null, which is a problem, if it cannot have one. */
  const embedded = (reference: string): ReturnType<Addresses["media"]> => {
    const decoded = decodeEmbedded(reference);
    if (!decoded.ok) {
      const beginning = reference.slice(0, EMBEDDED_BEGINNING);
      problems.push({ kind: decoded.failure.reason, reference: beginning });
      return null;
    }
    const { bytes, extension } = decoded.value;
    const name = createHash("sha256").update(bytes).digest("hex").slice(0, NAME_DIGITS);
    const found = findLocalFile({ base: "embedded", path: `${name}.${extension}`, bytes });
    if (!found.ok) return isDataImage(reference) ? { address: reference, file: null } : null;
    localFiles.set(found.value.publicPath, found.value);
    if (isLostPicture(found.value)) {
      return lost(reference.slice(0, EMBEDDED_BEGINNING), found.value);
    }
    return { address: siteUrl + found.value.publicPath, file: found.value };
  };

  return {
    isElsewhere,
    problems,
    mediaHosts: secureAddresses.hosts,
    referrerPolicy: (address) => referrerPolicy(address, settings),
    get localFiles() {
      return [...localFiles.values()];
    },
    link(written) {
      const reference = withoutControls(written);
      if (reference === "") return null;
      if (isElsewhere(reference)) return reference;
      if (isLongEmbedded(reference)) return embedded(reference)?.address ?? null;
      const file = findFile(reference, false);
      if (file !== null) {
        return isLostPicture(file) ? lost(reference, file) : siteUrl + file.publicPath;
      }
      const local = localReference(reference, siteUrl);
      if (local !== null && ARTICLE_FILE.test(local.path)) {
        const path = local.base === "site" ? local.path : posix.join(folder, local.path);
        const article = findArticle("file", posix.normalize(path), reference);
        if (article !== null) return article;
        const dated = datedAddress(local.path);
        return dated === null ? absoluteAddress(parse(reference)) : siteUrl + dated;
      }
      const address = absoluteAddress(parse(reference));
      if (address === null) problems.push({ kind: "link-dropped", reference });
      return address === null ? null : (articleAt(address, reference) ?? address);
    },
    citation: (reference) => (reference === "" ? null : absoluteAddress(parse(reference))),
    media(written) {
      const reference = withoutControls(written);
      if (reference === "") return null;
      const isOthers = isElsewhere(reference);
      if (!isOthers) {
        if (isLongEmbedded(reference) || NEEDS_FILE.test(reference)) return embedded(reference);
        if (isDataImage(reference)) return { address: reference, file: null };
        const file = findFile(reference, true);
        if (file !== null) {
          if (isLostPicture(file)) return lost(reference, file);
          reportFault(reference, file);
          return { address: siteUrl + file.publicPath, file };
        }
      }
      const address = isOthers ? reference : absoluteAddress(parse(reference));
      if (address?.startsWith("http") === true) {
        // A local preview of the site has no https.
        if (address.startsWith(`${siteUrl}/`)) return { address, file: null };
        const secure = secureAddresses.secure(address);
        if (secureAddresses.isInsecure(secure)) {
          problems.push({ kind: "media-insecure", reference });
        }
        return { address: secure, file: null };
      }
      if (!NOTHING.test(reference)) problems.push({ kind: "media-dropped", reference });
      return null;
    },
  };
}

/** No file of some names is served, even where it is there; behind `?` and `#` may stand the rest of a name. */
function missingFile(reference: string, path: string, near: string | null): AddressProblem {
  return isServedFile(path) || /[?#]/.test(reference)
    ? { kind: "file-missing", reference, near }
    : { kind: "file-unserved", reference };
}

/** Whether an address holds a whole picture that cannot run a script, as an SVG could. */
export function isDataImage(address: string): boolean {
  return DATA_IMAGE.test(address);
}

/** A written address of a page with only characters that RFC 3986 allows; null if it is none of http or https, or too long. */
export function webAddress(written: string): string | null {
  const address = written.length > LONGEST_WEB_ADDRESS ? null : absoluteAddress(URL.parse(written));
  return address?.startsWith("http") === true ? address : null;
}

/**
 * The absolute address that a reference stands for, with only characters that RFC 3986 allows; null if it is no address
 * or its scheme is none of http, https, mailto and tel.
 */
function absoluteAddress(url: URL | null): string | null {
  if (url === null || !SCHEMES.has(url.protocol)) return null;
  // The brackets of an IPv6 host must not be encoded.
  if (url.host.includes("[")) return url.href;
  const { href } = url;
  return NOT_IN_ADDRESS.test(href) ? href.replaceAll(NOT_IN_ADDRESSES, encodeURIComponent) : href;
}

/** Where the file of a reference may be on disk; null if the reference leads elsewhere. */
function localReference(reference: string, siteUrl: string): LocalReference | null {
  const inSite = reference.startsWith(`${siteUrl}/`) ? reference.slice(siteUrl.length) : reference;
  if (ABSOLUTE.test(inSite)) return null;
  const written = inSite.replace(/[?#].*$/s, "");
  // A path with a bare percent sign was never percent-encoded.
  const path = percentDecoded(written) ?? written;
  if (path.startsWith("/")) return { base: "site", path: path.slice(1) };
  return { base: "article", path };
}

const CONTROLS = /[\0-\x1f\x7f-\x9f]/g;
const CONTROL = new RegExp(CONTROLS.source);

/** Removes control characters: URL parsers ignore some, so that they take `java\tscript:` for a scheme. */
function withoutControls(reference: string): string {
  return (CONTROL.test(reference) ? reference.replaceAll(CONTROLS, "") : reference).trim();
}
