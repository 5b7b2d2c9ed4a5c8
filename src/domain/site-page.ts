import type { ArticleImage } from "./article.ts";

/** Everything about a page of the site's own but its body, such as "About us". It is in no list and in no feed. */
export interface SitePageHeader {
  /** Its path, percent-decoded and NFC, as Jekyll writes it: `/about.html`, `/about/`. */
  readonly address: string;
  readonly title: string;
  /** As an article's. */
  readonly titleBreaks: readonly number[];
  /** A BCP 47 tag; null where it is the site's own. */
  readonly language: string | null;
  readonly summary: string;
  readonly image: ArticleImage | null;
  /** Whether the body holds only paragraphs and pictures. */
  readonly isPlain: boolean;
}

/** A page as it is stored; its body is like an article's. */
export interface SitePage extends SitePageHeader {
  readonly body: Uint8Array;
}
