import { percentDecoded } from "../../../../src/domain/percent-decoded.ts";
import { datedAddress } from "./dated-address.ts";
import type { FindLocalFile, LocalFile, LocalReference } from "../../files/local-file.ts";
import { isBrokenPicture, isServedFile } from "../../files/local-file.ts";

/** A reference that came to nothing. */
export interface AddressProblem {
  readonly kind:
    | "file-missing"
    | "picture-broken"
    | "link-dropped"
    | "link-to-source"
    | "media-dropped";
  /** As written in the article, but for entities. */
  readonly reference: string;
}

/** The addresses of one article: makes them absolute and notes what it found on disk. */
export interface Addresses {
  /** Of a link; null where it may not be followed. */
  readonly link: (reference: string) => string | null;
  /** Of an image, a film or the like, with the file where it is ours; null where there is no address. */
  readonly media: (
    reference: string,
  ) => { readonly address: string; readonly file: LocalFile | null } | null;
  /** Of a quotation's origin, which nobody sees; null where there is none. */
  readonly citation: (reference: string) => string | null;
  readonly problems: readonly AddressProblem[];
  readonly localFiles: readonly LocalFile[];
}

/** What does not name a file: an address with a scheme or a host, a query, a fragment, nothing. */
const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]*:|[\\/]{2}|#|\?|$)/i;
/** The address of an empty frame, which a script would fill. */
const NOTHING = /^about:/i;
const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i;
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
/** RFC 3986 3.3 and 3.4 know none of these; URL parsers let some of them through. */
const NOT_IN_ADDRESSES = /[\s"<>[\]\\^`{|}]/g;

export function createAddresses(
  siteUrl: string,
  baseUrl: string,
  findLocalFile: FindLocalFile,
): Addresses {
  const problems: AddressProblem[] = [];
  const localFiles = new Map<string, LocalFile>();

  const findFile = (reference: string, isLink: boolean): LocalFile | null => {
    const local = localReference(reference, siteUrl);
    if (local === null || (isLink && !isServedFile(local.path))) return null;
    const file = findLocalFile(local);
    if (file === null) problems.push({ kind: "file-missing", reference });
    else localFiles.set(file.publicPath, file);
    return file;
  };

  return {
    problems,
    get localFiles() {
      return [...localFiles.values()];
    },
    link(written) {
      const reference = withoutControls(written);
      if (reference === "") return null;
      const file = findFile(reference, true);
      if (file !== null) return siteUrl + file.publicPath;
      const source = sourceFile(reference, siteUrl);
      const article = source === null ? null : datedAddress(source);
      if (article !== null) return siteUrl + article;
      if (source !== null) problems.push({ kind: "link-to-source", reference });
      const address = absoluteAddress(reference, baseUrl);
      if (address === null) problems.push({ kind: "link-dropped", reference });
      return address;
    },
    citation: (reference) => (reference === "" ? null : absoluteAddress(reference, baseUrl)),
    media(written) {
      const reference = withoutControls(written);
      if (reference === "") return null;
      if (isDataImage(reference)) return { address: reference, file: null };
      const file = findFile(reference, false);
      if (file !== null) {
        if (isBrokenPicture(file)) problems.push({ kind: "picture-broken", reference });
        return { address: siteUrl + file.publicPath, file };
      }
      const address = absoluteAddress(reference, baseUrl);
      if (address?.startsWith("http") === true) return { address, file: null };
      if (!NOTHING.test(reference)) problems.push({ kind: "media-dropped", reference });
      return null;
    },
  };
}

/** Whether an address holds a whole picture and nothing that could run (an SVG could). */
export function isDataImage(address: string): boolean {
  return DATA_IMAGE.test(address);
}

/**
 * The absolute address that `reference` stands for, every character of it legal in RFC 3986; null where it is no
 * address or its scheme is none of http, https, mailto and tel.
 */
function absoluteAddress(reference: string, baseUrl: string): string | null {
  const url = URL.parse(reference, baseUrl);
  if (url === null || !SCHEMES.has(url.protocol)) return null;
  // Only an IPv6 host may hold brackets.
  if (url.host.includes("[")) return url.href;
  return url.href.replaceAll(NOT_IN_ADDRESSES, encodeURIComponent);
}

/** The Markdown file that a link names, which nobody can be sent to; null for every other link. */
function sourceFile(reference: string, siteUrl: string): string | null {
  const local = localReference(reference, siteUrl);
  return local !== null && /\.(?:md|markdown)$/i.test(local.path) ? local.path : null;
}

/** Where a reference may be on disk; null where it leads to another site. */
function localReference(reference: string, siteUrl: string): LocalReference | null {
  const inSite = reference.startsWith(`${siteUrl}/`) ? reference.slice(siteUrl.length) : reference;
  if (ABSOLUTE.test(inSite)) return null;
  const written = inSite.replace(/[?#].*$/s, "");
  // With a bare percent sign, the name is meant as it is written.
  const path = percentDecoded(written) ?? written;
  if (path.startsWith("/")) return { base: "site", path: path.slice(1) };
  return { base: "article", path };
}

/** URL parsers pass over these characters, so `java\tscript:` is a scheme to them. */
function withoutControls(reference: string): string {
  return reference.replaceAll(/[\u{0}-\u{1f}\u{7f}-\u{9f}]/gu, "").trim();
}
