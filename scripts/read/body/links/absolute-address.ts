const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:"]);
/** RFC 3986 3.3 and 3.4 know none of these; URL parsers let some of them through. */
const NOT_IN_ADDRESSES = /[\s"<>[\]\\^`{|}]/g;

/**
 * The absolute address that `reference` stands for, every character of it legal in RFC 3986; null where it is no
 * address or its scheme is none of http, https, mailto and tel.
 */
export function absoluteAddress(reference: string, baseUrl: string): string | null {
  const url = URL.parse(reference, baseUrl);
  if (url === null || !SCHEMES.has(url.protocol)) return null;
  // Only an IPv6 host may hold brackets.
  if (url.host.includes("[")) return url.href;
  return url.href.replaceAll(NOT_IN_ADDRESSES, encodeURIComponent);
}
