import { counted } from "../terminal/counted.ts";
import { findArticleFolders } from "./article-folders.ts";
import type { FoundSite } from "./found-site.ts";
import { remarksOnName, workerName } from "./found-site.ts";
import { languageOfTitles } from "./guess-language.ts";
import { guessTimeZone } from "./guess-time-zone.ts";
import { textOf } from "./jekyll-config.ts";
import { nameSome } from "./name-some.ts";
import { listSiteFiles } from "./list-site-files.ts";
import type { SampleDays } from "./sample-articles.ts";
import { sampleSite } from "./sample-articles.ts";
import type { Setting } from "./setting.ts";

/** Where samples go. */
const SAMPLE_FOLDER = "articles";

/** What is known of a folder that is no Jekyll site. */
export interface PlainFolder {
  readonly root: string;
  /** The folder's name, of which a title is made. */
  readonly folderName: string;
  /** As people named it; null where they did not. */
  readonly language: string | null;
  /** Of the environment. */
  readonly usualLanguage: string;
  /** The machine's. */
  readonly timeZone: string;
  readonly days: SampleDays;
}

/** Makes the settings for the articles that are in a folder, or for the two samples that will be. */
export function findPlainSite(folder: PlainFolder): FoundSite {
  const { root, folderName, days } = folder;
  const { posts, pages } = listSiteFiles(root, {
    documentsFolder: ".",
    collections: [],
    pageFolders: [],
  });
  const besides = findArticleFolders(pages, () => false);
  const dated = posts.filter(({ isDated }) => isDated);
  const folders = new Set(
    dated.map(({ path }) => path.replace(/(^|.*?\/)_posts\/.*$/, "$1_posts")),
  );
  const sources = [...(folders.size > 1 ? ["."] : folders), ...besides.folders];
  const articles = [...dated, ...besides.articles];
  const titles = articles.flatMap(({ header }) => textOf(header["title"]) ?? []);
  const dates = articles.flatMap(({ header }) => textOf(header["date"]) ?? []);
  const guessed = articles.length === 0 ? folder.usualLanguage : languageOfTitles(titles);
  const language = folder.language ?? guessed;
  const sample = sampleSite(language, days);
  const isSample = articles.length === 0;
  const name = workerName(folderName);
  const atTop = pages.filter(({ path, isDated }) => isDated && !path.includes("/"));
  const settings: readonly Setting[] = [
    { key: "title", value: isSample ? sample.title : folderName },
    {
      key: "url",
      value: `https://${name}.example`,
      comment: "A sample, until you have an address: npm run deploy says what to write.",
    },
    ...(isSample ? [{ key: "description", value: sample.description }] : []),
    { key: "language", value: language },
    { key: "time_zone", value: guessTimeZone(language, folder.timeZone, dates) },
    { key: "sources", value: isSample ? [SAMPLE_FOLDER] : sources },
  ];
  return {
    from: isSample ? null : sources.join(" and "),
    found: isSample
      ? `There is no article here yet, so that there will be two samples in ${SAMPLE_FOLDER}/ (${language})`
      : `${counted(articles.length, "article")} in ${sources.join(", ")} (${language})`,
    settings,
    remarks: remarksOnName(folderName),
    leftovers:
      atTop.length === 0
        ? []
        : [
            `${nameSome(atTop.map(({ path }) => path))}: move articles into a folder, and name it in sources`,
          ],
    articleCount: articles.length,
    firstSource: SAMPLE_FOLDER,
    calledBy: name,
  };
}
