import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { contentHash } from "../../../src/store/content-hash.ts";
import { ArticleCache } from "../../../scripts/read/cache/article-cache.ts";
import { STATUS_FIELDS } from "../../../scripts/read/files/file-stamp.ts";
import { PLAIN_FILE_SETTINGS, findArticles } from "../../../scripts/read/files/find-articles.ts";
import { createFollowFile } from "../../../scripts/read/files/follow-file.ts";
import { NO_KNOWN_PICTURES } from "../../../scripts/read/files/find-local-picture.ts";
import { readArticles } from "../../../scripts/read/read-articles.ts";
import type { LookedAgain, SourceState } from "../../../scripts/read/source-state.ts";
import { lookAgain, sameSourceState } from "../../../scripts/read/source-state.ts";
import { MARKDOWN } from "../../markdown-options.ts";
import { SITE } from "../../render/sample-articles.ts";
import { usualAddresses } from "../../usual-addresses.ts";

const NOW = Date.UTC(2100, 0, 1);
const ARTICLE = "---\ntitle: a\n---\nText.\n";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "offprint-state-"));
  mkdirSync(join(root, "_posts"));
  writeFileSync(join(root, "_posts/2022-01-10-a.md"), ARTICLE);
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

async function readState(): Promise<SourceState> {
  const articles = ArticleCache.open(
    { outcomes: join(root, "cache"), index: join(root, "index") },
    contentHash(["a"]),
  );
  const { state } = await readArticles({
    root,
    settings: {
      site: SITE,
      sources: ["_posts"],
      splitNames: true,
      markdown: MARKDOWN,
      addresses: usualAddresses(),
    },
    now: NOW / 1000,
    cache: { articles, startedAt: NOW, environment: process.env },
    progress: () => undefined,
  });
  if (state === null) throw new Error("Nobody could tell whether the state is the same");
  return state;
}

const look = (state: SourceState, trustsFolders = true): LookedAgain =>
  lookAgain(state, { root, sources: ["_posts"], files: PLAIN_FILE_SETTINGS, trustsFolders });

async function same(state: SourceState, trustsFolders: boolean): Promise<SourceState | null> {
  return sameSourceState(state, look(state, trustsFolders), {
    root,
    sources: ["_posts"],
    trustsFolders,
    pictures: NO_KNOWN_PICTURES,
    startedAt: NOW,
    readPages: async () => ({ pages: [], diagnostics: [] }),
  });
}

describe("the state of sources", () => {
  it("is another with another file, also on a disk where folders keep no time", async () => {
    const state = await readState();
    expect(await same(state, true)).toBe(state);
    expect(await same(state, false)).toBe(state);
    writeFileSync(join(root, "_posts/2022-01-11-b.md"), ARTICLE);
    expect(await same(state, true)).toBeNull();
    // As if the folder had kept its status.
    const { size, mtimeMs, ctimeMs, ino } = statSync(join(root, "_posts"));
    const statuses = state.statuses.slice();
    statuses.set([size, mtimeMs, ctimeMs, ino], STATUS_FIELDS);
    expect(await same({ ...state, statuses }, true)).not.toBeNull();
    expect(await same({ ...state, statuses }, false)).toBeNull();
  });

  it("is the same with files that were written again, whose statuses it has then", async () => {
    const state = await readState();
    writeFileSync(join(root, "_posts/2022-01-10-a.md"), ARTICLE);
    writeFileSync(join(root, "_posts/passing.md"), "");
    rmSync(join(root, "_posts/passing.md"));
    expect(look(state).size).toBe(0);
    const now = await same(state, true);
    expect(look(now ?? state).size).toBe(state.paths.length);
  });

  it("knows what a search finds, also where a file was written again or a folder tells of another", async () => {
    mkdirSync(join(root, "_posts/en/2022"), { recursive: true });
    for (const name of ["en/2022/2022-01-12-c.md", "en/2022-01-11-b.md", "2022-01-13.txt"]) {
      writeFileSync(join(root, "_posts", name), ARTICLE);
    }
    const files = { ...PLAIN_FILE_SETTINGS, languages: new Map([["_posts/en", "en"]]) };
    const input = { root, sources: ["none", "_posts"], files, trustsFolders: true };
    const state = { ...(await readState()), counts: [0, 3] };
    const isFound = (): void => {
      const follow = createFollowFile(root, input.sources);
      const found = findArticles(root, ["none", "_posts"], follow, files);
      expect(found.articles).toHaveLength(state.counts[1] ?? 0);
      expect(lookAgain(state, input).find()).toEqual({ ...found, diagnostics: state.diagnostics });
    };
    isFound();
    writeFileSync(join(root, "_posts/en/2022-01-11-b.md"), "---\ntitle: b\n---\nAnother.\n");
    isFound();
    writeFileSync(join(root, "_posts/en/2022-01-14-d.md"), ARTICLE);
    expect(lookAgain(state, input).find().articles).toHaveLength(4);
  });
});
