import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  confirmRemovals,
  describeBrokenLinks,
  findBrokenLinks,
} from "../../../../scripts/lib/publish/link-guard.ts";
import { readRemoved } from "../../../../scripts/lib/read-removed.ts";
import type { ArticleHeader } from "../../../../src/domain/article.ts";
import { identityOfCode } from "../../../../src/domain/identity.ts";
import { parseLegacyCode } from "../../../../src/domain/legacy-code.ts";
import { shareIdOf } from "../../../../src/domain/share-id.ts";

const idOf = (code: string): ArticleHeader["id"] => {
  const legacy = parseLegacyCode(code);
  if (legacy === null) throw new Error(`"${code}" is no code`);
  return shareIdOf(identityOfCode(legacy));
};
const header = (code: string, title: string): ArticleHeader => ({
  id: idOf(code),
  title,
  published: { epochSeconds: 1_641_771_300, offsetMinutes: 480 },
  updated: null,
  categories: [],
  tags: [],
  source: null,
  authors: [],
  summary: "",
  language: null,
  image: null,
  characterCount: 0,
  isPlain: true,
  titleBreaks: [],
});

const LOST = header("NW202201100000000735", "停航通知");
const KEPT = header("NW202201100000000736", "照常开航");
const RENAMED = header("NW202201100000000737", "停航通知");
const address = (path: string, { id }: ArticleHeader) => ({
  path,
  ledTo: { kind: "article", id } as const,
});
const release = {
  articles: [KEPT, RENAMED],
  redirects: new Map(),
  liveCount: 100,
  allowedPercent: 0,
};

describe("findBrokenLinks", () => {
  it("finds articles that vanish, and old addresses that lead nowhere", () => {
    const changes = { removed: [LOST], addressesLost: [address("/old/a.html", KEPT)] };
    expect(findBrokenLinks(changes, release)).toEqual({
      articles: [LOST],
      addresses: changes.addressesLost,
      isAllowed: false,
    });
    expect(findBrokenLinks(changes, { ...release, allowedPercent: 2 }).isAllowed).toBe(true);
  });

  it.each([
    ["an article that leads elsewhere now", { removed: [LOST], addressesLost: [] }],
    [
      "a share page that is an article again",
      { removed: [], addressesLost: [address(`/s/${KEPT.id}`, LOST)] },
    ],
    [
      "an address that can be computed",
      { removed: [], addressesLost: [address("/x/2022/01/10/NW202201100000000736.html", LOST)] },
    ],
  ])("lets go %s", (_, changes) => {
    const redirects = new Map([[`/s/${LOST.id}`, { kind: "gone" } as const]]);
    expect(findBrokenLinks(changes, { ...release, redirects })).toEqual({
      articles: [],
      addresses: [],
      isAllowed: true,
    });
  });
});

describe("describeBrokenLinks", () => {
  it("says where a lost article may be now, and names addresses whose article is still there", () => {
    const links = {
      articles: [LOST],
      addresses: [address("/old/a.html", KEPT), address("/old/lost.html", LOST)],
      isAllowed: false,
    };
    const lines = describeBrokenLinks(links, [RENAMED]);
    expect(lines[1]).toBe(
      `  /s/${LOST.id}  2022-01-10  停航通知; now /s/${RENAMED.id}? Then write "redirect_from: /s/${LOST.id}" into its file`,
    );
    expect(lines.slice(2)).toEqual([
      "1 old addresses lead nowhere any more:",
      `  /old/a.html  led to /s/${KEPT.id}`,
    ]);
  });
});

describe("confirmRemovals", () => {
  it("writes lines that are read back as they were meant", async () => {
    const folder = await mkdtemp(join(tmpdir(), "offprint-guard-"));
    const file = join(folder, "removed.txt");
    const addresses = [address("/old/a b#c.html", LOST), address("/旧/一.html", LOST)];
    await confirmRemovals(file, { articles: [LOST], addresses, isAllowed: false });
    const { entries } = await readRemoved(file);
    expect(entries.map(({ text }) => decodeURIComponent(text))).toEqual([
      `/s/${LOST.id}`,
      "/old/a b#c.html",
      "/旧/一.html",
    ]);
    expect(await readFile(file, "utf8")).toContain(`# led to /s/${LOST.id}`);
    await rm(folder, { recursive: true });
  });
});
