import { resolve } from "node:path";
import type { Podcast, Site } from "../../src/domain/site.ts";
import { ARTWORK_PIXELS, isArtwork } from "../../src/render/podcast.ts";
import { percentDecoded } from "../../src/domain/percent-decoded.ts";
import { findConfigFile } from "../config/config-file.ts";
import type { Settings } from "../config/settings.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { warningAt } from "../diagnostics/diagnostic.ts";
import type { SourceArticle } from "../read/article/read-article.ts";
import type { FilesOfArticle } from "../read/files/plan-served-files.ts";
import { AS_THEY_ARE, createLocalFileFinder } from "../read/files/find-local-files.ts";
import { createFollowFile } from "../read/files/follow-file.ts";
import { USUAL_PLACE } from "../read/files/places-of-sources.ts";

/** What the settings say of podcasts, with the show's picture looked for. */
export interface PodcastShow {
  /** The site, in which the picture has the address at which it is served. */
  readonly site: Site;
  /** The picture, which must be served; empty where it is none of the site's files. */
  readonly files: readonly FilesOfArticle[];
  readonly diagnostics: readonly Diagnostic[];
}

type CheckedArticle = Pick<SourceArticle, "categories" | "recordings">;

const FIT = `save it as a square JPEG or PNG of ${ARTWORK_PIXELS.least} to ${ARTWORK_PIXELS.most} pixels`;
const EXAMPLE = `podcast = { category = "News", image = "/cover.jpg" }`;

/**
 * Finds the show's picture, and says what directories of podcasts would refuse.
 *
 * @param root the folder of `wrangler.toml`, absolute
 */
export function podcastShow(
  root: string,
  { site, sources }: Pick<Settings, "site" | "sources">,
  articles: readonly CheckedArticle[],
): PodcastShow {
  const { podcast } = site;
  const path = findConfigFile(root);
  const warn = (code: string, what: string, advice: string): Diagnostic =>
    warningAt(path, null, code, what, advice);
  const diagnostics: Diagnostic[] = missingDetails(podcast, articles, warn);
  const image = podcast?.image ?? null;
  if (podcast === undefined || image === null || !image.startsWith(`${site.url}/`)) {
    return { site, files: [], diagnostics };
  }
  const written = new URL(image).pathname;
  // Directories ask for more pixels than a picture of an article keeps.
  const found = createLocalFileFinder(
    createFollowFile(root, sources),
    AS_THEY_ARE,
  )({
    project: root,
    source: resolve(root, sources[0] ?? ""),
    place: USUAL_PLACE,
    article: root,
  })({ base: "site", path: percentDecoded(written.slice(1)) ?? "" });
  if (!found.ok) {
    const what = `The podcast's image "${written}" is not among the site's files`;
    diagnostics.push(
      warn("podcast-image-missing", what, "put the file there, or correct the path"),
    );
    return { site: { ...site, podcast: { ...podcast, image: null } }, files: [], diagnostics };
  }
  const { publicPath, width, height } = found.value;
  const url = site.url + publicPath;
  if (!isArtwork({ url, width, height })) {
    const size = width === null || height === null ? "unknown size" : `${width} x ${height} pixels`;
    const what = `The podcast's image "${written}" has ${size}, and directories refuse it`;
    diagnostics.push(warn("podcast-image-unfit", what, FIT));
  }
  return {
    site: { ...site, podcast: { ...podcast, image: url } },
    files: [{ path, localFiles: [found.value] }],
    diagnostics,
  };
}

/** What a directory would ask for: only where somebody makes a podcast, so that a player in a text is no reason to complain. */
function missingDetails(
  podcast: Podcast | undefined,
  articles: readonly CheckedArticle[],
  warn: (code: string, what: string, advice: string) => Diagnostic,
): Diagnostic[] {
  const withSound = articles.filter(({ recordings = [] }) =>
    recordings.some(({ kind }) => kind === "audio"),
  );
  const names = new Set(withSound.flatMap(({ categories }) => categories));
  const empty = (podcast?.categories ?? []).filter((name) => !names.has(name));
  const silent = empty.map((name) =>
    warn(
      "podcast-empty",
      `The podcast "${name}" has no episode: no article of that category has sound`,
      "correct the name of the category, or name sound in the front matter: audio: talk.mp3",
    ),
  );
  const isShow = withSound.some(({ recordings = [] }) =>
    recordings.some(({ isShown }) => !isShown),
  );
  if (podcast === undefined && !isShow) return silent;
  const missing = [
    ...(podcast === undefined || podcast.genre.length === 0 ? ["category"] : []),
    ...(podcast === undefined || podcast.image === null ? ["image"] : []),
  ];
  if (missing.length === 0) return silent;
  const what = `Articles have sound, and directories of podcasts refuse feeds without ${missing.join(" and ")}`;
  const advice = `write ${EXAMPLE} into the settings, or leave it so: other programs play them`;
  return [...silent, warn("podcast-incomplete", what, advice)];
}
