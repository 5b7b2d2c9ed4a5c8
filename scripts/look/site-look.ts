import { join } from "node:path";
import type { Site } from "../../src/domain/site.ts";
import type { Settings } from "../config/settings.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { FilesOfArticle } from "../read/files/plan-served-files.ts";
import { THEME_FILE, readTheme } from "./read-theme.ts";
import { makeSiteIcons } from "./site-icons.ts";

export interface SiteLook {
  /** The site with its theme. */
  readonly site: Site;
  /** The icons, which must be served; empty where they are Offprint's, which the Worker has. */
  readonly files: readonly FilesOfArticle[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * What a site changes of the look of its pages.
 *
 * @param root the folder of `wrangler.toml`, absolute
 * @param pictures the folder with what was made of pictures; icons are kept beside it
 */
export async function siteLook(
  root: string,
  settings: Pick<Settings, "site" | "sources" | "iconFile">,
  pictures: string,
): Promise<SiteLook> {
  const { theme, diagnostics } = await readTheme(join(root, THEME_FILE));
  const site = theme === undefined ? settings.site : { ...settings.site, theme };
  const icons = await makeSiteIcons(root, { ...settings, site }, `${pictures}-icons`);
  return { site, files: icons.files, diagnostics: [...diagnostics, ...icons.diagnostics] };
}
