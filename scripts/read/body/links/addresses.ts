import { percentDecoded } from "../../../../src/domain/percent-decoded.ts";
import { datedAddress } from "./dated-address.ts";
import type { RefusedFile } from "../../files/follow-file.ts";
import type { FindLocalFile, LocalFile, LocalReference } from "../../files/local-file.ts";
import { isBrokenPicture, isServedFile } from "../../files/local-file.ts";

/** A reference that readers cannot use, as written in the article, with entities resolved. */
export type AddressProblem =
  | {
      readonly kind:
        | "file-missing"
        | "picture-broken"
        | "link-dropped"
        | "link-to-source"
        | "media-dropped";
      readonly reference: string;
    }
  /** The file is there, but may not be published. */
  | { readonly kind: "file-refused"; readonly reference: string; readonly refusal: RefusedFile };

/** Makes the addresses of one article absolute and collects its problems and its files on disk. */
export interface Addresses {
  /** The address of a link; null if it may not be followed. */
  readonly link: (reference: string) => string | null;
  /** The address of an image, video or the like, with the file if it is the site's; null if there is none. */
  readonly media: (
    reference: string,
  ) => { readonly address: string; readonly file: LocalFile | null } | null;
  /** The address of a quotation's origin, which readers never see; null if there is none. */
  readonly citation: (reference: string) => string | null;
  readonly problems: readonly AddressProblem[];
  readonly localFiles: readonly LocalFile[];
}

/** References that name no file: those with a scheme or a host, a bare query or fragment, or nothing. */
const ABSOLUTE = /^(?:[a-z][a-z0-9+.-]*:|[\\/]{2}|#|\?|$)/i;
/** The address of an empty frame, which a script would have filled. */
const NOTHING = /^about:/i;
const DATA_IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z0-9+/=\s]+$/i;
const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
/** Longer ones open nowhere. */
const LONGEST_WEB_ADDRESS = 2000;
/** RFC 3986 3.3 and 3.4 allow none of these, but URL parsers let some of them through. */
const NOT_IN_ADDRESSES = /[\s"<>[\]\\^`{|}]/g;

export function createAddresses(
  siteUrl: string,
  baseUrl: string,
  findLocalFile: FindLocalFile,
): Addresses {
  const problems: AddressProblem[] = [];
  const localFiles = new Map<string, LocalFile>();

  const findFile = (reference: string, local: LocalReference): LocalFile | null => {
    const found = findLocalFile(local);
    if (found.ok) {
      localFiles.set(found.value.publicPath, found.value);
      return found.value;
    }
    const { failure } = found;
    problems.push(
      failure.reason === "missing"
        ? { kind: "file-missing", reference }
        : { kind: "file-refused", reference, refusal: failure },
    );
    return null;
  };

  return {
    problems,
    get localFiles() {
      return [...localFiles.values()];
    },
    link(written) {
      const reference = withoutControls(written);
      if (reference === "") return null;
      const local = localReference(reference, siteUrl);
      const file = local !== null && isServedFile(local.path) ? findFile(reference, local) : null;
      if (file !== null) return siteUrl + file.publicPath;
      // Files of articles are not served, but most of them have an old address.
      const isSource = local !== null && /\.(?:md|markdown)$/i.test(local.path);
      const article = isSource ? datedAddress(local.path) : null;
      if (article !== null) return siteUrl + article;
      if (isSource) problems.push({ kind: "link-to-source", reference });
      const address = absoluteAddress(reference, baseUrl);
      if (address === null) problems.push({ kind: "link-dropped", reference });
      return address;
    },
    citation: (reference) => (reference === "" ? null : absoluteAddress(reference, baseUrl)),
    media(written) {
      const reference = withoutControls(written);
      if (reference === "") return null;
      if (isDataImage(reference)) return { address: reference, file: null };
      const local = localReference(reference, siteUrl);
      const file = local === null ? null : findFile(reference, local);
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

/** Whether an address holds a whole picture that cannot run a script, as an SVG could. */
export function isDataImage(address: string): boolean {
  return DATA_IMAGE.test(address);
}

/** A written address of a page with only characters that RFC 3986 allows; null if it is none of http or https, or too long. */
export function webAddress(written: string): string | null {
  const address = written.length > LONGEST_WEB_ADDRESS ? null : absoluteAddress(written, undefined);
  return address?.startsWith("http") === true ? address : null;
}

/**
 * The absolute address that `reference` stands for, with only characters that RFC 3986 allows; null if it is no address
 * or its scheme is none of http, https, mailto and tel.
 */
function absoluteAddress(reference: string, baseUrl: string | undefined): string | null {
  const url = URL.parse(reference, baseUrl);
  if (url === null || !SCHEMES.has(url.protocol)) return null;
  // The brackets of an IPv6 host must not be encoded.
  if (url.host.includes("[")) return url.href;
  return url.href.replaceAll(NOT_IN_ADDRESSES, encodeURIComponent);
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

/** Removes control characters: URL parsers ignore some, so that they take `java\tscript:` for a scheme. */
function withoutControls(reference: string): string {
  return reference.replaceAll(/[\u{0}-\u{1f}\u{7f}-\u{9f}]/gu, "").trim();
}
