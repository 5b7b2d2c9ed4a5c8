import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { ROUTES } from "../../src/domain/routes.ts";
import { palettesOf } from "../../src/render/palette.ts";
import { contentHash } from "../../src/store/content-hash.ts";
import { findConfigFile } from "../config/config-file.ts";
import type { Settings } from "../config/settings.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { warningAt } from "../diagnostics/diagnostic.ts";
import { AS_THEY_ARE, createLocalFileFinder } from "../read/files/find-local-files.ts";
import { createFollowFile, describeRefusal } from "../read/files/follow-file.ts";
import type { LocalFile } from "../read/files/local-file.ts";
import { missingAdvice } from "../read/files/local-file.ts";
import type { FilesOfArticle } from "../read/files/plan-served-files.ts";
import { TOUCH_ICON_PIXELS, encodeIcons } from "./encode-icons.ts";

interface SiteIcons {
  readonly files: readonly FilesOfArticle[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Is counted up when icons are made otherwise, so that those that are kept are made anew. */
const RECIPE = "1";
const ADVICE = `save it as a square SVG, or as a square PNG of ${TOUCH_ICON_PIXELS} pixels or more`;
const FALLBACK = "pages keep Offprint's icon";

/**
 * Makes the icons of a site from the picture that its settings name, unless they were made before. Static Assets serve them in the place of
 * those that the Worker has.
 *
 * @param folder keeps the icons of one picture, and may be deleted at any time
 */
export async function makeSiteIcons(
  root: string,
  { site, sources, iconFile }: Pick<Settings, "site" | "sources" | "iconFile">,
  folder: string,
): Promise<SiteIcons> {
  if (iconFile === null) return { files: [], diagnostics: [] };
  const path = findConfigFile(root);
  const warn = (code: string, what: string, advice: string): Diagnostic => ({
    ...warningAt(path, null, code, what, advice),
    mentions: [iconFile],
  });
  const refuse = (code: string, what: string, advice: string): SiteIcons => ({
    files: [],
    diagnostics: [warn(code, `${what}; ${FALLBACK}`, advice)],
  });
  const found = createLocalFileFinder(
    createFollowFile(root, sources),
    AS_THEY_ARE,
  )({ project: root, source: root, place: "", article: root })({
    base: "site",
    path: iconFile,
  });
  if (!found.ok) {
    const { failure } = found;
    if (failure.reason === "missing") {
      const what = `The icon "${iconFile}" is not among the site's files`;
      return refuse("icon-missing", what, missingAdvice(failure.near));
    }
    const [why, advice] = describeRefusal(failure);
    return refuse("icon-refused", `The icon is not served: it ${why}`, advice);
  }
  const { file, width, height } = found.value;
  const bytes = await readFile(file);
  const { paper } = palettesOf(site.theme).light;
  const kept = join(folder, contentHash([RECIPE, bytes, paper]));
  if (!existsSync(kept)) {
    const icons = await encodeIcons(bytes, paper);
    if (icons === null) {
      return refuse(
        "icon-unreadable",
        `The icon "${iconFile}" cannot be read as a picture`,
        ADVICE,
      );
    }
    keepOnly(folder, kept, [
      ...ROUTES.favicon.map((place) => [place, icons.svg] as const),
      ...ROUTES.faviconIco.map((place) => [place, icons.ico] as const),
      ...ROUTES.touchIcon.map((place) => [place, icons.touch] as const),
    ]);
  }
  const places = [...ROUTES.favicon, ...ROUTES.faviconIco, ...ROUTES.touchIcon];
  const localFiles = places.map((place) => servedIcon(join(kept, basename(place)), place));
  const fault = faultOfSize(width, height, file.endsWith(".svg"));
  return {
    files: [{ path, localFiles }],
    diagnostics:
      fault === null ? [] : [warn("icon-unfit", `The icon "${iconFile}" has ${fault}`, ADVICE)],
  };
}

/** Writes the icons into a folder of their own, and removes those of other pictures. */
function keepOnly(
  folder: string,
  kept: string,
  icons: readonly (readonly [place: string, bytes: Uint8Array])[],
): void {
  // One that is cut off by a crash is not there at all.
  const part = `${kept}.part`;
  mkdirSync(part, { recursive: true });
  for (const [place, bytes] of icons) writeFileSync(join(part, basename(place)), bytes);
  renameSync(part, kept);
  for (const name of readdirSync(folder)) {
    if (name !== basename(kept)) rmSync(join(folder, name), { recursive: true });
  }
}

function servedIcon(file: string, publicPath: string): LocalFile {
  const { size: bytes } = statSync(file);
  return { file, publicPath, bytes, width: null, height: null, picture: null };
}

/** What is wrong with the size of the picture; null if nothing is, or if it does not say its size. */
function faultOfSize(
  width: number | null,
  height: number | null,
  isDrawing: boolean,
): string | null {
  if (width === null || height === null) return null;
  const size = `${width} x ${height} pixels`;
  if (width !== height) return `${size}, and has empty sides since it is not square`;
  return width < TOUCH_ICON_PIXELS && !isDrawing ? `${size}, and home screens blur it` : null;
}
