import { listPath, sharePath } from "../domain/links.ts";
import type { NamedScope } from "../domain/scope.ts";
import type { Site } from "../domain/site.ts";
import { contentSecurityPolicy } from "../render/content-security-policy.ts";
import type { PageError } from "../render/error-page.ts";
import { ERROR_STATUSES, renderErrorPage } from "../render/error-page.ts";
import type { Redirect } from "../store/redirect-entry.ts";
import type { StoreFailure } from "../store/release-store.ts";
import {
  NOT_FOUND_HEADERS,
  PAGE_CACHE_CONTROL,
  REDIRECT_CACHE_CONTROL,
  UNAVAILABLE_HEADERS,
} from "./cache-control.ts";
import type { Validators } from "./conditional.ts";
import { validatorHeaders } from "./conditional.ts";

/** What every method but these is answered with. */
export const ALLOWED_METHODS = "GET, HEAD, OPTIONS";

function pageHeaders(site: Site): Record<string, string> {
  return {
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": contentSecurityPolicy(site),
    "Referrer-Policy": "no-referrer",
  };
}

/** By site. Made once in an isolate, since they name every stylesheet by its hash. */
const cachedPageHeaders = new WeakMap<Site, Headers>();

/** An HTML page. */
export function page(site: Site, body: Uint8Array<ArrayBuffer>, validators: Validators): Response {
  const headers =
    cachedPageHeaders.get(site) ??
    new Headers({ ...pageHeaders(site), "Cache-Control": PAGE_CACHE_CONTROL });
  cachedPageHeaders.set(site, headers);
  const response = new Response(body, { headers });
  for (const [name, value] of Object.entries(validatorHeaders(validators))) {
    response.headers.set(name, value);
  }
  return response;
}

/** An HTML page that is made for one person. */
export function uncachedPage(site: Site, body: Uint8Array<ArrayBuffer>): Response {
  return new Response(body, { headers: { ...pageHeaders(site), "Cache-Control": "no-store" } });
}

/** 304 for a page: what RFC 9110, section 15.4.5 asks to repeat. */
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

export function errorPage(site: Site, error: PageError): Response {
  return new Response(renderErrorPage(site, error), {
    status: ERROR_STATUSES[error],
    headers: { ...pageHeaders(site), ...ERROR_HEADERS[error] },
  });
}

/** Storage failed: nothing is said about whether the page exists, so it is never 404, which readers remember for days. */
export function unavailable(site: Site, failure: StoreFailure): Response {
  logFailure(failure);
  return errorPage(site, "unavailable");
}

/** Why the release could not be read goes to the log, not to the reader. */
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
 * What the release says of an old address.
 *
 * @param pathOf the document that was asked for, of a scope
 */
export function redirected(
  site: Site,
  redirect: Redirect | null,
  pathOf: (scope: NamedScope) => string = listPath,
): Response {
  switch (redirect?.kind) {
    case "article":
      return movedTo(sharePath(redirect.id));
    case "scope":
      return movedTo(pathOf(redirect.scope));
    case "gone":
      return errorPage(site, "gone");
    case undefined:
      return errorPage(site, "notFound");
  }
}
