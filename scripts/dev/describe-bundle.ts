import { MAP_NAMES } from "../../src/store/release-contents.ts";
import { counted } from "../terminal/counted.ts";
import type { CheckoutBundle } from "./bundle-checkout.ts";

/** What was bundled, in one line. */
export function describeBundle({ manifest, diagnostics }: CheckoutBundle, seconds: number): string {
  const scopes = manifest.scopes();
  const categories = scopes.filter(
    ({ scope, count }) => scope.kind === "category" && count > 0,
  ).length;
  const packs = MAP_NAMES.flatMap((map) => manifest.packs(map)).length;
  const prerendered = scopes.filter((scope) => scope.prerendered !== null).length;
  const errors = diagnostics.filter(({ level }) => level === "error").length;
  return [
    `Bundled ${counted(manifest.articleCount, "article")} in ${counted(categories, "category", "categories")} in ${seconds.toFixed(1)} s:`,
    `release ${manifest.release}, ${counted(packs, "pack")}, ${counted(prerendered, "prerendered feed")};`,
    `${counted(errors, "error")}, ${counted(diagnostics.length - errors, "warning")}`,
  ].join(" ");
}
