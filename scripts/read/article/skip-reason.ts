import type { Moment } from "../../../src/domain/moment.ts";

/**
 * Why a file is not among the articles. Most reasons come from `read-article.ts`; `withdrawn` comes from `removed.txt`,
 * and `error` may also come from `resolve-conflicts.ts`.
 */
export type SkipReason =
  | { readonly reason: "draft" }
  | { readonly reason: "unpublished" }
  | { readonly reason: "withdrawn" }
  | { readonly reason: "future"; readonly due: Moment }
  /** The file has no front matter, and its name does not look like an article's either. */
  | { readonly reason: "no-front-matter" }
  /** It is in `_posts`, and no date is in its name or its front matter. */
  | { readonly reason: "undated" }
  /** The file's name begins with `_`. */
  | { readonly reason: "template" }
  | { readonly reason: "error" };
