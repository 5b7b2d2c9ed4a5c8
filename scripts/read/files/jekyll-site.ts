import { existsSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { statOf } from "./stat-of.ts";

const SETTINGS = ["_config.yml", "_config.yaml", "_config.toml"];

/** Whether a folder is the root of a Jekyll site: its settings are in it, or its posts. */
export function isJekyllSite(folder: string): boolean {
  return hasSettings(folder) || statOf(join(folder, "_posts"))?.isDirectory() === true;
}

/**
 * The root of the Jekyll site that a folder belongs to: the nearest above it, or itself, with Jekyll's settings; else the
 * folder of `wrangler.toml`, where that is above it; else null.
 *
 * @param project the folder of `wrangler.toml`, absolute
 */
export function jekyllSiteOf(project: string, folder: string): string | null {
  let above = folder;
  while (!hasSettings(above)) {
    if (above === project) return project;
    if (above === dirname(above)) return null;
    above = dirname(above);
  }
  return above;
}

/**
 * The categories that Jekyll takes from the folders before a source folder's own `_posts`: `blog` for `blog/_posts`, none
 * for other folders.
 *
 * @param project the folder of `wrangler.toml`, absolute
 * @param source a source folder, as in the settings
 */
export function categoriesOfSource(project: string, source: string): readonly string[] {
  const folder = resolve(project, source);
  if (!isPostsFolder(basename(folder))) return [];
  const site = jekyllSiteOf(project, dirname(folder)) ?? dirname(folder);
  return relative(site, dirname(folder)).split(sep).filter(Boolean);
}

/** Whether Jekyll reads posts or drafts in a folder with this name. */
export function isPostsFolder(name: string): boolean {
  return name === "_posts" || name === "_drafts";
}

function hasSettings(folder: string): boolean {
  return SETTINGS.some((name) => existsSync(join(folder, name)));
}
