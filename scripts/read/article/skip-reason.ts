import type { Moment } from "../../../src/domain/moment.ts";

/**
 * Why a file is not among the articles. `read-article.ts` finds most reasons; `withdrawn` comes from `removed.txt`, and
 * `error` also from `resolve-conflicts.ts`.
 */
export type SkipReason =
  | { readonly reason: "draft" }
  | { readonly reason: "unpublished" }
  | { readonly reason: "withdrawn" }
  | { readonly reason: "future"; readonly due: Moment }
  /** Its name does not look like an article's either. */
  | { readonly reason: "no-front-matter" }
  /** Its name begins with `_`. */
  | { readonly reason: "template" }
  | { readonly reason: "error" };
