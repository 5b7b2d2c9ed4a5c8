import { join } from "node:path";
import { makePackage } from "../../scripts/program/make-package.ts";

const ROOT = join(import.meta.dirname, "../..");
/** Below the checkout, in whose packages the program finds its own. */
const DIST = join(ROOT, "build/bench-program");

let packed: Promise<string> | null = null;

/** The file of `offprint` as `npm pack` has it, which is what sites run; it is made of the sources once in a run of the bench. */
export async function packedProgram(): Promise<string> {
  return (packed ??= makePackage(ROOT, DIST).then(() => join(DIST, "offprint.js")));
}
