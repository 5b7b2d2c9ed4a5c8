import { sha256 } from "@noble/hashes/sha2.js";
import { ARTICLE_STYLESHEET, LIST_STYLESHEET } from "./stylesheet.ts";

/**
 * The `Content-Security-Policy` of every page: nothing runs, and only the stylesheet that we wrote applies.
 * `connect-src` lets Lighthouse read robots.txt; browsers load pictures from anywhere over TLS.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "connect-src 'self'",
  "img-src 'self' https: data:",
  "media-src 'self' https:",
  `style-src ${hashSource(ARTICLE_STYLESHEET)} ${hashSource(LIST_STYLESHEET)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** CSP 3, section 2.3.1: the hash of the element's text in UTF-8, in base64. */
function hashSource(text: string): string {
  const digest = sha256(new TextEncoder().encode(text));
  return `'sha256-${btoa(String.fromCharCode(...digest))}'`;
}
