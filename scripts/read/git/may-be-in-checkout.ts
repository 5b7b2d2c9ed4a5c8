import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import type { IO } from "../../terminal/io.ts";

/**
 * Whether a folder, which is there, may be in a checkout: to start git only for it to say no takes longer than reading a few
 * articles.
 */
export function mayBeInCheckout(folder: string, environment: IO["environment"]): boolean {
  if (environment["GIT_DIR"] !== undefined) return true;
  let at = realpathSync(folder);
  while (!existsSync(join(at, ".git"))) {
    if (dirname(at) === at) return false;
    at = dirname(at);
  }
  return true;
}
