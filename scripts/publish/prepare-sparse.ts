import { mkdirSync } from "node:fs";
import { dirname, resolve, sep } from "node:path";
import { failed, ok } from "../../src/domain/result.ts";
import type { Settings } from "../config/settings.ts";
import { ARTICLE_EXTENSION } from "../read/files/list-files.ts";
import type { AbsentFiles } from "../read/git/absent-files.ts";
import { CheckoutFailed, findAbsentFiles } from "../read/git/absent-files.ts";
import { counted } from "../terminal/counted.ts";
import type { IO } from "../terminal/io.ts";
import type { Step } from "./deploy-input.ts";

/**
 * Finds the articles that a sparse checkout has left away: they count as if they were there. All else of the site's folder and of the
 * folders around its articles is put on disk, since a picture that is served has to be, and a page or setting would be missed in silence.
 */
export async function prepareSparse(
  root: string,
  { sources, files }: Pick<Settings, "sources" | "files">,
  io: Pick<IO, "environment" | "say">,
): Step<AbsentFiles> {
  const folders = sources.map((source) => resolve(root, source));
  // A Jekyll site keeps `_posts` and `assets` side by side.
  const around = [root, ...folders, ...folders.map((folder) => dirname(folder))];
  const absent = await findAbsentFiles([...new Set(around)], io.environment);
  const pages = files.pages.map((page) => resolve(root, page));
  const isArticle = (file: string): boolean =>
    ARTICLE_EXTENSION.test(file) &&
    folders.some((folder) => isIn(file, folder)) &&
    !pages.some((page) => isIn(file, page));
  const others = [...absent.blobs.keys()].filter((file) => !isArticle(file));
  if (others.length > 0) {
    io.say(
      `Checking out ${counted(others.length, "file")} that a sparse checkout left away: only articles may be`,
    );
    const done = await orCheckoutFailed(async () => {
      await absent.checkOut(others);
      return ok(null);
    });
    if (!done.ok) return done;
  }
  // Folders of nothing but articles are gone with them.
  for (const file of absent.blobs.keys()) mkdirSync(dirname(file), { recursive: true });
  return ok(absent);
}

/** Does some work, in which git may not put files on disk. */
export async function orCheckoutFailed<Value>(work: () => Step<Value>): Step<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CheckoutFailed)) throw error;
    return failed({ reason: "checkout-failed", detail: error.message });
  }
}

function isIn(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
