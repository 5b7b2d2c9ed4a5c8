import { counted } from "../terminal/counted.ts";
import type { CheckoutBundle } from "./bundle-checkout.ts";

/** What was bundled, in one line. */
export function describeBundle(
  { manifest, release, diagnostics }: CheckoutBundle,
  seconds: number,
): string {
  const categories = manifest
    .scopes()
    .filter(({ scope, count }) => scope.kind === "category" && count > 0).length;
  const errors = diagnostics.filter(({ level }) => level === "error").length;
  return [
    `Bundled ${counted(manifest.articleCount, "article")} in ${counted(categories, "category", "categories")} in ${seconds.toFixed(1)} s:`,
    `release ${manifest.release}, ${counted(Object.values(release.maps).flat().length, "pack")}, ${counted(release.prerenderedFeeds.length, "prerendered feed")};`,
    `${counted(errors, "error")}, ${counted(diagnostics.length - errors, "warning")}`,
  ].join(" ");
}
