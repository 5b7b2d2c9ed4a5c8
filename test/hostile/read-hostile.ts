import { MARKDOWN } from "../markdown-options.ts";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MILLISECONDS_PER_SECOND } from "../../src/domain/moment.ts";
import { cardDiagnostics } from "../../scripts/check/card-diagnostics.ts";
import { previewDiagnostics } from "../../scripts/check/preview-diagnostics.ts";
import { createCardCoverage } from "../../scripts/cards/card-coverage.ts";
import { fontSlices } from "../../scripts/cards/card-fonts.ts";
import { cardLines } from "../../scripts/cards/card-lines.ts";
import { formatDiagnostic } from "../../scripts/diagnostics/diagnostic.ts";
import { readArticle } from "../../scripts/read/article/read-article.ts";
import { PLAIN_FOLDER } from "../../scripts/read/files/find-articles.ts";
import { storeArticle } from "../../scripts/read/article/store-article.ts";
import { createFollowFile } from "../../scripts/read/files/follow-file.ts";
import { createLocalFileFinder } from "../../scripts/read/files/find-local-files.ts";
import { resolveConflicts } from "../../scripts/read/resolve-conflicts.ts";
import type { HostileFile } from "./hostile-texts.ts";
import { usualAddresses } from "../usual-addresses.ts";

const SITE = {
  title: "鹭岛文摘",
  description: "每日选读",
  url: "https://paper.example",
  language: "zh-CN",
  timeZone: "Asia/Shanghai",
  author: null,
  idAuthority: "paper.example",
  feedLength: 30,
  feedHours: 24,
  icon: null,
  hub: null,
  footer: [],
  baseUrl: "",
};
const NOW = Date.parse("2024-01-01T00:00:00Z") / MILLISECONDS_PER_SECOND;
const isCovered = createCardCoverage(fontSlices());
const CARDS = { site: SITE, cards: 1 };

/** Two folders deep and empty: no reference finds anything. */
const root = mkdtempSync(join(tmpdir(), "hostile-"));

/** Does with a file all that `npm run check:content` and the bundler do with it. */
export function readHostile({ bytes, pathInSource }: HostileFile): void {
  const source = join(root, "articles");
  const found = {
    file: join(source, pathInSource),
    path: `articles/${pathInSource}`,
    source,
    pathInSource,
    folder: PLAIN_FOLDER,
  };
  const findIn = createLocalFileFinder(createFollowFile(root, [source]));
  const findLocalFile = findIn({ project: root, source, place: "articles", article: source });
  const context = {
    site: SITE,
    splitNames: true,
    markdown: MARKDOWN,
    addresses: usualAddresses(),
    nowEpochSeconds: NOW,
    findLocalFile,
  };
  const outcome = readArticle(bytes, found, context);
  outcome.diagnostics.map(formatDiagnostic);
  if (outcome.kind !== "article") return;
  const { article } = outcome;
  storeArticle(article);
  cardLines(article.title);
  const settled = resolveConflicts([article, { ...article, path: `${article.path}2` }]);
  const diagnostics = [
    ...settled.diagnostics,
    ...cardDiagnostics(settled.articles, CARDS, isCovered),
    ...previewDiagnostics(settled.articles, CARDS),
  ];
  diagnostics.map(formatDiagnostic);
}
