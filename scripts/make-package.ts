/** Makes the folder `dist` of the package, before npm packs it (`prepack`). */
import { join } from "node:path";
import { makePackage } from "./program/make-package.ts";

const ROOT = join(import.meta.dirname, "..");

await makePackage(ROOT, join(ROOT, "dist"));
