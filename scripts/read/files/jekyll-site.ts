import { existsSync } from "node:fs";
import { basename, dirname, join, posix, relative, resolve, sep } from "node:path";
import { realPathOf } from "./real-path-of.ts";
import { statOf } from "./stat-of.ts";

const SETTINGS = ["_config.yml", "_config.yaml", "_config.toml"];

/** Whether a folder is the root of a Jekyll site: its settings are in it, or its posts. */
export function isJekyllSite(folder: string): boolean {
  return hasSettings(folder) || statOf(join(folder, "_posts"))?.isDirectory() === true;
}

/**
 * The root of the site that a folder belongs to: the nearest above it, or itself, with Jekyll's settings or that is a checkout
 * of its own; else the folder of `wrangler.toml`, where that is above it; else null.
 *
 * @param project the folder of `wrangler.toml`, absolute
 */
export function siteRootOf(project: string, folder: string): string | null {
  let above = folder;
  while (!hasSettings(above) && !existsSync(join(above, ".git"))) {
    if (above === project) return project;
    if (above === dirname(above)) return null;
    above = dirname(above);
  }
  return above;
}

/**
 * The path of a source folder from the root of its Jekyll site, with `/` between folders: `blog/_posts`; empty for the root itself.
 * Where nothing says which folder is the root, the name of the folder alone: `ci/_posts` may be a checkout in `ci`.
 *
 * @param project the folder of `wrangler.toml`, absolute
 * @param source a source folder, as in the settings
 */
export function sourceFromRoot(project: string, source: string): string {
  const folder = ownPathOf(resolve(project, source));
  if (isJekyllSite(folder)) return "";
  const site = siteRootOf(ownPathOf(project), dirname(folder));
  if (site === null || !isJekyllSite(site)) return basename(folder);
  return relative(site, folder).split(sep).join("/");
}

/** The categories that Jekyll takes from the folders before a source folder's own `_posts`: `blog` of `blog/_posts`. */
export function categoriesOfFolder(fromRoot: string): readonly string[] {
  return isPostsFolder(posix.basename(fromRoot)) ? fromRoot.split("/").slice(0, -1) : [];
}

/** The path of a folder without links in it, so that it is the same whatever leads there; as it is where there is none. */
function ownPathOf(folder: string): string {
  return realPathOf(folder) ?? folder;
}

/** Whether Jekyll reads posts or drafts in a folder with this name. */
export function isPostsFolder(name: string): boolean {
  return name === "_posts" || name === "_drafts";
}

function hasSettings(folder: string): boolean {
  return SETTINGS.some((name) => existsSync(join(folder, name)));
}
