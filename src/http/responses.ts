import { listPath, sharePath } from "../domain/links.ts";
import type { NamedScope } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import type { PageError } from "../render/error-page.ts";
import { ERROR_STATUSES, renderErrorPage } from "../render/error-page.ts";
import type { Manifest } from "../store/manifest.ts";
import type { Redirect } from "../store/redirect-entry.ts";
import type { StoreFailure } from "../store/release-store.ts";
import {
  NOT_FOUND_HEADERS,
  PAGE_CACHE_CONTROL,
  REDIRECT_CACHE_CONTROL,
  UNAVAILABLE_HEADERS,
} from "./cache-control.ts";
import { keptPageHeaders, pageHeaders } from "./page-headers.ts";
import type { Validators } from "./validators.ts";
import { validatorHeaders } from "./validators.ts";

/** The methods that are answered; any other gets a 405 with this list. */
export const ALLOWED_METHODS = "GET, HEAD, OPTIONS";

/** Headers of pages by site, made once per isolate, because the Content-Security-Policy hashes every stylesheet. */
const cachedPageHeaders = new WeakMap<Site, Headers>();

/** A 200 with an HTML page. */
export function page(site: Site, body: Uint8Array<ArrayBuffer>, validators: Validators): Response {
  const headers = cachedPageHeaders.get(site) ?? new Headers(keptPageHeaders(site));
  cachedPageHeaders.set(site, headers);
  const response = new Response(body, { headers });
  for (const [name, value] of Object.entries(validatorHeaders(validators))) {
    response.headers.set(name, value);
  }
  return response;
}

/** An HTML page that nobody may keep. */
export function uncachedPage(site: Site, body: Uint8Array<ArrayBuffer>): Response {
  return new Response(body, { headers: { ...pageHeaders(site), "Cache-Control": "no-store" } });
}

/** A 400: a page that says what is wrong with the address. */
export function refusedPage(site: Site, body: Uint8Array<ArrayBuffer>): Response {
  return new Response(body, {
    status: 400,
    headers: { ...pageHeaders(site), ...NOT_FOUND_HEADERS },
  });
}

/** A 304 for a page, with the headers that RFC 9110, section 15.4.5 asks to repeat. */
export function pageNotModified(validators: Validators): Response {
  return new Response(null, {
    status: 304,
    headers: { "Cache-Control": PAGE_CACHE_CONTROL, ...validatorHeaders(validators) },
  });
}

const ERROR_HEADERS: Readonly<Record<PageError, Readonly<Record<string, string>>>> = {
  notFound: NOT_FOUND_HEADERS,
  gone: NOT_FOUND_HEADERS,
  methodNotAllowed: { Allow: ALLOWED_METHODS },
  unavailable: UNAVAILABLE_HEADERS,
};

interface ErrorPage {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly headers: Headers;
}

/** Pages of errors by release, each made once: it is the same for all addresses. */
const errorPages = new WeakMap<KnownSite, Map<PageError, ErrorPage>>();

type KnownSite = Pick<Manifest, "site" | "waysOn">;

/** What is not there is answered with ways on that the manifest knows, so that it costs no read. */
export function errorPage(manifest: KnownSite, error: PageError): Response {
  const pages = errorPages.get(manifest) ?? new Map<PageError, ErrorPage>();
  errorPages.set(manifest, pages);
  const { body, headers } = pages.get(error) ?? makeErrorPage(manifest, error);
  pages.set(error, { body, headers });
  return new Response(body, { status: ERROR_STATUSES[error], headers });
}

function makeErrorPage({ site, waysOn }: KnownSite, error: PageError): ErrorPage {
  const hasWaysOn = error === "notFound" || error === "gone";
  return {
    body: renderErrorPage(site, error, hasWaysOn ? waysOn : undefined),
    headers: new Headers({ ...pageHeaders(site), ...ERROR_HEADERS[error] }),
  };
}

/** A 503, because storage failed. It is never a 404, which readers remember for days although the page may exist. */
export function unavailable(manifest: Manifest, failure: StoreFailure): Response {
  logFailure(failure);
  return errorPage(manifest, "unavailable");
}

/** Logs why the release could not be read; readers are not told. */
export function logFailure(failure: StoreFailure): void {
  console.error(JSON.stringify({ message: "Cannot read the release", ...failure }));
}

/** A permanent redirect to a path of ours. */
export function movedTo(path: string): Response {
  return new Response(null, {
    status: 301,
    headers: { Location: path, "Cache-Control": REDIRECT_CACHE_CONTROL },
  });
}

/**
 * The answer to an old address, from what the release says about it.
 *
 * @param redirect null where the release says nothing
 * @param pathOf the path of the requested document for another scope
 */
export function redirected(
  manifest: Manifest,
  redirect: Redirect | null,
  pathOf: (scope: NamedScope) => string = listPath,
): Response {
  switch (redirect?.kind) {
    case "article":
      return movedTo(sharePath(redirect.id));
    case "scope":
      return movedTo(pathOf(redirect.scope));
    case "path":
      return movedTo(redirect.path);
    case "gone":
      return errorPage(manifest, "gone");
    case undefined:
      return errorPage(manifest, "notFound");
  }
}
