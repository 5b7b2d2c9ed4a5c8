import { describe, expect, it } from "vitest";
import type { Article } from "../../src/domain/article.ts";
import { FEED_FORMAT_NAMES } from "../../src/domain/feed-format.ts";
import { feedPath } from "../../src/domain/links.ts";
import { readArticle } from "../../scripts/read/article/read-article.ts";
import { PLAIN_FOLDER } from "../../scripts/read/files/find-articles.ts";
import { failed } from "../../src/domain/result.ts";
import { MARKDOWN } from "../markdown-options.ts";
import { atomFaults, jsonFeedFaults, rssFaults } from "../render/document-faults.ts";
import { SITE } from "../render/sample-articles.ts";
import { serveRelease } from "../serve-release.ts";
import { usualAddresses } from "../usual-addresses.ts";
import type { HostileText } from "./hostile-texts.ts";
import { hostileFile, hostileText } from "./hostile-texts.ts";
import { KNOWN_TEXTS } from "./known-texts.ts";

const SEED = 21;
const TEXTS = 100;
const BYTES = 500;
const FAULTS = { rss: rssFaults, atom: atomFaults, json: jsonFeedFaults };

/** The article that a hostile text is read as; none where its file is left out. */
function articlesOf(text: HostileText, index: number): readonly Article[] {
  const { bytes, pathInSource } = hostileFile(text, BYTES);
  const path = pathInSource.replace("-a.", `-a${index}.`);
  const found = { file: path, path, source: ".", pathInSource: path, folder: PLAIN_FOLDER };
  const outcome = readArticle(bytes, found, {
    site: SITE,
    splitNames: true,
    markdown: MARKDOWN,
    addresses: usualAddresses(),
    nowEpochSeconds: Number.MAX_SAFE_INTEGER,
    findLocalFile: () => failed({ reason: "missing" }),
  });
  return outcome.kind === "skipped" ? [] : [outcome.article];
}

describe("a site of hostile texts", () => {
  const texts = [
    ...Object.values(KNOWN_TEXTS),
    ...Array.from({ length: TEXTS }, (_, number) => hostileText(SEED, number)),
  ];
  const byId = new Map(texts.flatMap(articlesOf).map((article) => [article.id, article]));
  const { manifest, fetch } = serveRelease([...byId.values()]);

  it.each(FEED_FORMAT_NAMES)(
    "keeps the rules of the W3C validator in all feeds in %s",
    async (format) => {
      const views = ["texts", "summaries", "digest"] as const;
      const paths = manifest
        .scopes()
        .flatMap(({ scope }) => views.map((view) => feedPath(scope, format, null, view)));
      const faults = await Promise.all(
        paths.map(async (path) => {
          const response = await fetch(path);
          const document = new Uint8Array(await response.arrayBuffer());
          return response.status === 200
            ? FAULTS[format](document, SITE.url + path).map((fault) => `${path}: ${fault}`)
            : [`${path}: ${response.status}`];
        }),
      );
      expect(paths.length).toBeGreaterThan(100);
      expect(faults.flat()).toEqual([]);
    },
  );
});
