import type { Directory } from "../store/directory.ts";

/** Looks the title of a category up; the slug itself where the release has no such category. */
export function categoryTitles(directory: Directory): (slug: string) => string {
  return (slug) => directory.scope({ kind: "category", name: slug })?.title ?? slug;
}
